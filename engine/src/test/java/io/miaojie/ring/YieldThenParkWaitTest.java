package io.miaojie.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A parked stage is woken by what it waits for, not by the clock. */
@Timeout(60)
class YieldThenParkWaitTest {
    private static final int ROUNDS = 100;

    @TempDir
    Path directory;

    /** The Disruptor looks at each slot that it is told of, so a whole backlog for each batch would cost its square. */
    @Test
    void tellsOfNoMoreSlotsThanABatchTakes() throws Exception {
        final YieldThenParkWait wait = new YieldThenParkWait(2, 8);
        final RingBuffer<Object> ring = RingBuffer.createMultiProducer(Object::new, 64, wait);
        final Sequence cursor = new Sequence(29);
        assertEquals(17, wait.waitFor(10, cursor, cursor, ring.newBarrier()));
        assertEquals(29, wait.waitFor(25, cursor, cursor, ring.newBarrier()));
    }

    @Test
    void wakesBothStagesForTheFirstMessageAfterAPause() {
        try (RingRig rig = RingRig.started(directory)) {
            final List<Thread> stages = Thread.getAllStackTraces().keySet().stream()
                    .filter(t -> t.getName().equals("miaojie-settlement")
                            || t.getName().equals("miaojie-journal"))
                    .toList();
            final long[] waitedNs = new long[ROUNDS];
            for (int i = 1; i <= ROUNDS; i++) {
                Eventually.holds("both stages parked", () -> stages.stream()
                        .allMatch(t -> t.getState() == Thread.State.TIMED_WAITING));
                final long sentNs = System.nanoTime();
                rig.submit(i, TestMessages.command(i, 60));
                rig.sink.await(i);
                waitedNs[i - 1] = System.nanoTime() - sentNs;
            }
            Arrays.sort(waitedNs);
            final long medianMs = TimeUnit.NANOSECONDS.toMillis(waitedNs[ROUNDS / 2]);
            assertTrue(medianMs < 40, "waking by the clock alone takes a hundred: medianMs=" + medianMs);
        }
    }
}
