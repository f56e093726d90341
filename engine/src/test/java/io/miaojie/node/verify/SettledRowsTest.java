package io.miaojie.node.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.journal.RecordReader;
import io.miaojie.projection.EmbeddedPostgres;
import io.miaojie.projection.PostgresAddress;
import io.miaojie.projection.ProjectionReader;
import io.miaojie.settlement.State;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever was settled, memory and Postgres agree row for row, and every statement adds up. */
@Tag("postgres")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SettledRowsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SEEDS = Integer.getInteger("rows.seeds", 4);
    private static final long FIRST = Long.getLong("rows.first", 1);
    private static final int COMMANDS = 1_500;

    @TempDir
    static Path directory;

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() {
        postgres = EmbeddedPostgres.start(directory);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void memoryAndPostgresAgreeRowForRow() throws Exception {
        final Set<String> empty = new TreeSet<>();
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            final ProjectedShop shop = ProjectedShop.settle(postgres.address(), seed, COMMANDS);
            final PostgresAddress database = shop.database();
            final String first = "seed=" + seed;
            assertEquals(List.of(), differences(shop), first);
            assertEquals(List.of(), unexplained(database), first);
            final Set<String> none = emptyTables(database);
            if (seed == FIRST) {
                empty.addAll(none);
            } else {
                empty.retainAll(none);
            }
        }
        assertEquals(
                Set.of("record_archive"), empty, "tables that no story filled: nothing is old enough for this one");
    }

    private static List<String> differences(final ProjectedShop shop) {
        final Differences differences = new Differences();
        final State state = shop.state();
        final long lastSequence = shop.journal().durableSequence();
        try (ProjectionReader rows = ProjectionReader.open(shop.database(), 0);
                RecordReader records = shop.journal().reader(0)) {
            long count = new StateComparison(state, rows, differences).run();
            count += new MoneyComparison(state, rows, differences).run();
            count += new RosterComparison(state, rows, differences).run();
            count += new FactComparison(records, lastSequence, differences).run(rows);
            assertTrue(count > COMMANDS / 2, "count=" + count);
        }
        for (final int recordsMax : new int[] {3, COMMANDS}) {
            new RowComparison(shop.database(), ProjectedShop.config(recordsMax), differences)
                    .run(shop.journal().reader(0), lastSequence);
        }
        return differences.list();
    }

    /** Returns pools whose entries do not add up to them, and records whose transfers do not add up to zero. */
    private static List<String> unexplained(final PostgresAddress database) throws SQLException {
        final List<String> found = ProjectedShop.texts(
                database,
                "select concat_ws(' ', p.member_index, p.currency, p.pending_minor, p.spendable_minor,"
                        + " p.withdrawable_minor, p.locked_minor, p.debt_minor, 'entries', e.pending, e.spendable,"
                        + " e.withdrawable, e.locked, e.debt)"
                        + " from miaojie.pool p"
                        + " left join (select member_index, currency, sum(pending_minor) as pending,"
                        + " sum(spendable_minor) as spendable, sum(withdrawable_minor) as withdrawable,"
                        + " sum(locked_minor) as locked, sum(debt_minor) as debt, min(least(pending_after_minor,"
                        + " spendable_after_minor, withdrawable_after_minor, locked_after_minor, debt_after_minor))"
                        + " as least from bi.pool_entries group by 1, 2) e using (member_index, currency)"
                        + " where (p.pending_minor, p.spendable_minor, p.withdrawable_minor, p.locked_minor,"
                        + " p.debt_minor) is distinct from (coalesce(e.pending, 0), coalesce(e.spendable, 0),"
                        + " coalesce(e.withdrawable, 0), coalesce(e.locked, 0), coalesce(e.debt, 0)) or e.least < 0");
        found.addAll(ProjectedShop.texts(
                database,
                "select 'transfers of ' || sequence from bi.transfers group by sequence"
                        + " having sum(amount_minor) <> 0"));
        found.addAll(ProjectedShop.texts(
                database,
                "select concat('claws of ', order_id) from bi.grants g where clawed_minor <> (select coalesce("
                        + "sum(c.amount_minor), 0) from bi.claws c where c.order_id is not distinct from g.order_id"
                        + " and c.campaign_id = g.campaign_id and c.campaign_version = g.campaign_version"
                        + " and c.member_id = g.member_id and c.level = g.level)"));
        found.addAll(ProjectedShop.texts(
                database,
                "select concat_ws(' ', 'stock', f.*) from bi.flash_sales f where initial + adjusted <>"
                        + " available + reserved + sold or available is distinct from"
                        + " (select value from bi.campaign_counters where counter = 'available') or sold <>"
                        + " (select sum(pieces) from bi.seats s where state in ('SOLD', 'REFUNDED')"
                        + " and s.campaign_id = f.campaign_id)"
                        + " or reserved <> (select coalesce(sum(pieces), 0) from bi.seats where state = 'RESERVED')"));
        found.addAll(ProjectedShop.texts(
                database,
                "select concat_ws(' ', 'deposits', p.*) from bi.presales p where not coalesce((deposits_held_minor,"
                        + " deposits_applied_minor, deposits_returned_minor, deposits_forfeited_minor, booked) ="
                        + " (select coalesce(sum(deposit_minor) filter (where state in ('DEPOSIT_PAID',"
                        + " 'BALANCE_DUE')), 0)::bigint, coalesce(sum(deposit_minor) filter (where state in ('PAID',"
                        + " 'REFUNDED')), 0)::bigint, coalesce(sum(deposit_minor) filter (where state in ('RETURNED',"
                        + " 'CALLED_OFF')), 0)::bigint, coalesce(sum(deposit_minor) filter (where state ="
                        + " 'FORFEITED'), 0)::bigint, (select coalesce(sum(booked), 0)::bigint from bi.presale_demand d"
                        + " where d.campaign_id = p.campaign_id) from bi.presale_bookings b"
                        + " where b.campaign_id = p.campaign_id), false)"));
        found.addAll(ProjectedShop.texts(
                database,
                "select concat_ws(' ', 'bindings of', r.id, r.referrer_index, b.referrer_index) from miaojie.member r"
                        + " left join (select distinct on (member_index) * from miaojie.binding"
                        + " order by member_index, sequence desc) b using (shard, member_index)"
                        + " where b.referrer_index is distinct from r.referrer_index"));
        found.addAll(ProjectedShop.texts(
                database,
                "select concat_ws(' ', 'bound by a repeated registration', r.id, b.sequence) from miaojie.binding b"
                        + " join miaojie.member r using (shard, member_index)"
                        + " where cause = 14 and b.sequence <> r.registered_sequence"));
        return found;
    }

    private static Set<String> emptyTables(final PostgresAddress database) throws SQLException {
        final Set<String> empty = new TreeSet<>();
        for (final String table : ProjectedShop.texts(
                database, "select tablename from pg_tables where schemaname = 'miaojie' order by 1")) {
            if (ProjectedShop.texts(database, "select 1 from miaojie." + table + " limit 1")
                    .isEmpty()) {
                empty.add(table);
            }
        }
        return empty;
    }
}
