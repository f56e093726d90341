package io.miaojie.ring;

import com.lmax.disruptor.Sequence;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Room in the record ring, and how it comes about when there is none: what is settled so far is handed on to the
 * journal, slots before the one at hand as they are, and of that one a part.
 *
 * <p>Thread: settlement. Allocates: nothing.
 */
final class Handover {
    private static final long ROOM_PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final RecordRing records;
    private final SlotParts parts;
    private final Halt halt;
    private final Runnable wakeJournal;
    private Sequence progress;

    Handover(final RecordRing records, final SlotParts parts, final Halt halt, final Runnable wakeJournal) {
        this.records = records;
        this.parts = parts;
        this.halt = halt;
        this.wakeJournal = wakeJournal;
    }

    /** Takes the sequence by which the journal thread sees how far the settlement is. */
    void follow(final Sequence newProgress) {
        progress = newProgress;
    }

    /**
     * Waits for room for one piece of this many bytes.
     *
     * @param sequence last record that was settled
     * @return false: the ring has halted meanwhile
     */
    boolean claim(final int length, final Slot slot, final long slotSequence, final long sequence) {
        while (isUnderWay(slot) || !records.tryClaim(length)) {
            if (halt.isSet()) {
                return false;
            }
            handOn(slot, slotSequence, sequence);
            wakeJournal.run();
            LockSupport.parkNanos(ROOM_PARK_NS);
        }
        return true;
    }

    /** Ends the slot: nothing of it is touched here any more. */
    void end(final Slot slot, final long sequence) {
        while (isUnderWay(slot) && !halt.isSet()) {
            LockSupport.parkNanos(ROOM_PARK_NS);
        }
        slot.handOn(sequence, records.head());
        if (slot.isPart) {
            slot.isPart = false;
            parts.handOn();
        }
    }

    /** Tells whether a part of the slot was handed on and is not freed: until then the slot is the journal's. */
    private boolean isUnderWay(final Slot slot) {
        return slot.isPart && !records.isReleased(slot.lastSequence);
    }

    private void handOn(final Slot slot, final long slotSequence, final long sequence) {
        if (isUnderWay(slot)) {
            return;
        }
        if (sequence == slot.lastSequence) {
            if (!slot.isPart) {
                progress.set(slotSequence - 1);
            }
            return;
        }
        slot.handOn(sequence, records.head());
        if (slot.isPart) {
            parts.handOn();
        } else {
            slot.isPart = true;
            progress.set(slotSequence);
        }
    }
}
