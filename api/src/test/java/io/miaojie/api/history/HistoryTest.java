package io.miaojie.api.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.client.ApiClient;
import io.miaojie.api.support.KilledServer;
import io.miaojie.api.support.ServerProcess;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Callers that race for the same pools while the server is killed see one order of things, and it is that of the
 * journal. Long pass: {@code mvn -pl api -am test -Dtest=HistoryTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dhistory.rounds=50 -Dhistory.seed=7}.
 */
@Tag("postgres")
@Tag("slow")
@Timeout(value = 2, unit = TimeUnit.HOURS)
class HistoryTest {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryTest.class);
    private static final long SEED = Long.getLong("history.seed", System.nanoTime());
    private static final int ROUNDS = Integer.getInteger("history.rounds", 1);
    private static final int OPERATIONS = Integer.getInteger("history.operations", 150);
    private static final int KILL_AFTER_MAX_MS = 900;

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    private Path directory;

    @Test
    void callersSeeOneOrderOfThingsAndItIsThatOfTheJournal() throws Exception {
        try (KilledServer server = new KilledServer(directory)) {
            for (int round = 1; round <= ROUNDS; round++) {
                final ApiClient admin = new ApiClient(vertx, server.uri(), ServerProcess.ADMIN_KEY, 64);
                final HistoryLoad load = new HistoryLoad(vertx, admin, SEED, round);
                final int afterMs = new Random(SEED + round).nextInt(KILL_AFTER_MAX_MS);
                final CompletableFuture<Void> death = CompletableFuture.runAsync(() -> {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(afterMs));
                    server.kill();
                    server.start();
                });
                final List<Call> calls = load.run(OPERATIONS);
                death.join();
                final long unanswered =
                        calls.stream().filter(call -> !call.isAnswered()).count();
                LOG.info(
                        "round {} of seed {}: calls={} unanswered={} killedAfterMs={}",
                        round,
                        SEED,
                        calls.size(),
                        unanswered,
                        afterMs);
                assertTrue(unanswered > 0, "nobody noticed the kill");
                assertEquals(
                        List.of(),
                        HistoryCheck.violations(calls),
                        "again with -Dtest=HistoryTest -Dhistory.seed=" + SEED + " -Dhistory.rounds=" + round);
            }
        } finally {
            vertx.close().await();
        }
    }
}
