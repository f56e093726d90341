package io.miaojie.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.gate.SubmitCode;
import io.miaojie.projection.EmbeddedPostgres;
import io.miaojie.projection.PostgresAddress;
import io.miaojie.support.Commands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Postgres that goes away costs lag up to a bound, and nothing else. */
@Tag("postgres")
@Tag("slow")
@Timeout(180)
class LoadWatchTest {
    @TempDir
    Path postgresDirectory;

    @TempDir
    Path directory;

    private final NodeDriver driver = new NodeDriver();

    @Test
    void shutsTheGateWhilePostgresIsTooFarBehindAndOpensItAgain() throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(postgresDirectory);
        final PostgresAddress address = NodeRig.freshDatabase(postgres.address(), "lagging");
        try (EngineNode node = EngineNode.start(NodeRig.config(directory, address), driver)) {
            driver.prepare(node.gate());
            postgres.close();

            final int paid = payUntilBehind(node);
            assertTrue(node.status().unprojectedBytes() > (6 << 20) * 3 / 4);
            assertNull(node.status().haltCause());
            NodeRig.await("the projection says why", () -> node.status().projectionError() != null);
            assertNotNull(driver.ask(node.gate(), Commands.poolQuery(1, "member-1")));

            postgres = EmbeddedPostgres.start(postgresDirectory);
            NodeRig.await("open again", () -> node.status().isAdmitting());
            final long sequence = driver.pay(node.gate(), paid + 1).get().sequence();
            assertTrue(node.awaitProjected(sequence, Duration.ofSeconds(30)));
            assertEquals(sequence, node.status().durableSequence());
        } finally {
            postgres.close();
        }
    }

    /** Pays until the gate shuts, and returns how many payments it has taken. */
    private int payUntilBehind(final EngineNode node) {
        int number = 0;
        SubmitCode code = SubmitCode.ACCEPTED;
        while (code != SubmitCode.PROJECTION_BEHIND) {
            final DirectBuffer payment = NodeDriver.payment(number + 1);
            code = node.gate().submit(1_000_000 + number, payment, 0, payment.capacity());
            if (code == SubmitCode.ACCEPTED) {
                number++;
            } else {
                LockSupport.parkNanos(100_000);
            }
            assertTrue(
                    number < 50_000, "the gate stays open: lag=" + node.status().unprojectedBytes());
        }
        return number;
    }
}
