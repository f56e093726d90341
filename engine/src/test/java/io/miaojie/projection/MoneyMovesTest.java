package io.miaojie.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.support.MemoryJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What each command that moves money or members becomes in Postgres: one story, told to every view. */
@Tag("postgres")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class MoneyMovesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
    void project(final TestInfo test) throws Exception {
        tables = PostgresTables.create(
                postgres.address(), test.getTestMethod().orElseThrow().getName().toLowerCase());
        MoneyStory.write(history);
        // Small batches: what was made and what changed meet in one transaction, and across two; answers are lost too
        for (final int recordsMax : new int[] {5, 64}) {
            final ProjectionConfig config = new ProjectionConfig(
                    0,
                    List.of(),
                    new ProjectionConfig.Batch(recordsMax, 1 << 20, 0),
                    ProjectionConfig.of(0, List.of()).retry());
            try (CuttingProxy proxy = new CuttingProxy(tables.address());
                    Projector projector = new Projector(journal, proxy.address(), config)) {
                proxy.loseNext(recordsMax == 5 ? 2 : 0);
                projector.start();
                final long until = recordsMax == 5 ? 15 : journal.durableSequence();
                assertTrue(projector.awaitSequence(until, PATIENCE), () -> "lastError=" + projector.lastError());
                assertEquals(0, proxy.cutsLeft());
            }
        }
    }

    /** The story sells nothing: {@code SettledRowsTest} asks these. */
    private static final Set<String> OF_OTHER_STORIES = Set.of(
            "campaign_counters",
            "flash_sales",
            "group_buys",
            "instances",
            "order_reviews",
            "presale_bookings",
            "presale_demand",
            "presales",
            "seats");

    @Test
    void everyViewAnswersAndSaysWhatItIs() throws Exception {
        for (final String view : tables.texts("select viewname from pg_views where schemaname = 'bi' order by 1")) {
            assertTrue(OF_OTHER_STORIES.contains(view) || tables.number("select count(*) from bi." + view) > 0, view);
            assertTrue(
                    !tables.text("select obj_description('bi." + view + "'::regclass)")
                            .isBlank(),
                    view);
        }
    }

    @Test
    void aStatementExplainsEveryPool() throws Exception {
        assertEquals(
                List.of(
                        "5 GRANT direct c1 0 100 0 0 0 = 0 100 0 0 0",
                        "15 ADJUSTMENT a1 0 0 50 0 0 = 0 100 50 0 0",
                        "16 ORDER_PLACED placed 0 -100 -20 120 0 = 0 0 30 120 0",
                        "17 PAYMENT placed p2 44 44 0 -120 0 = 44 44 30 0 0",
                        "18 REFUND placed r1 -10 10 2 0 0 = 34 54 32 0 0",
                        "22 TIMER placed -34 -44 78 0 0 = 0 10 110 0 0",
                        "23 WITHDRAWAL_REQUESTED w1 0 0 -110 110 0 = 0 10 0 110 0",
                        "25 WITHDRAWAL_SUBMITTED w1 0 0 0 -110 0 = 0 10 0 0 0",
                        "35 REFUND direct r4 0 -10 0 0 90 = 0 0 0 0 90",
                        "36 PAYMENT owed p5 0 10 0 0 -90 = 0 10 0 0 0"),
                tables.texts("select concat_ws(' ', sequence, reason, order_id, reference, pending_minor,"
                        + " spendable_minor, withdrawable_minor, locked_minor, debt_minor, '=', pending_after_minor,"
                        + " spendable_after_minor, withdrawable_after_minor, locked_after_minor, debt_after_minor)"
                        + " from bi.pool_entries where member_id = 'anna' order by sequence, place"));
        assertEquals(
                tables.texts("select concat_ws(' ', member_id, currency, pending_minor, spendable_minor,"
                        + " withdrawable_minor, locked_minor, debt_minor) from bi.pools order by 1"),
                tables.texts("select concat_ws(' ', member_id, currency, sum(pending_minor), sum(spendable_minor),"
                        + " sum(withdrawable_minor), sum(locked_minor), sum(debt_minor)) from bi.pool_entries"
                        + " group by member_id, currency order by 1"));
    }

    @Test
    void anOrderHasAStateAndATimeline() throws Exception {
        assertEquals(
                List.of(
                        "cancelled CANCELLED ben 1000 0 0 f ORDER 38",
                        "direct REFUNDED anna 10000 10000 10000 f PAYMENT 35",
                        "late EXPIRED ben 1000 0 0 f ORDER 32",
                        "owed PAID anna 10000 10000 0 f PAYMENT 36",
                        "parked PAID ben 10000 10000 100 f PARKED_FACT 34",
                        "placed PAID anna 880 880 100 t ORDER 22"),
                tables.texts("select concat_ws(' ', order_id, state, member_id, payable_minor, captured_minor,"
                        + " refunded_minor, delivered, made_by, as_of_sequence) from bi.orders order by 1"));
        assertEquals(
                List.of(
                        "16 PLACED anna 880 CNY",
                        "17 PAYMENT p2 anna 10000 CNY CAPTURED",
                        "17 GRANTED c1 anna 0 88 CNY",
                        "18 REFUND r1 100 CNY SETTLED",
                        "18 CLAWED c1 anna 0 10 CNY",
                        "19 DELIVERY d1 SETTLED",
                        "20 AFTER_SALE anna OPEN",
                        "21 AFTER_SALE anna CLOSED",
                        "22 RELEASED c1 anna 0 78 CNY"),
                timeline("placed"));
        assertEquals(
                List.of(
                        "29 PLACED ben 1000 CNY",
                        "30 EXPIRED ben",
                        "31 PAYMENT p3 ben 10000 CNY LATE_REFUND_DUE",
                        "31 REFUND_ORDER rf000000000000z000 10000 CNY LATE_PAYMENT",
                        "31 SKIPPED 0 23",
                        "32 REFUND r2 100 CNY SETTLED"),
                timeline("late"));
        assertEquals(List.of("37 PLACED ben 1000 CNY", "38 CANCELLED ben"), timeline("cancelled"));
    }

    private List<String> timeline(final String order) throws Exception {
        return tables.texts(
                "select concat_ws(' ', t.sequence, event, reference, t.member_id, level, amount_minor, t.currency,"
                        + " detail, code) from bi.order_timeline t join bi.orders o using (shard, order_index)"
                        + " where o.order_id = '" + order + "' order by place");
    }

    @Test
    void grantsTellTheirClawsHoldsAndReleases() throws Exception {
        assertEquals(
                List.of(
                        "direct p1 anna 100 100 0 0 f 35",
                        "owed p5 anna 100 0 0 100 f 36",
                        "parked p4 ben 100 1 0 99 f 34",
                        "placed p2 anna 88 10 0 0 t 22"),
                tables.texts("select concat_ws(' ', order_id, payment_id, member_id, amount_minor, clawed_minor,"
                        + " pending_minor, instant_minor, released, as_of_sequence) from bi.grants order by 1"));
        assertEquals(
                List.of("18 placed r1 10 REFUND", "34 parked 1 PAYMENT", "35 direct r4 100 REFUND"),
                tables.texts("select concat_ws(' ', sequence, order_id, refund_id, amount_minor, cause) from bi.claws"
                        + " order by sequence"));
        assertEquals(
                "22 placed 34 44 TIMER",
                tables.text("select concat_ws(' ', sequence, order_id, pending_minor, instant_minor, cause)"
                        + " from bi.releases"));
        assertEquals("0", tables.text("select sum(amount_minor) from bi.transfers"));
        assertEquals(
                "0",
                tables.text("select count(*) from (select sequence from bi.transfers group by sequence"
                        + " having sum(amount_minor) <> 0) unbalanced"));
        assertEquals(
                "-277", tables.text("select sum(amount_minor) from bi.transfers where account = 'funder:platform'"));
    }

    @Test
    void membersLinksAndTouchesAreRows() throws Exception {
        assertEquals(
                List.of("anna mj-5 f 2 {promoter,clerk} s1 6", "ben anna f 2 {} s1 11"),
                tables.texts("select concat_ws(' ', member_id, m.provisional_id, referrer_id, m.provisional, m.grade,"
                        + " m.roles, m.store_id, registered_sequence) from bi.members m join miaojie.member r"
                        + " on r.id = m.member_id order by 1"));
        assertEquals(
                "ben anna BINDING 13",
                tables.text("select concat_ws(' ', member_id, referrer_id, cause, sequence) from bi.referrals"));
        assertEquals("3", tables.text("select count(*) from miaojie.binding"));
        assertEquals(
                "l1 TOKEN anna t1 wechat 8 t",
                tables.text("select concat_ws(' ', link_id, token, owner_id, target_id, campaign_id, channel, sequence,"
                        + " expires_at is null) from bi.share_links"));
        assertEquals("t1 https://shop.example/tea", tables.text("select target_id || ' ' || url from bi.link_targets"));
        assertEquals(
                "x1 NOBODYS v1 TOKEN_UNKNOWN",
                tables.text("select concat_ws(' ', touch_id, token, owner_id, visitor_id, member_id, code)"
                        + " from bi.touches"));
        assertEquals("CLOSED", tables.text("select state from bi.campaigns"));
    }

    @Test
    void withdrawalsRefundOrdersAndDiscrepanciesAreRows() throws Exception {
        assertEquals(
                "w1 anna SUCCEEDED f 110 0 0 CNY wechat payee-7 wd000000000000q000 bill-1 28",
                tables.text("select concat_ws(' ', withdrawal_id, member_id, state, query_due, amount_minor, fee_minor,"
                        + " tax_minor, currency, method, payee, out_bill_no, transfer_bill_no, changed_sequence)"
                        + " from bi.withdrawals"));
        assertEquals(
                List.of(
                        "23 WITHDRAWAL_REQUESTED REQUESTED f",
                        "24 WITHDRAWAL_DECIDED APPROVED f op checked",
                        "25 WITHDRAWAL_SUBMITTED SUBMITTED f",
                        "26 WITHDRAWAL_REPORTED UNKNOWN f bill-1",
                        "27 TIMER UNKNOWN t",
                        "28 WITHDRAWAL_REPORTED SUCCEEDED f"),
                tables.texts("select concat_ws(' ', sequence, cause, state, query_due, actor, reason, transfer_bill_no)"
                        + " from bi.withdrawal_events order by sequence"));
        assertEquals(
                "rf000000000000z000 late p3 SUCCEEDED LATE_PAYMENT 10000 CNY 32",
                tables.text("select concat_ws(' ', refund_order_id, order_id, payment_id, state, reason, amount_minor,"
                        + " currency, changed_sequence) from bi.refund_orders"));
        assertEquals(
                List.of("10 TOKEN_UNKNOWN TOUCH x1", "31 LATE_PAYMENT PAYMENT p3 late ben"),
                tables.texts("select concat_ws(' ', sequence, code, fact, fact_id, order_id, member_id)"
                        + " from bi.discrepancies order by sequence"));
        assertEquals(
                "f1 platform 5000 CNY PREPAID 5000 op",
                tables.text("select concat_ws(' ', funding_id, funder, amount_minor, currency, mode, balance_minor,"
                        + " actor) from bi.fundings"));
        assertEquals(
                "pt1 CNY 100 2000 3 50 6000 10 2 1 1020 op",
                tables.text("select concat_ws(' ', payout_terms_id, currency, amount_min_minor, amount_max_minor,"
                        + " amount_per_day_minor, count_per_day, approved_up_to_minor, fee_ppm, fee_min_minor,"
                        + " free_per_day, tax_ppm, cut_off_minute, actor) from bi.payout_terms"));
        assertEquals(
                "a1 anna WITHDRAWABLE 50 CNY sorry op",
                tables.text("select concat_ws(' ', adjustment_id, member_id, bucket, amount_minor, currency, reason,"
                        + " actor) from bi.adjustments"));
        assertEquals(
                List.of("r1 SETTLED placed [{\"line_id\": \"1\", \"amount_minor\": 100}]", "r3 PARKED parked"),
                tables.texts("select concat_ws(' ', refund_id, result, order_id,"
                        + " case when result = 'SETTLED' then lines end) from bi.refunds where refund_id in"
                        + " ('r1', 'r3') order by 1"));
        assertEquals(
                "d1 wms placed SETTLED",
                tables.text("select concat_ws(' ', delivery_id, source, order_id, result) from bi.deliveries"));
    }
}
