package io.miaojie.benchmarks.micro;

import io.miaojie.journal.Journal;
import io.miaojie.journal.RecordReader;
import io.miaojie.wire.RecordLayout;
import org.agrona.MutableDirectBuffer;

/** Keeps nothing: follows the sequences and counts the bytes, so that a bench shows what the others cost. */
final class CountingJournal implements Journal {
    private long appendedSequence;
    private volatile long durableSequence;
    private volatile long writtenBytes;

    @Override
    public void append(final MutableDirectBuffer buffer, final int offset, final int length) {
        int at = offset;
        while (at < offset + length) {
            final long sequence = RecordLayout.sequence(buffer, at);
            if (sequence != appendedSequence + 1) {
                throw new IllegalStateException("a gap: sequence=" + sequence + " appended=" + appendedSequence);
            }
            appendedSequence = sequence;
            at += RecordLayout.length(buffer, at);
        }
        writtenBytes += length;
    }

    @Override
    public long commit() {
        durableSequence = appendedSequence;
        return appendedSequence;
    }

    @Override
    public long durableSequence() {
        return durableSequence;
    }

    @Override
    public RecordReader reader(final long afterSequence) {
        throw new UnsupportedOperationException("nothing is kept");
    }

    @Override
    public long writtenBytes() {
        return writtenBytes;
    }

    @Override
    public void close() {
        // nothing is held
    }
}
