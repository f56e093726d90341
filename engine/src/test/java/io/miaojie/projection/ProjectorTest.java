package io.miaojie.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.support.MemoryJournal;
import io.miaojie.wire.CodeDescriptor;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.TermDescriptor;
import io.miaojie.wire.codec.CampaignState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What each record becomes in Postgres. */
@Tag("postgres")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ProjectorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final KindDescriptor KIND = new KindDescriptor(
            1,
            "rebate",
            "",
            List.of(
                    TermDescriptor.scalar("rate_ppm", 0, 1_000_000, ""),
                    TermDescriptor.table(
                            "tiers",
                            5,
                            "",
                            List.of(
                                    new TermDescriptor.Column("from_amount", 0, 9, true, ""),
                                    new TermDescriptor.Column("rate_ppm", 0, 9, false, "")))),
            List.<CodeDescriptor>of());

    @TempDir
    static Path directory;

    private static EmbeddedPostgres postgres;

    private final MemoryJournal journal = new MemoryJournal();
    private final History history = new History(journal);
    private PostgresTables tables;

    @BeforeAll
    static void start() {
        postgres = EmbeddedPostgres.start(directory);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void create(final TestInfo test) throws Exception {
        tables = PostgresTables.create(
                postgres.address(), test.getTestMethod().orElseThrow().getName().toLowerCase());
    }

    @Test
    void definitionsBecomeRows() throws Exception {
        history.open();
        history.key(2, "k2");
        history.revoke(2, "k2");
        project();

        assertEquals("t", tables.text("select sandbox from miaojie.shard"));
        assertEquals(
                "m1|Tea & 茶|CNY|480",
                tables.text(
                        "select concat_ws('|', merchant_id, name, currency, utc_offset_minutes) from bi.merchants"));
        assertEquals(
                List.of("1|0|k1|INGEST|s1|f", "2|0|k2|INGEST|s1|t"),
                tables.texts("select concat_ws('|', key_index, merchant_index, id, role, store_id,"
                        + " revoked_at_ns is not null) from miaojie.api_key order by key_index"));
        assertEquals(
                "m1|c1|1|rebate|ACTIVE|CNY|platform|1000|0|{}|" + (History.T0_NS + 1),
                tables.text("select concat_ws('|', merchant_id, campaign_id, c.version, c.kind, c.state, c.currency,"
                        + " c.funder, c.budget_amount_minor, c.budget_count, c.budget_per_day_minor,"
                        + " c.budget_per_member_minor, c.metadata, t.ends_at_ns)"
                        + " from bi.campaigns c, miaojie.campaign t"));
        assertEquals(
                "{\"2\": [\"A\\\"1\"], \"tiers\": [{\"from_amount\": 100}, {\"rate_ppm\": 200}], \"rate_ppm\": 10000}",
                tables.text("select terms from bi.campaigns"));
        assertEquals("[\"s1\"] []", tables.text("select concat_ws(' ', stores, channels) from bi.campaigns"));
    }

    @Test
    void campaignStatesFollowTheLastRecordInAllVersions() throws Exception {
        history.open();
        history.campaign(1, 1, "c2");
        history.campaignState(0, CampaignState.PAUSED);
        history.campaign(2, 2, "c1");
        history.tick(1, CampaignState.CLOSED);
        history.campaignState(0, CampaignState.CLOSED);
        history.campaignState(2, CampaignState.PAUSED);
        project();

        assertEquals(
                List.of("c1 1 PAUSED", "c1 2 PAUSED", "c2 1 CLOSED"),
                tables.texts("select campaign_id || ' ' || version || ' ' || state from bi.campaigns order by 1"));
    }

    @Test
    void aPaymentBecomesItsRows() throws Exception {
        history.open().payment(0);
        history.payment(1);
        history.payment(1);
        history.strangerPayment();
        history.oddPayment(2);
        project();

        assertEquals(
                List.of("u0 5", "u1 6", "u2 9"),
                tables.texts("select member_id || ' ' || sequence from bi.members order by 1"));
        assertEquals(
                List.of(
                        "5|p4|o0|u0|CAPTURED|t",
                        "6|p5|o1|u1|CAPTURED|t",
                        "7|p6|o2|u1|CAPTURED|t",
                        "8|p7|o3|DUPLICATE_REFUND_DUE|f",
                        "9|p8|o4|u2|CAPTURED|t"),
                tables.texts("select concat_ws('|', p.sequence, p.payment_id, p.order_id, member_id, p.status,"
                        + " o.made_order) from bi.payments p join miaojie.payment_order o using (shard, sequence)"
                        + " order by 1"));
        assertEquals(
                "10000|0|CNY|FULL|api|pos|2023-11-14 22:13:20+00|2023-11-14 22:13:20.000005+00|-7",
                tables.text(
                        "select concat_ws('|', p.amount_minor, p.shipping_minor, p.currency, p.instalment, p.source,"
                                + " p.store_id, p.channel, p.metadata, paid_at, settled_at, fingerprint)"
                                + " from bi.payments p join miaojie.payment_order o using (shard, sequence)"
                                + " where sequence = 5"));
        assertEquals(
                List.of("u1 0 100", "u0 1 99", "u0 2 98"),
                tables.texts("select member_id || ' ' || level || ' ' || amount_minor from bi.grants"
                        + " where order_id = 'o2' order by level"));
        assertEquals(
                List.of("u0 691 691 7", "u1 200 200 7", "u2 100 100 9"),
                tables.texts("select concat_ws(' ', member_id, spendable_minor, available_minor, as_of_sequence)"
                        + " from bi.pools order by 1"));
        assertEquals(
                "0 991",
                tables.text("select sum(amount_minor) || ' ' || sum(greatest(amount_minor, 0)) from bi.transfers"));
        assertEquals(
                List.of("p7|c1|8|0", "p7||1|2", "p8||5|0"),
                tables.texts("select payment_id || '|' || coalesce(campaign_id, '') || '|' || code || '|' || level"
                        + " from bi.skips order by 1"));
        assertEquals(
                List.of("9 LINES_MISMATCH PAYMENT p8 o4 u2"),
                tables.texts("select concat_ws(' ', sequence, code, fact, fact_id, order_id, member_id)"
                        + " from bi.discrepancies"));
        assertEquals("9", tables.text("select sequence from bi.position"));
    }

    @Test
    void aRefusalOnlyMovesThePosition() throws Exception {
        history.open();
        history.refused();
        project();

        assertEquals("5", tables.text("select sequence from bi.position"));
        assertEquals("1", tables.text("select count(*) from bi.merchants"));
    }

    @Test
    void anUnknownRecordStopsTheProjectionBeforeIt() throws Exception {
        history.open();
        history.unknown();
        history.commit();
        try (Projector projector = projector()) {
            projector.start();
            Await.until("stopped", PATIENCE, projector::hasEnded);
            final String message = projector.lastError().orElseThrow().getMessage();
            assertTrue(message.contains("sequence=5") && message.contains("outcomeTemplate=190"), message);
            assertTrue(projector.projectedSequence() < 5);
        }
    }

    @Test
    void refusesAPostgresThatIsAheadAndNamesBothPositions() throws Exception {
        history.open().payments(10, 3);
        project();
        final MemoryJournal shorter = new MemoryJournal();
        new History(shorter).open().commit();

        try (Projector projector = new Projector(shorter, tables.address(), config())) {
            final ProjectionException refusal = assertThrows(ProjectionException.class, projector::start);
            assertTrue(refusal.getMessage().contains("postgresSequence=14 durableSequence=4"), refusal.getMessage());
        }
    }

    @Test
    void refusesThePostgresOfAnotherJournal() throws Exception {
        history.open().payments(10, 3);
        project();
        final MemoryJournal other = new MemoryJournal();
        new History(other).open().payments(20, 2).commit();

        try (Projector projector = new Projector(other, tables.address(), config())) {
            final ProjectionException refusal = assertThrows(ProjectionException.class, projector::start);
            assertTrue(refusal.getMessage().contains("another journal: sequence=14"), refusal.getMessage());
        }
    }

    @Test
    void writesAtMostFiveRowsForAPayment() throws Exception {
        final int count = 20_000;
        history.open().payments(100, 100);
        project();
        final String written = "select sum(n_tup_ins + n_tup_upd) from pg_stat_user_tables where schemaname = 'miaojie'"
                + " and relname <> 'position'";
        awaitOrders(100);
        final long before = tables.number(written);
        history.payments(count, 100);
        project();
        awaitOrders(100 + count);

        final long rows = tables.number(written) - before;
        assertTrue(rows > 3L * count && rows <= 5L * count, "rows=" + rows);
    }

    @Test
    void rowsReadBackInTheOrderOfTheirKeys() throws Exception {
        history.open().payments(200, 10);
        project();
        final List<String> found = new ArrayList<>();
        try (ProjectionReader reader = ProjectionReader.open(tables.address(), 0)) {
            assertEquals(204, reader.sequence());
            reader.merchants(row -> found.add(row.id()));
            reader.keys(row -> found.add(row.id()));
            reader.campaigns(row -> found.add(row.id() + row.state()));
            assertEquals(List.of("m1", "k1", "c1ACTIVE"), found);
            found.clear();
            reader.members(row -> found.add(row.id()));
            assertEquals(List.of("u0", "u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8", "u9"), found);
            final long[] sum = {0};
            reader.pools(row -> sum[0] += row.buckets().spendableMinor());
            assertEquals(history.spendableMinor(), sum[0]);
            final List<Long> sequences = new ArrayList<>();
            reader.facts(row -> sequences.add(row.sequence()));
            assertEquals(sequences.stream().sorted().toList(), sequences);
            assertEquals(200, sequences.size());
            sum[0] = 0;
            reader.grants(row -> sum[0] += row.state().creditedMinor());
            assertEquals(history.spendableMinor(), sum[0]);
        }
    }

    private void awaitOrders(final long count) throws Exception {
        Await.until(
                "statistics of the writer are out",
                PATIENCE,
                () -> tables.number("select n_tup_ins from pg_stat_user_tables where relname = 'payment_order'")
                        == count);
    }

    @Test
    void givesWayAndGoesOnLater() throws Exception {
        history.open().payment(0);
        history.commit();
        try (Projector projector = projector()) {
            projector.start();
            assertTrue(projector.awaitSequence(journal.durableSequence(), PATIENCE));
            projector.pace(Pace.NONE);
            history.payment(1);
            history.commit();
            assertFalse(projector.awaitSequence(journal.durableSequence(), Duration.ofMillis(500)));
            assertEquals(1, projector.lagRecords());
            projector.pace(Pace.FULL);
            assertTrue(projector.awaitSequence(journal.durableSequence(), PATIENCE));
        }
    }

    @Test
    void takesTurnsAndMissesNothing() throws Exception {
        history.open();
        try (Projector projector = projector()) {
            projector.start();
            for (final Pace pace : List.of(Pace.SHARED, Pace.SPARING)) {
                projector.pace(pace);
                history.payments(5_000, 100);
                history.commit();
                assertTrue(projector.awaitSequence(journal.durableSequence(), PATIENCE));
            }
            assertEquals(10_000, tables.number("select count(*) from miaojie.payment_order"));
            assertEquals(
                    history.spendableMinor(),
                    tables.number("select sum(amount_minor)::bigint from miaojie.grant_entry"));
        }
    }

    private void project() throws InterruptedException {
        history.commit();
        try (Projector projector = projector()) {
            projector.start();
            assertTrue(
                    projector.awaitSequence(journal.durableSequence(), PATIENCE),
                    () -> "lastError=" + projector.lastError());
            assertEquals(0, projector.lagRecords());
        }
    }

    private Projector projector() {
        return new Projector(journal, tables.address(), config());
    }

    private static ProjectionConfig config() {
        return ProjectionConfig.of(0, List.of(KIND));
    }
}
