package io.miaojie.support;

import io.miaojie.journal.Journal;
import io.miaojie.journal.JournalException;
import io.miaojie.journal.RecordReader;
import io.miaojie.wire.RecordLayout;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A journal in memory: durable on commit, CRCs stand-ins ({@code prevCrc} is that of the record before, {@code crc} the
 * sequence). Can be told to fail, or to have no room.
 */
public final class MemoryJournal implements Journal {
    private final List<byte[]> records = new ArrayList<>();
    private long durableSequence;
    private long writtenBytes;
    private int commitCount;
    private boolean isClosed;
    private JournalException failure;
    private boolean hasRoom = true;

    @Override
    public synchronized void append(final MutableDirectBuffer buffer, final int offset, final int length) {
        requireRunning();
        int at = offset;
        while (at < offset + length) {
            final long sequence = RecordLayout.sequence(buffer, at);
            if (sequence != records.size() + 1) {
                throw new JournalException("sequence=" + sequence + " expected=" + (records.size() + 1));
            }
            RecordLayout.putCrcs(buffer, at, (int) (sequence - 1), (int) sequence);
            final byte[] record = new byte[RecordLayout.length(buffer, at)];
            buffer.getBytes(at, record);
            records.add(record);
            at += record.length;
        }
    }

    @Override
    public synchronized long commit() {
        requireRunning();
        commitCount++;
        for (long each = durableSequence; each < records.size(); each++) {
            writtenBytes += records.get((int) each).length;
        }
        durableSequence = records.size();
        return durableSequence;
    }

    private void requireRunning() {
        if (failure != null) {
            throw failure;
        }
    }

    /** Makes every later append and commit fail. */
    public synchronized void failFromNowOn(final String reason) {
        failure = new JournalException(reason);
    }

    /** Says whether the disk has room. */
    public synchronized void room(final boolean value) {
        hasRoom = value;
    }

    @Override
    public synchronized boolean hasRoom() {
        return hasRoom;
    }

    /** Returns the commits so far. */
    public synchronized int commitCount() {
        return commitCount;
    }

    /** Returns whether it was closed. */
    public synchronized boolean isClosed() {
        return isClosed;
    }

    /** Returns the record with the sequence, durable or not. */
    public synchronized DirectBuffer record(final long sequence) {
        return new UnsafeBuffer(records.get((int) sequence - 1));
    }

    @Override
    public synchronized long durableSequence() {
        return durableSequence;
    }

    @Override
    public synchronized long writtenBytes() {
        return writtenBytes;
    }

    @Override
    public RecordReader reader(final long afterSequence) {
        return new Reader(afterSequence);
    }

    @Override
    public synchronized void close() {
        isClosed = true;
    }

    private final class Reader implements RecordReader {
        private long sequence;
        private DirectBuffer buffer = new UnsafeBuffer(0, 0);

        Reader(final long afterSequence) {
            this.sequence = afterSequence;
        }

        @Override
        public boolean next() {
            if (sequence >= durableSequence()) {
                return false;
            }
            sequence++;
            buffer = record(sequence);
            return true;
        }

        @Override
        public DirectBuffer buffer() {
            return buffer;
        }

        @Override
        public int offset() {
            return 0;
        }

        @Override
        public void close() {
            buffer = new UnsafeBuffer(0, 0);
        }
    }
}
