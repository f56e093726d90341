package io.miaojie.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.client.ApiClient;
import io.miaojie.api.support.KilledServer;
import io.miaojie.api.support.ServerProcess;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server under load over 64 connections is killed at random instants, also while it starts, and whatever was not
 * answered is sent again: nothing that was answered is lost, nothing is done twice. A round has its own merchant, so
 * that a long run can be taken up again on its directory: {@code mvn -pl api -am test -Dtest=KillTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dkill.rounds=100 -Dkill.seed=7 -Dkill.directory=/somewhere}, later with
 * {@code -Dkill.first=37}.
 */
@Tag("postgres")
@Tag("slow")
@Timeout(value = 2, unit = TimeUnit.HOURS)
class KillTest {
    private static final Logger LOG = LoggerFactory.getLogger(KillTest.class);
    private static final long SEED = Long.getLong("kill.seed", System.nanoTime());
    private static final int FIRST = Integer.getInteger("kill.first", 1);
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 10);
    private static final String DIRECTORY = System.getProperty("kill.directory");
    private static final int VERIFY_EVERY = 10;
    private static final int KILL_AFTER_MAX_MS = 900;
    private static final int START_KILL_AFTER_MAX_MS = 2_500;

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService killer = Executors.newSingleThreadExecutor();

    @TempDir
    private Path temporary;

    @Test
    void noAnswerIsLostAndNothingIsDoneTwice() throws Exception {
        try (KilledServer server = new KilledServer(DIRECTORY == null ? temporary : Path.of(DIRECTORY))) {
            KillRound before = null;
            for (int round = FIRST; round <= ROUNDS; round++) {
                final Random random = new Random(SEED + round);
                final ApiClient admin = new ApiClient(vertx, server.uri(), ServerProcess.ADMIN_KEY, 64);
                final KillRound load = new KillRound(vertx, admin, SEED, round);
                final Future<?> death = killer.submit(() -> kill(server, random, load));
                try {
                    load.run();
                } finally {
                    require(death);
                }
                load.sendAgain();
                if (before != null) {
                    before.sendAgain();
                    assertEquals(List.of(), before.violations(), replay(round));
                }
                assertEquals(List.of(), load.violations(), replay(round));
                LOG.info("round {} of seed {}: {}", round, SEED, load.figures());
                before = load;
                if (round % VERIFY_EVERY == 0 || round == ROUNDS) {
                    final String output = server.stopAndVerify();
                    assertTrue(output.contains("invariants"), output);
                    server.start();
                }
            }
        } finally {
            killer.shutdown();
            vertx.close().await();
        }
    }

    private static Void kill(final KilledServer server, final Random random, final KillRound load)
            throws InterruptedException {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(KILL_AFTER_MAX_MS)));
        server.kill();
        if (random.nextInt(3) == 0) {
            server.killWhileStarting(random.nextInt(START_KILL_AFTER_MAX_MS));
        }
        try {
            server.start();
        } catch (final IllegalStateException neverReady) {
            load.giveUp();
            throw neverReady;
        }
        return null;
    }

    private static void require(final Future<?> death) throws InterruptedException {
        try {
            death.get();
        } catch (final ExecutionException failed) {
            throw new AssertionError("seed=" + SEED, failed.getCause());
        }
    }

    private static String replay(final int round) {
        return "again with -Dtest=KillTest -Dkill.seed=" + SEED + " -Dkill.rounds=" + round;
    }
}
