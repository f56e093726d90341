package io.miaojie.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.gate.AnswerType;
import io.miaojie.gate.SubmitCode;
import io.miaojie.projection.EmbeddedPostgres;
import io.miaojie.support.MountedDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A small disk fills up under load: commands stop before the reserve is used up, reads go on, and so do both later. */
@Tag("postgres")
@Tag("slow")
@Timeout(120)
class SmallDiskTest {
    private static final long DISK_MIB = 200;

    /** What others leave, so that little is left above the reserve of 64 MiB. */
    private static final long FREE_BYTES = 70 << 20;

    @RegisterExtension
    private final MountedDisk small = new MountedDisk(DISK_MIB);

    @TempDir
    private Path temporary;

    private final NodeDriver driver = new NodeDriver();

    @Test
    void refusesBeforeTheReserveIsUsedUpAndGoesOnWhenThereIsRoom() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(temporary.resolve("postgres"))) {
            final EngineConfig config = NodeRig.config(small.path().resolve("data"), postgres.address());
            final int taken;
            try (EngineNode node = EngineNode.start(config, driver)) {
                driver.prepare(node.gate());
                final Path filler = small.fillBut(FREE_BYTES);
                taken = payUntilRefused(node);
                assertTrue(taken > 1_000, "taken=" + taken);
                assertFalse(node.status().isAdmitting());
                assertEquals(null, node.status().haltCause());
                final long leftBytes = small.path().toFile().getUsableSpace();
                assertTrue(
                        leftBytes
                                > config.journal().reserveBytes()
                                        - config.ring().underWayBytesMax(),
                        "leftBytes=" + leftBytes);
                assertEquals(100L * ((taken + 9) / 10), driver.spendableMinor(node.gate(), 0));

                Files.delete(filler);
                NodeRig.await("commands are let in", () -> node.status().isAdmitting());
                assertEquals(
                        AnswerType.OUTCOME, driver.pay(node.gate(), taken).get().type());
            }
            try (EngineNode node = EngineNode.start(config, driver)) {
                assertEquals(4L + taken + 1, node.recovery().lastSequence());
            }
        }
    }

    /** Pays as fast as the ring takes it, and returns how many were taken before the gate was shut. */
    private static int payUntilRefused(final EngineNode node) {
        int taken = 0;
        while (true) {
            final DirectBuffer payment = NodeDriver.payment(taken);
            final SubmitCode code = node.gate().submit(Long.MAX_VALUE - taken, payment, 0, payment.capacity());
            if (code == SubmitCode.PROJECTION_BEHIND) {
                return taken;
            } else if (code == SubmitCode.ACCEPTED) {
                taken++;
            } else {
                assertEquals(SubmitCode.RING_FULL, code);
                LockSupport.parkNanos(100_000);
            }
        }
    }
}
