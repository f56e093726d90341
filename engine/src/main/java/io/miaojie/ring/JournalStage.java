package io.miaojie.ring;

import io.miaojie.journal.Journal;
import io.miaojie.wire.RecordLayout;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Second stage: gives the journal the records of a batch as long runs of bytes, then has them forced to disk together.
 *
 * <p>Thread: the journal thread. Allocates: nothing.
 */
final class JournalStage {
    private final Journal journal;
    private final RecordRing records;
    private final UnsafeBuffer buffer;
    private int runOffset;
    private int runLength;
    private boolean hasAppended;

    JournalStage(final Journal journal, final RecordRing records) {
        this.journal = journal;
        this.records = records;
        this.buffer = records.buffer();
    }

    /** Takes the records that a slot made. */
    void take(final Slot slot) {
        for (long sequence = slot.firstSequence; sequence <= slot.lastSequence; sequence++) {
            final int offset = records.offsetOf(records.positionOf(sequence));
            if (offset != runOffset + runLength) {
                append();
                runOffset = offset;
            }
            runLength += RecordLayout.length(buffer, offset);
        }
    }

    /** Forces what was taken, if anything, and returns the durable sequence. */
    long commit() {
        append();
        if (!hasAppended) {
            return journal.durableSequence();
        }
        hasAppended = false;
        return journal.commit();
    }

    /** Lets the journal use the time in which nothing comes. */
    void idle() {
        journal.idle();
    }

    private void append() {
        if (runLength > 0) {
            journal.append(buffer, runOffset, runLength);
            runLength = 0;
            hasAppended = true;
        }
    }
}
