package io.miaojie.support;

import io.miaojie.journal.Journal;
import io.miaojie.journal.RecordReader;
import io.miaojie.settlement.Core;
import io.miaojie.wire.RecordLayout;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Stands in for the ring: settles commands on a core and appends the records, the same bytes for the same sequence. */
public final class JournalDriver {
    private static final long EPOCH_NS = 1_700_000_000_000_000_000L;

    private final MutableDirectBuffer record = new UnsafeBuffer(new byte[RecordLayout.RECORD_LENGTH_MAX]);
    private final MutableDirectBuffer command = new ExpandableArrayBuffer();
    private final Core core;
    private final Journal journal;
    private long sequence;

    /** Goes on behind the journal's last record, with a core that has settled up to it. */
    public JournalDriver(final Core core, final Journal journal) {
        this.core = core;
        this.journal = journal;
        this.sequence = journal.durableSequence();
    }

    /** Settles and appends records whose commands are about as long as said. */
    public JournalDriver append(final int count, final int commandLength) {
        for (int i = 0; i < count; i++) {
            sequence++;
            final int length = putCommand(command, sequence, commandLength);
            record.putBytes(RecordLayout.HEADER_LENGTH, command, 0, length);
            final int outcomeLength = core.settle(
                    sequence, nowNs(sequence), command, 0, length, record, RecordLayout.HEADER_LENGTH + length);
            RecordLayout.putHeader(record, 0, length, outcomeLength, 0, sequence, nowNs(sequence));
            journal.append(record, 0, RecordLayout.length(record, 0));
        }
        return this;
    }

    /** Commits what was appended; returns the durable sequence. */
    public long commit() {
        return journal.commit();
    }

    private static int putCommand(final MutableDirectBuffer buffer, final long sequence, final int length) {
        final int varied = Math.max(Long.BYTES, length - (int) (sequence % 7));
        buffer.putLong(0, sequence * 0x9E37_79B9_7F4A_7C15L);
        for (int i = Long.BYTES; i < varied; i++) {
            buffer.putByte(i, (byte) (sequence * 31 + i));
        }
        return varied;
    }

    /** Returns the time at which the record with the sequence is settled. */
    public static long nowNs(final long sequence) {
        return EPOCH_NS + sequence * 1_000;
    }

    /** Reads to the end; returns the sequences in the order read. */
    public static List<Long> sequences(final RecordReader reader) {
        final List<Long> read = new ArrayList<>();
        while (reader.next()) {
            read.add(RecordLayout.sequence(reader.buffer(), reader.offset()));
        }
        return read;
    }
}
