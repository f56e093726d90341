package io.miaojie.journal;

import io.miaojie.wire.RecordLayout;
import org.agrona.DirectBuffer;

/** Walks the records of one cycle, each tested against the chain. */
final class CycleWalk implements AutoCloseable {
    private final RecordChain chain;
    private final ExcerptCursor cursor;
    private boolean isJoined;
    private int offset;
    private int nextOffset;
    private int end;

    /** Begins at the cycle's first record; the chain stands behind the record before it. */
    CycleWalk(final Cycle cycle, final RecordChain chain) {
        this.chain = chain;
        this.cursor = ExcerptCursor.open(cycle.file(), cycle.number());
        this.isJoined = true;
    }

    /** Begins at an excerpt, and puts the chain there. */
    CycleWalk(final Cycle cycle, final RecordChain chain, final long excerptPosition) {
        this(cycle, chain);
        this.isJoined = false;
        cursor.moveTo(excerptPosition);
    }

    /**
     * Steps to the next record.
     *
     * @return empty, or why there is none: the walk then stands where it stood, and a later call looks again
     */
    String step() {
        while (nextOffset >= end) {
            if (!cursor.next()) {
                return cursor.gap();
            }
            enterExcerpt();
        }
        final String reason = chain.step(cursor.buffer(), cursor.bytes(), nextOffset, end);
        if (reason.isEmpty()) {
            offset = nextOffset;
            nextOffset += RecordLayout.length(cursor.buffer(), offset);
        }
        return reason;
    }

    private void enterExcerpt() {
        nextOffset = cursor.bodyOffset();
        end = cursor.bodyEnd();
        if (!isJoined) {
            isJoined = true;
            final int header = cursor.headerOffset();
            chain.standBehind(
                    ExcerptLayout.firstSequence(cursor.buffer(), header) - 1,
                    ExcerptLayout.prevCrc(cursor.buffer(), header));
        }
    }

    DirectBuffer buffer() {
        return cursor.buffer();
    }

    /** Returns where the current record begins in {@link #buffer}. */
    int offset() {
        return offset;
    }

    long excerptPosition() {
        return cursor.position();
    }

    /** Returns the sequence of the first record in the current record's excerpt. */
    long excerptSequence() {
        return ExcerptLayout.firstSequence(cursor.buffer(), cursor.headerOffset());
    }

    /** Returns the byte of the file at which the next record is, or should be. */
    long position() {
        return nextOffset < end ? cursor.position() + nextOffset : cursor.position();
    }

    /** Looks at the raw bytes behind the last good record. */
    Remains remains() {
        return cursor.remainsFrom(nextOffset < end ? position() : cursor.nextPosition());
    }

    @Override
    public void close() {
        cursor.close();
    }
}
