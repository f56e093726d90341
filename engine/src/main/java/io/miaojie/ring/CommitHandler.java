package io.miaojie.ring;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;

/**
 * The journal thread: journal stage and reply stage, one after the other for each batch.
 *
 * <p>They share a thread because the second has nothing to do until the first has forced a batch, and then only hands
 * bytes over: a thread of its own would buy one more wake-up between force and answer, and on few cores one more rival
 * of the event loops.
 */
final class CommitHandler implements EventHandler<Slot> {
    private final RingBuffer<Slot> ring;
    private final JournalStage journalStage;
    private final ReplyStage replyStage;
    private final SlotParts parts;
    private final Backlog backlog;
    private final Halt halt;
    private boolean isMidBatch;
    private long batchStart;

    CommitHandler(
            final RingBuffer<Slot> ring,
            final JournalStage journalStage,
            final ReplyStage replyStage,
            final SlotParts parts,
            final Backlog backlog,
            final Halt halt) {
        this.ring = ring;
        this.journalStage = journalStage;
        this.replyStage = replyStage;
        this.parts = parts;
        this.backlog = backlog;
        this.halt = halt;
    }

    @Override
    public void onEvent(final Slot slot, final long slotSequence, final boolean endOfBatch) {
        if (halt.isSet()) {
            return;
        }
        if (!isMidBatch) {
            batchStart = slotSequence;
        }
        isMidBatch = !endOfBatch;
        while (slot.isPart) {
            journalStage.take(slot);
            commitAndAnswer(slotSequence);
            batchStart = slotSequence;
            if (!parts.await()) {
                return;
            }
        }
        journalStage.take(slot);
        if (endOfBatch) {
            commitAndAnswer(slotSequence);
            backlog.drained(slotSequence, ring.getCursor(), System.nanoTime());
        }
    }

    /** Nothing has come for a while. */
    @Override
    public void onTimeout(final long slotSequence) {
        if (!halt.isSet()) {
            journalStage.idle();
        }
    }

    private void commitAndAnswer(final long batchEnd) {
        final long durableSequence = journalStage.commit();
        if (halt.isSet()) {
            return;
        }
        for (long s = batchStart; s <= batchEnd; s++) {
            replyStage.answer(ring.get(s), durableSequence);
        }
        replyStage.endBatch(ring.get(batchEnd));
    }
}
