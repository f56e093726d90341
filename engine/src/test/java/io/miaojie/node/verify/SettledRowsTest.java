package io.miaojie.node.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.journal.RecordReader;
import io.miaojie.projection.EmbeddedPostgres;
import io.miaojie.projection.PostgresAddress;
import io.miaojie.projection.ProjectionConfig;
import io.miaojie.projection.ProjectionReader;
import io.miaojie.projection.Projector;
import io.miaojie.settlement.Settlement;
import io.miaojie.settlement.State;
import io.miaojie.support.MemoryJournal;
import io.miaojie.support.Scenario;
import io.miaojie.wire.RecordLayout;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
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
            final MemoryJournal journal = new MemoryJournal();
            final Scenario scenario = new Scenario();
            scenario.runner()
                    .listen((sequence, nowNs, command, outcome) -> append(journal, sequence, nowNs, command, outcome));
            new RandomShop(seed, scenario).run(COMMANDS);
            journal.commit();
            final PostgresAddress database = database("seed" + seed);
            project(journal, database);
            final String first = "seed=" + seed;
            assertEquals(List.of(), differences(scenario.runner().core(), journal, database), first);
            assertEquals(List.of(), unexplained(database), first);
            final Set<String> none = emptyTables(database);
            if (seed == FIRST) {
                empty.addAll(none);
            } else {
                empty.retainAll(none);
            }
        }
        assertEquals(Set.of(), empty, "tables that no story filled");
    }

    private static List<String> differences(
            final Settlement core, final MemoryJournal journal, final PostgresAddress database) {
        final Differences differences = new Differences();
        final State state = core.state();
        try (ProjectionReader rows = ProjectionReader.open(database, 0);
                RecordReader records = journal.reader(0)) {
            long count = new StateComparison(state, rows, differences).run();
            count += new MoneyComparison(state, rows, differences).run();
            count += new RosterComparison(state, rows, differences).run();
            count += new FactComparison(records, journal.durableSequence(), differences).run(rows);
            assertTrue(count > COMMANDS / 2, "count=" + count);
        }
        return differences.list();
    }

    /** Returns pools whose entries do not add up to them, and records whose transfers do not add up to zero. */
    private static List<String> unexplained(final PostgresAddress database) throws SQLException {
        final List<String> found = texts(
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
        found.addAll(texts(
                database,
                "select 'transfers of ' || sequence from bi.transfers group by sequence"
                        + " having sum(amount_minor) <> 0"));
        found.addAll(texts(
                database,
                "select concat('claws of ', order_id) from bi.grants g where clawed_minor <> (select coalesce("
                        + "sum(c.amount_minor), 0) from bi.claws c where c.order_id is not distinct from g.order_id"
                        + " and c.campaign_id = g.campaign_id and c.campaign_version = g.campaign_version"
                        + " and c.member_id = g.member_id and c.level = g.level)"));
        found.addAll(texts(
                database,
                "select concat_ws(' ', 'stock', f.*) from bi.flash_sales f where initial + adjusted <>"
                        + " available + reserved + sold or available is distinct from"
                        + " (select value from bi.campaign_counters where counter = 'available') or sold <>"
                        + " (select sum(pieces) from bi.seats where state in ('SOLD', 'REFUNDED'))"
                        + " or reserved <> (select coalesce(sum(pieces), 0) from bi.seats where state = 'RESERVED')"));
        return found;
    }

    private static Set<String> emptyTables(final PostgresAddress database) throws SQLException {
        final Set<String> empty = new TreeSet<>();
        for (final String table :
                texts(database, "select tablename from pg_tables where schemaname = 'miaojie' order by 1")) {
            if (texts(database, "select 1 from miaojie." + table + " limit 1").isEmpty()) {
                empty.add(table);
            }
        }
        return empty;
    }

    private static void append(
            final MemoryJournal journal,
            final long sequence,
            final long nowNs,
            final DirectBuffer command,
            final byte[] outcome) {
        final int commandLength = command.capacity();
        final int length = RecordLayout.HEADER_LENGTH + commandLength + outcome.length;
        final UnsafeBuffer record = new UnsafeBuffer(new byte[length]);
        RecordLayout.putHeader(record, 0, commandLength, outcome.length, 0, sequence, nowNs);
        record.putBytes(RecordLayout.commandOffset(0), command, 0, commandLength);
        record.putBytes(RecordLayout.commandOffset(0) + commandLength, outcome);
        journal.append(record, 0, length);
    }

    private static void project(final MemoryJournal journal, final PostgresAddress database)
            throws InterruptedException {
        final ProjectionConfig usual = ProjectionConfig.of(0, Settlement.kinds());
        final ProjectionConfig config =
                new ProjectionConfig(0, usual.kinds(), new ProjectionConfig.Batch(100, 1 << 20, 0), usual.retry());
        try (Projector projector = new Projector(journal, database, config)) {
            projector.start();
            assertTrue(
                    projector.awaitSequence(journal.durableSequence(), PATIENCE),
                    () -> "lastError=" + projector.lastError());
        }
    }

    private static PostgresAddress database(final String name) throws SQLException {
        try (Connection connection = connect(postgres.address());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return postgres.address().withDatabase(name);
    }

    private static List<String> texts(final PostgresAddress database, final String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            final List<String> found = new ArrayList<>();
            while (row.next()) {
                found.add(row.getString(1));
            }
            return found;
        }
    }

    private static Connection connect(final PostgresAddress address) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.database(),
                address.user(),
                address.password());
    }
}
