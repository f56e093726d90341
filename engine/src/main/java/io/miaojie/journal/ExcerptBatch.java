package io.miaojie.journal;

import io.miaojie.wire.RecordLayout;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The excerpt that is being built: records go in and are sealed into the chain, a header goes in front.
 *
 * <p>Allocates: nothing.
 */
final class ExcerptBatch {
    private final CRC32C crc32c = new CRC32C();
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(ExcerptLayout.LENGTH_MAX);
    private final ByteBuffer crcBytes = bytes.duplicate();
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final int shard;
    private long sequence;
    private int crc;
    private long firstSequence;
    private int prevCrc;
    private int end = ExcerptLayout.HEADER_LENGTH;

    /** Begins behind the last record of the journal. */
    ExcerptBatch(final int shard, final long lastSequence, final int lastCrc) {
        this.shard = shard;
        this.sequence = lastSequence;
        this.crc = lastCrc;
        clear();
    }

    /** Begins the next excerpt. */
    void clear() {
        end = ExcerptLayout.HEADER_LENGTH;
        firstSequence = sequence + 1;
        prevCrc = crc;
    }

    boolean isEmpty() {
        return end == ExcerptLayout.HEADER_LENGTH;
    }

    boolean hasRoomFor(final int recordLength) {
        return isEmpty() || end + recordLength <= ExcerptLayout.EXCERPT_LENGTH_MAX;
    }

    /** Takes one record, and seals it here and there. */
    void add(final MutableDirectBuffer record, final int offset, final int length) {
        if (RecordLayout.sequence(record, offset) != sequence + 1
                || RecordLayout.shard(record, offset) != shard
                || RecordLayout.format(record, offset) != RecordLayout.FORMAT) {
            throw new JournalException("record does not follow on: sequence=" + RecordLayout.sequence(record, offset)
                    + " expected=" + (sequence + 1) + " shard=" + RecordLayout.shard(record, offset) + " format="
                    + RecordLayout.format(record, offset));
        }
        buffer.putBytes(end, record, offset, length);
        RecordLayout.putCrcs(buffer, end, crc, 0);
        final int covered = end + RecordLayout.LENGTH_OFFSET;
        final int own = Crc.of(crcBytes, covered, length - RecordLayout.LENGTH_OFFSET, crc32c);
        RecordLayout.putCrcs(buffer, end, crc, own);
        RecordLayout.putCrcs(record, offset, crc, own);
        crc = own;
        sequence++;
        end += length;
    }

    /** Finishes the excerpt, with the records in it. */
    void seal(final int cycle, final long forcedSequence) {
        buffer.setMemory(end, length() - end, (byte) 0);
        putHeader(ExcerptLayout.RECORDS, cycle, end - ExcerptLayout.HEADER_LENGTH, forcedSequence);
    }

    /**
     * Puts the header of a cycle that begins with this batch in place of the header to come; the records stay.
     *
     * @return its length
     */
    int sealCycle(final int cycle, final long forcedSequence) {
        putHeader(ExcerptLayout.CYCLE, cycle, 0, forcedSequence);
        return ExcerptLayout.HEADER_LENGTH;
    }

    private void putHeader(final int kind, final int cycle, final int bodyLength, final long forcedSequence) {
        ExcerptLayout.putPlace(buffer, kind, shard, cycle);
        ExcerptLayout.putContent(buffer, bodyLength, firstSequence, forcedSequence, prevCrc);
        ExcerptLayout.seal(buffer, crcBytes, crc32c);
    }

    /** Returns the bytes of the finished excerpt, header and padding included. */
    int length() {
        return ExcerptLayout.lengthOf(end - ExcerptLayout.HEADER_LENGTH);
    }

    /** Returns the bytes behind which the excerpt stands; position and limit are free to use. */
    ByteBuffer bytes() {
        return bytes;
    }

    long firstSequence() {
        return firstSequence;
    }

    int prevCrc() {
        return prevCrc;
    }

    /** Returns the sequence of the last record taken. */
    long sequence() {
        return sequence;
    }
}
