package io.miaojie.support;

import io.miaojie.journal.Journal;
import io.miaojie.journal.RecordReader;
import io.miaojie.wire.RecordLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal in memory with chained CRCs: what is committed is durable, readers see no more than that. */
public final class MemoryJournal implements Journal {
    private final List<UnsafeBuffer> records = new ArrayList<>();
    private final List<UnsafeBuffer> appended = new ArrayList<>();
    private long writtenBytes;
    private int lastCrc;

    @Override
    public synchronized void append(final MutableDirectBuffer buffer, final int offset, final int length) {
        int place = offset;
        while (place < offset + length) {
            final byte[] bytes = new byte[RecordLayout.length(buffer, place)];
            buffer.getBytes(place, bytes);
            final UnsafeBuffer record = new UnsafeBuffer(bytes);
            RecordLayout.putCrcs(record, 0, lastCrc, 0);
            final CRC32C crc = new CRC32C();
            crc.update(ByteBuffer.wrap(bytes, Integer.BYTES, bytes.length - Integer.BYTES));
            lastCrc = (int) crc.getValue();
            RecordLayout.putCrcs(record, 0, RecordLayout.prevCrc(record, 0), lastCrc);
            appended.add(record);
            writtenBytes += bytes.length;
            place += bytes.length;
        }
    }

    @Override
    public synchronized long commit() {
        records.addAll(appended);
        appended.clear();
        return records.size();
    }

    /** Returns the durable record with this sequence; what is changed there, readers see. */
    public synchronized UnsafeBuffer record(final long sequence) {
        return records.get((int) sequence - 1);
    }

    @Override
    public synchronized long durableSequence() {
        return records.size();
    }

    @Override
    public RecordReader reader(final long afterSequence) {
        return new RecordReader() {
            private long next = afterSequence;
            private UnsafeBuffer current;

            @Override
            public boolean next() {
                if (next == durableSequence()) {
                    return false;
                }
                next++;
                current = record(next);
                return true;
            }

            @Override
            public DirectBuffer buffer() {
                return current;
            }

            @Override
            public int offset() {
                return 0;
            }

            @Override
            public void close() {
                current = null;
            }
        };
    }

    @Override
    public synchronized long writtenBytes() {
        return writtenBytes;
    }

    @Override
    public void close() {
        // Memory holds nothing open.
    }
}
