package io.miaojie.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.node.report.Buckets;
import io.miaojie.node.report.OrderEvent;
import io.miaojie.node.report.Page;
import io.miaojie.node.report.PoolEntry;
import io.miaojie.node.report.Position;
import io.miaojie.node.report.PostgresReports;
import io.miaojie.node.report.ReportException;
import io.miaojie.node.report.Window;
import io.miaojie.support.MemoryJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lists and statements, page by page, each as of a sequence. */
@Tag("postgres")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ReportsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MERCHANT = 0;

    @TempDir
    Path directory;

    private final MemoryJournal journal = new MemoryJournal();
    private final AtomicLong projectedSequence = new AtomicLong();
    private EmbeddedPostgres postgres;
    private PostgresReports reports;

    @BeforeEach
    void open() throws Exception {
        postgres = EmbeddedPostgres.start(directory);
        ProjectionSchema.load().migrate(postgres.address());
        MoneyStory.write(new History(journal));
        try (Projector projector = new Projector(journal, postgres.address(), ProjectionConfig.of(0, List.of()))) {
            projector.start();
            assertTrue(projector.awaitSequence(journal.durableSequence(), PATIENCE));
        }
        projectedSequence.set(journal.durableSequence());
        reports = new PostgresReports(postgres.address(), 0, projectedSequence::get);
    }

    @AfterEach
    void close() {
        reports.close();
        postgres.close();
    }

    @Test
    void aStatementIsReadPageByPageBothWays() {
        final Page<PoolEntry> first = read(reports.poolEntries(MERCHANT, "mj-5", "CNY", oldest(null, 4)));
        assertEquals(40, first.asOfSequence());
        assertEquals(List.of(5L, 15L, 16L, 17L), sequences(first));
        final PoolEntry placed = first.entries().get(2);
        assertEquals("ORDER_PLACED placed null", placed.reason() + " " + placed.orderId() + " " + placed.reference());
        assertEquals(new Buckets(0, -100, -20, 120, 0), placed.moved());
        assertEquals(new Buckets(0, 0, 30, 120, 0), placed.after());
        assertEquals(History.T0_NS + 16_000, placed.atNs());

        final List<Long> oldest = new ArrayList<>();
        Position next = null;
        do {
            final Page<PoolEntry> page = read(reports.poolEntries(MERCHANT, "anna", "CNY", oldest(next, 3)));
            oldest.addAll(sequences(page));
            next = page.next() == null ? null : Position.parse(page.next().toString());
        } while (next != null);
        assertEquals(List.of(5L, 15L, 16L, 17L, 18L, 22L, 23L, 25L, 35L, 36L), oldest);

        final Page<PoolEntry> newest =
                read(reports.poolEntries(MERCHANT, "anna", "CNY", new Window(null, 1_000, true, 0)));
        assertEquals(List.of(36L, 35L, 25L, 23L, 22L, 18L, 17L, 16L, 15L, 5L), sequences(newest));
        assertNull(newest.next());
    }

    @Test
    void whatIsUnknownHasEmptyListsThatSayHowFarPostgresIs() {
        final Page<PoolEntry> unknown = read(reports.poolEntries(MERCHANT, "nobody", "CNY", oldest(null, 10)));
        assertEquals(40, unknown.asOfSequence());
        assertTrue(unknown.entries().isEmpty());
        assertTrue(read(reports.poolEntries(MERCHANT + 1, "anna", "CNY", oldest(null, 10)))
                .entries()
                .isEmpty());
        assertTrue(read(reports.poolEntries(MERCHANT, "anna", "USD", oldest(null, 10)))
                .entries()
                .isEmpty());
        assertTrue(read(reports.refundOrders(MERCHANT + 1, null, oldest(null, 10)))
                .entries()
                .isEmpty());
        assertTrue(read(reports.orderTimeline(99, oldest(null, 10))).entries().isEmpty());
    }

    @Test
    void anOrderTellsItsStory() {
        final int late = 2;
        final List<String> story = new ArrayList<>();
        Position next = null;
        do {
            final Page<OrderEvent> page = read(reports.orderTimeline(late, oldest(next, 2)));
            page.entries().forEach(event -> story.add(event.event() + " " + event.code()));
            next = page.next();
        } while (next != null);
        assertEquals(
                List.of(
                        "PLACED null",
                        "EXPIRED null",
                        "PAYMENT null",
                        "REFUND_ORDER null",
                        "SKIPPED 23",
                        "REFUND null"),
                story);
    }

    @Test
    void workListsAreFilteredByState() {
        final var refundOrder = read(reports.refundOrders(MERCHANT, "SUCCEEDED", oldest(null, 10)))
                .entries()
                .get(0);
        assertEquals("rf000000000000z000", refundOrder.refundOrderId());
        assertEquals(
                "late p3 LATE_PAYMENT 10000",
                refundOrder.orderId() + " " + refundOrder.paymentId() + " " + refundOrder.reason() + " "
                        + refundOrder.amountMinor());
        assertTrue(read(reports.refundOrders(MERCHANT, "OPEN", oldest(null, 10)))
                .entries()
                .isEmpty());

        final var withdrawal = read(reports.withdrawals(MERCHANT, null, oldest(null, 10)))
                .entries()
                .get(0);
        assertEquals(
                "w1 SUCCEEDED bill-1",
                withdrawal.withdrawalId() + " " + withdrawal.state() + " " + withdrawal.transferBillNo());
        assertTrue(read(reports.withdrawals(MERCHANT, "REQUESTED", oldest(null, 10)))
                .entries()
                .isEmpty());

        assertEquals(
                2,
                read(reports.discrepancies(MERCHANT, null, oldest(null, 10)))
                        .entries()
                        .size());
        final var discrepancy = read(reports.discrepancies(MERCHANT, "TOKEN_UNKNOWN", oldest(null, 10)))
                .entries()
                .get(0);
        assertEquals("TOUCH x1", discrepancy.fact() + " " + discrepancy.factId());

        final var referral = read(reports.referrals(MERCHANT, "anna", oldest(null, 10)))
                .entries()
                .get(0);
        assertEquals("ben anna BINDING", referral.memberId() + " " + referral.referrerId() + " " + referral.cause());
        assertNull(referral.boundUntilNs());
    }

    @Test
    void waitsForASequenceAndThenGivesUp() {
        projectedSequence.set(38);
        final var waiting = reports.discrepancies(MERCHANT, null, new Window(null, 10, false, 40));
        projectedSequence.set(40);
        assertEquals(40, read(waiting).asOfSequence());

        final long before = System.nanoTime();
        assertEquals(
                ReportException.Reason.PROJECTION_LAGGING,
                failure(reports.discrepancies(MERCHANT, null, new Window(null, 10, false, 41))));
        assertTrue(System.nanoTime() - before >= TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    void saysThatPostgresDoesNotAnswer() {
        postgres.close();
        assertEquals(
                ReportException.Reason.POSTGRES_UNAVAILABLE,
                failure(reports.discrepancies(MERCHANT, null, oldest(null, 10))));
        postgres = EmbeddedPostgres.start(directory);
        assertEquals(
                40,
                read(reports.discrepancies(MERCHANT, null, oldest(null, 10))).asOfSequence());
    }

    @Test
    void refusesWhatIsNoWindow() {
        assertThrows(IllegalArgumentException.class, () -> oldest(null, 0));
        assertThrows(IllegalArgumentException.class, () -> oldest(null, 1_001));
        assertThrows(IllegalArgumentException.class, () -> Position.parse("12"));
        assertThrows(IllegalArgumentException.class, () -> Position.parse("a.b"));
    }

    private static Window oldest(final Position after, final int limit) {
        return new Window(after, limit, false, 0);
    }

    private static List<Long> sequences(final Page<PoolEntry> page) {
        return page.entries().stream().map(entry -> entry.position().sequence()).toList();
    }

    private static <T> T read(final CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static ReportException.Reason failure(final CompletionStage<?> stage) {
        final CompletionException failure = assertThrows(
                CompletionException.class, () -> stage.toCompletableFuture().join());
        return ((ReportException) failure.getCause()).reason();
    }
}
