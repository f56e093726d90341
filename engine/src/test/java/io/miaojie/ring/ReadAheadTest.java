package io.miaojie.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.lmax.disruptor.RingBuffer;
import io.miaojie.settlement.Core;
import java.util.List;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The core is told of what stands in the batch, once, and before it is settled. */
@Timeout(30)
class ReadAheadTest {
    private static final int SLOTS = 64;
    private static final int LENGTH = RingRig.SLOT_BYTES;

    private final RingBuffer<Slot> ring = RingBuffer.createMultiProducer(Slot::new, SLOTS);
    private final MessageBytes messages = new MessageBytes(SLOTS, RingRig.SLOT_BYTES);
    private final TestCore core = new TestCore();
    private final ReadAhead readAhead = new ReadAhead(ring, messages, core, this::settle);
    private long foreseenMax;

    @Test
    void foreseesEachMessageOfABatchOnceAndSoManyAtMost() throws Exception {
        final int count = 2 * Core.FORESEEN_MAX + 3;
        fill(count);
        handle(0, count);
        assertEquals(LongStream.rangeClosed(1, count).boxed().toList(), core.foreseen());
        assertEquals(3, core.readAheadCount());
        assertEquals(Core.FORESEEN_MAX, foreseenMax);
    }

    @Test
    void looksNotBeyondTheBatch() throws Exception {
        fill(6);
        handle(0, 4);
        assertEquals(List.of(1L, 2L, 3L, 4L), core.foreseen());
    }

    @Test
    void leavesAMessageAloneThatStandsAlone() throws Exception {
        fill(1);
        handle(0, 1);
        assertEquals(List.of(), core.foreseen());
    }

    @Test
    void passesOverTheRestOfALongMessageAndOneThatPassesTheLastSlot() throws Exception {
        fill(SLOTS);
        ring.get(1).length = 0;
        ring.get(SLOTS - 1).length = LENGTH + 1;
        handle(0, SLOTS);
        assertEquals(SLOTS - 2, core.foreseen().size());
    }

    private void settle(final Slot slot, final long slotSequence, final boolean endOfBatch) {
        foreseenMax = Math.max(foreseenMax, core.foreseen().size() - slotSequence);
    }

    private void fill(final int count) {
        for (int s = 0; s < count; s++) {
            final UnsafeBuffer message = TestMessages.command(s + 1, LENGTH);
            messages.put(s, message, 0, LENGTH);
            ring.get(s).length = LENGTH;
        }
    }

    private void handle(final int first, final int count) throws Exception {
        readAhead.onBatchStart(count, count);
        for (int s = first; s < first + count; s++) {
            readAhead.onEvent(ring.get(s), s, s == first + count - 1);
        }
    }
}
