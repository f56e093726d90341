package io.miaojie.ring;

import io.miaojie.journal.Journal;
import io.miaojie.journal.JournalException;
import io.miaojie.journal.RecordReader;
import io.miaojie.wire.RecordLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal in memory whose commits can be held back, made to fail, and counted. */
final class TestJournal implements Journal {
    private static final Semaphore ALWAYS = new Semaphore(Integer.MAX_VALUE);

    private final List<byte[]> records = new ArrayList<>();
    private volatile Semaphore commitPermits = ALWAYS;
    private volatile boolean isFailing;
    private volatile boolean isFailingWhenIdle;
    private volatile boolean isUnreadable;
    private volatile long durableSequence;
    private volatile long committing;
    private volatile int commitCount;
    private volatile int idleCount;
    private long appendedSequence;
    private boolean keepsRecords = true;

    /** Commits wait from now on until permits are given. */
    Semaphore hold() {
        final Semaphore permits = new Semaphore(0);
        commitPermits = permits;
        return permits;
    }

    void failOnCommit() {
        isFailing = true;
    }

    void failWhenIdle() {
        isFailingWhenIdle = true;
    }

    void failOnRead() {
        isUnreadable = true;
    }

    void keepNothing() {
        keepsRecords = false;
    }

    /** Returns the sequence that a commit is being held for, 0: none. */
    long committing() {
        return committing;
    }

    int commitCount() {
        return commitCount;
    }

    /** Returns how often nothing had come for a while. */
    int idleCount() {
        return idleCount;
    }

    @Override
    public void idle() {
        if (isFailingWhenIdle) {
            throw new JournalException("the disk said no");
        }
        idleCount++;
    }

    @Override
    public void append(final MutableDirectBuffer buffer, final int offset, final int length) {
        int at = offset;
        while (at < offset + length) {
            final int recordLength = RecordLayout.length(buffer, at);
            final long sequence = RecordLayout.sequence(buffer, at);
            if (sequence != appendedSequence + 1) {
                throw new AssertionError("a gap: sequence=" + sequence + " appendedSequence=" + appendedSequence);
            }
            appendedSequence = sequence;
            if (keepsRecords) {
                keep(buffer, at, recordLength);
            }
            at += recordLength;
        }
    }

    private synchronized void keep(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] record = new byte[length];
        buffer.getBytes(offset, record);
        records.add(record);
    }

    @Override
    public long commit() {
        committing = appendedSequence;
        commitPermits.acquireUninterruptibly();
        committing = 0;
        if (isFailing) {
            throw new JournalException("the disk said no");
        }
        commitCount++;
        durableSequence = appendedSequence;
        return durableSequence;
    }

    @Override
    public long durableSequence() {
        return durableSequence;
    }

    synchronized UnsafeBuffer record(final long sequence) {
        return new UnsafeBuffer(records.get((int) sequence - 1));
    }

    @Override
    public RecordReader reader(final long afterSequence) {
        if (isUnreadable) {
            throw new JournalException("the file is gone");
        }
        return new Reader(afterSequence);
    }

    @Override
    public long writtenBytes() {
        return 0;
    }

    @Override
    public void close() {
        isFailing = true;
    }

    /** Steps through the records kept. */
    private final class Reader implements RecordReader {
        private long sequence;

        Reader(final long afterSequence) {
            sequence = afterSequence;
        }

        @Override
        public boolean next() {
            final boolean hasNext = sequence < durableSequence;
            sequence += hasNext ? 1 : 0;
            return hasNext;
        }

        @Override
        public DirectBuffer buffer() {
            return record(sequence);
        }

        @Override
        public int offset() {
            return 0;
        }

        @Override
        public void close() {
            sequence = Long.MAX_VALUE;
        }
    }
}
