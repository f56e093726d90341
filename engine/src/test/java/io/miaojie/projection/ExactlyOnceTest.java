package io.miaojie.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.support.MemoryJournal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to Postgres or to the way to it, each record has its rows once. */
@Tag("postgres")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ExactlyOnceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int COUNT = 30_000;
    private static final ProjectionConfig CONFIG = new ProjectionConfig(
            0, List.of(), new ProjectionConfig.Batch(1_000, 1 << 20, 1), new ProjectionConfig.Retry(5, 100, 20_000));

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
    void create() throws Exception {
        tables = PostgresTables.create(postgres.address(), "t" + System.nanoTime());
        history.open().payments(COUNT, 500).commit();
    }

    /** While rows are added, while the batch before is awaited, while rows are changed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "state = 'active' and query like 'copy%'",
                "state = 'idle in transaction' and query like 'copy%'",
                "state = 'active' and query like 'merge%'"
            })
    void survivesConnectionsCutInMidBatch(final String when) throws Exception {
        final String cut = "select count(*) from (select pg_terminate_backend(pid) from pg_stat_activity"
                + " where application_name = 'miaojie projector' and datname = current_database()"
                + " and " + when + ") cut";
        try (Projector projector = projector(tables.address())) {
            projector.start();
            final long[] cuts = {0};
            Await.until("five cuts", PATIENCE, () -> {
                keepBusy(projector);
                cuts[0] += tables.number(cut);
                return cuts[0] >= 5;
            });
            awaitAll(projector);
        }
        requireOnce();
    }

    @Test
    void survivesLostAnswersToCommits() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(tables.address());
                Projector projector = projector(proxy.address())) {
            projector.start();
            proxy.loseNext(7);
            awaitAll(projector);
            assertEquals(0, proxy.cutsLeft());
        }
        requireOnce();
    }

    /** It gives up waiting, although the commit is made; and it waits where it is made in time. */
    @ParameterizedTest
    @ValueSource(longs = {100, 3_000})
    void survivesAPostgresThatIsSlow(final long lateMs) throws Exception {
        final ProjectionConfig impatient =
                new ProjectionConfig(0, List.of(), CONFIG.batch(), new ProjectionConfig.Retry(5, 100, 1_000));
        try (CuttingProxy proxy = new CuttingProxy(tables.address());
                Projector projector = new Projector(journal, proxy.address(), impatient)) {
            projector.start();
            proxy.delayNext(5, lateMs);
            awaitAll(projector);
            assertEquals(0, proxy.cutsLeft());
        }
        requireOnce();
    }

    @Test
    void goesOnWhereTheProjectorBeforeItEnded() throws Exception {
        long last = 0;
        for (int round = 1; round <= 4; round++) {
            try (Projector projector = projector(tables.address())) {
                projector.start();
                assertTrue(projector.projectedSequence() >= last);
                assertTrue(projector.awaitSequence(round * 5_000L, PATIENCE));
                last = projector.projectedSequence();
            }
        }
        try (Projector projector = projector(tables.address())) {
            projector.start();
            awaitAll(projector);
        }
        requireOnce();
    }

    @Test
    void lagsWhilePostgresIsDownAndCatchesUp() throws Exception {
        try (Projector projector = projector(tables.address())) {
            projector.start();
            assertTrue(projector.awaitSequence(2_000, PATIENCE));
            postgres.close();
            history.payments(1_000, 500).commit();
            Await.until(
                    "an error is shown", PATIENCE, () -> projector.lastError().isPresent());
            assertTrue(projector.lagRecords() >= 1_000);
            assertTrue(!projector.hasEnded());
            final int port = postgres.address().port();
            postgres = EmbeddedPostgres.start(directory);
            assertEquals(port, postgres.address().port(), "the port was not kept");
            awaitAll(projector);
            assertTrue(projector.lastError().isEmpty());
        }
        requireOnce();
    }

    @Test
    void waitsWhileItsTablesAreLockedAndCatchesUp() throws Exception {
        try (Projector projector = projector(tables.address())) {
            projector.start();
            assertTrue(projector.awaitSequence(2_000, PATIENCE));
            try (Connection locking = tables.address().connect();
                    Statement statement = locking.createStatement()) {
                locking.setAutoCommit(false);
                statement.execute(
                        "do $$ declare name text; begin" // first what a batch has first: no deadlock
                                + " for name in select tablename from pg_tables where schemaname = 'miaojie'"
                                + " order by tablename <> 'payment_order' loop"
                                + " execute format('lock table miaojie.%I in access exclusive mode', name);"
                                + " end loop; end $$");
                history.payments(1_000, 500).commit();
                Await.until("it waits for the lock", PATIENCE, () -> {
                    final long waiting = tables.number("select count(*) from pg_locks where not granted");
                    return waiting > 0;
                });
                assertTrue(projector.lagRecords() >= 1_000);
                assertTrue(!projector.hasEnded());
                locking.rollback();
            }
            awaitAll(projector);
        }
        requireOnce();
    }

    @Test
    void aSecondProjectorFencesTheFirst() throws Exception {
        try (Projector first = projector(tables.address());
                Projector second = projector(tables.address())) {
            first.start();
            assertTrue(first.awaitSequence(2_000, PATIENCE));
            second.start();
            Await.until("the first has ended", PATIENCE, () -> {
                keepBusy(first);
                return first.hasEnded();
            });
            final String message = first.lastError().orElseThrow().getMessage();
            assertTrue(message.contains("another projector has taken over"), message);
            awaitAll(second);
        }
        requireOnce();
    }

    private void keepBusy(final Projector projector) {
        if (projector.lagRecords() < 1_000) {
            history.payments(1_000, 500).commit();
        }
    }

    private Projector projector(final PostgresAddress address) {
        return new Projector(journal, address, CONFIG);
    }

    private void awaitAll(final Projector projector) throws InterruptedException {
        assertTrue(
                projector.awaitSequence(journal.durableSequence(), PATIENCE),
                () -> "projectedSequence=" + projector.projectedSequence() + " lastError=" + projector.lastError());
    }

    private void requireOnce() throws Exception {
        final long payments = journal.durableSequence() - 4;
        assertEquals(journal.durableSequence(), tables.number("select sequence from bi.position"));
        assertEquals(payments, tables.number("select count(*) from bi.payments"));
        assertEquals(payments, tables.number("select count(distinct payment_id) from bi.payments"));
        assertEquals(3 * payments, tables.number("select count(*) from bi.grants"));
        assertEquals(history.spendableMinor(), tables.number("select sum(amount_minor) from bi.grants"));
        assertEquals(history.spendableMinor(), tables.number("select sum(spendable_minor) from bi.pools"));
    }
}
