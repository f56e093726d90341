package io.miaojie.api.support;

import io.miaojie.gate.RecordLog;
import io.miaojie.wire.RecordLayout;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Records in memory. What was appended is durable, unless it is held back; the oldest can be let go. */
public final class ScriptedLog implements RecordLog {
    /** When the record of sequence 0 would have been decided; each record is one second later. */
    public static final long FIRST_NS = 1_767_225_600_000_000_000L;

    private static final long SECOND_NS = 1_000_000_000L;

    private final List<UnsafeBuffer> records = new ArrayList<>();
    private long oldestSequence = 1;
    private long heldFrom = Long.MAX_VALUE;
    private int openCursors;

    synchronized void append(final byte[] command, final byte[] outcome) {
        final UnsafeBuffer record =
                new UnsafeBuffer(new byte[RecordLayout.HEADER_LENGTH + command.length + outcome.length]);
        final long sequence = records.size() + 1L;
        record.putBytes(RecordLayout.commandOffset(0), command);
        record.putBytes(RecordLayout.HEADER_LENGTH + command.length, outcome);
        RecordLayout.putHeader(record, 0, command.length, outcome.length, 0, sequence, FIRST_NS + sequence * SECOND_NS);
        records.add(record);
    }

    /** From now on what is appended is not durable, until {@link #force}. */
    public synchronized void holdBack() {
        heldFrom = records.size() + 1L;
    }

    /** Everything is durable again. */
    public synchronized void force() {
        heldFrom = Long.MAX_VALUE;
    }

    /** Records before this one can't be read any more. */
    public synchronized void forgetBefore(final long sequence) {
        oldestSequence = sequence;
    }

    public synchronized int openCursors() {
        return openCursors;
    }

    @Override
    public int shard() {
        return 0;
    }

    @Override
    public synchronized long oldestSequence() {
        return oldestSequence;
    }

    @Override
    public synchronized long durableSequence() {
        return Math.min(records.size(), heldFrom - 1);
    }

    @Override
    public synchronized Cursor after(final long sequence) {
        openCursors++;
        return new Reading(sequence);
    }

    private synchronized UnsafeBuffer record(final long sequence) {
        if (sequence < oldestSequence) {
            throw new IllegalStateException("record is gone: sequence=" + sequence);
        }
        return sequence > durableSequence() ? null : records.get((int) sequence - 1);
    }

    private synchronized void onClose() {
        openCursors--;
    }

    private final class Reading implements Cursor {
        private long sequence;
        private UnsafeBuffer current;

        private Reading(final long sequence) {
            this.sequence = sequence;
        }

        @Override
        public boolean next() {
            final UnsafeBuffer found = record(sequence + 1);
            if (found == null) {
                return false;
            }
            current = found;
            sequence++;
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
            onClose();
        }
    }
}
