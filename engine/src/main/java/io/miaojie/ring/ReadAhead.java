package io.miaojie.ring;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.miaojie.settlement.Core;

/**
 * Before the settle stage: tells the core of the messages that stand in the batch already, so that it waits for memory
 * once for many of them. Waits for no message, and decides nothing.
 *
 * <p>Thread: settlement. Allocates: nothing.
 */
final class ReadAhead implements EventHandler<Slot> {
    private final RingBuffer<Slot> ring;
    private final MessageBytes messages;
    private final Core core;
    private final EventHandler<Slot> stage;
    private long batchLeft;
    private long foreseenEnd;

    ReadAhead(
            final RingBuffer<Slot> ring, final MessageBytes messages, final Core core, final EventHandler<Slot> stage) {
        this.ring = ring;
        this.messages = messages;
        this.core = core;
        this.stage = stage;
    }

    @Override
    public void setSequenceCallback(final Sequence sequenceCallback) {
        stage.setSequenceCallback(sequenceCallback);
    }

    @Override
    public void onBatchStart(final long batchSize, final long queueDepth) {
        batchLeft = batchSize;
    }

    @Override
    public void onEvent(final Slot slot, final long slotSequence, final boolean endOfBatch) throws Exception {
        if (slotSequence >= foreseenEnd && batchLeft > 1) {
            foreseenEnd = slotSequence + Math.min(batchLeft, Core.FORESEEN_MAX);
            foresee(slotSequence);
        }
        batchLeft--;
        stage.onEvent(slot, slotSequence, endOfBatch);
    }

    private void foresee(final long begin) {
        for (long s = begin; s < foreseenEnd; s++) {
            final int length = ring.get(s).length;
            if (length > 0) {
                foresee(ring.get(s), s, length);
            }
        }
        core.readAhead();
    }

    /** A fault waits for the message's turn: what stands before it is settled, and only then is its sequence known. */
    private void foresee(final Slot slot, final long slotSequence, final int length) {
        try {
            messages.foresee(core, slotSequence, length);
        } catch (Throwable fault) {
            slot.foreseeFault = fault;
        }
    }
}
