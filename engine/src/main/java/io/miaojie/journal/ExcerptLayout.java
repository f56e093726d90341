package io.miaojie.journal;

import io.miaojie.wire.RecordLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Layout of one excerpt of the queue: a header of 48 bytes, then whole records, padded with zeroes to 8 bytes. Little
 * endian.
 *
 * <pre>
 *  0       8     12     13       14      16      20          24              32                40        44       48
 *  +-------+-----+------+--------+-------+-------+-----------+---------------+-----------------+---------+--------+
 *  | magic | crc | kind | format | shard | cycle | bodyLength| firstSequence | forcedSequence  | prevCrc | (zero) |
 *  +-------+-----+------+--------+-------+-------+-----------+---------------+-----------------+---------+--------+
 * </pre>
 *
 * {@code crc} is the CRC32C of the header behind it. The magic holds bytes that UTF-8 never has, so no text of a client
 * can look like it: bytes behind a hole that carry magic and CRC were written by us. {@code forcedSequence} is what was
 * known to be on the device then: the proof that records before it were answered.
 *
 * <p>A cycle begins with an excerpt of kind {@link #CYCLE} without records: the records of the cycle follow on the one
 * before {@code firstSequence}, whose CRC is {@code prevCrc}.
 */
final class ExcerptLayout {
    static final int RECORDS = 1;
    static final int CYCLE = 2;

    static final int HEADER_LENGTH = 48;

    /** Most bytes of an excerpt with several records; a single larger record has an excerpt of its own. */
    static final int EXCERPT_LENGTH_MAX = 256 * 1024;

    /** Most bytes of any excerpt. */
    static final int LENGTH_MAX = HEADER_LENGTH + BitUtil.align(RecordLayout.RECORD_LENGTH_MAX, Long.BYTES);

    static final long MAGIC = 0xFF31_4A4D_FE4F_C0FFL;

    private static final int FORMAT = 1;
    private static final int CRC_OFFSET = 8;
    private static final int KIND_OFFSET = 12;
    private static final int FORMAT_OFFSET = 13;
    private static final int SHARD_OFFSET = 14;
    private static final int CYCLE_OFFSET = 16;
    private static final int BODY_LENGTH_OFFSET = 20;
    private static final int FIRST_SEQUENCE_OFFSET = 24;
    private static final int FORCED_SEQUENCE_OFFSET = 32;
    private static final int PREV_CRC_OFFSET = 40;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private ExcerptLayout() {}

    static int lengthOf(final int bodyLength) {
        return HEADER_LENGTH + BitUtil.align(bodyLength, Long.BYTES);
    }

    static int kind(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + KIND_OFFSET);
    }

    static int format(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + FORMAT_OFFSET) & 0xFF;
    }

    static int shard(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + SHARD_OFFSET) & 0xFF;
    }

    static int cycle(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + CYCLE_OFFSET, ORDER);
    }

    static int bodyLength(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + BODY_LENGTH_OFFSET, ORDER);
    }

    static long firstSequence(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + FIRST_SEQUENCE_OFFSET, ORDER);
    }

    static long forcedSequence(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + FORCED_SEQUENCE_OFFSET, ORDER);
    }

    static int prevCrc(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + PREV_CRC_OFFSET, ORDER);
    }

    /** Writes a header at the begin of the buffer; its CRC is left to {@link #seal}. */
    static void putPlace(final MutableDirectBuffer buffer, final int kind, final int shard, final int cycle) {
        buffer.setMemory(0, HEADER_LENGTH, (byte) 0);
        buffer.putLong(0, MAGIC, ORDER);
        buffer.putByte(KIND_OFFSET, (byte) kind);
        buffer.putByte(FORMAT_OFFSET, (byte) FORMAT);
        buffer.putByte(SHARD_OFFSET, (byte) shard);
        buffer.putInt(CYCLE_OFFSET, cycle, ORDER);
    }

    /** Writes the rest of the header: what the excerpt holds, and what was forced before it. */
    static void putContent(
            final MutableDirectBuffer buffer,
            final int bodyLength,
            final long firstSequence,
            final long forcedSequence,
            final int prevCrc) {
        buffer.putInt(BODY_LENGTH_OFFSET, bodyLength, ORDER);
        buffer.putLong(FIRST_SEQUENCE_OFFSET, firstSequence, ORDER);
        buffer.putLong(FORCED_SEQUENCE_OFFSET, forcedSequence, ORDER);
        buffer.putInt(PREV_CRC_OFFSET, prevCrc, ORDER);
    }

    /** Writes the CRC of a finished header. The bytes are those of the buffer. */
    static void seal(final MutableDirectBuffer buffer, final ByteBuffer bytes, final CRC32C crc32c) {
        buffer.putInt(CRC_OFFSET, crcOf(bytes, 0, crc32c), ORDER);
    }

    /** Returns whether a header of ours stands at the offset, whole. The bytes are those of the buffer. */
    static boolean isHeader(final DirectBuffer buffer, final ByteBuffer bytes, final int offset, final CRC32C crc32c) {
        return buffer.getLong(offset, ORDER) == MAGIC
                && buffer.getInt(offset + CRC_OFFSET, ORDER) == crcOf(bytes, offset, crc32c);
    }

    private static int crcOf(final ByteBuffer bytes, final int offset, final CRC32C crc32c) {
        return Crc.of(bytes, offset + KIND_OFFSET, HEADER_LENGTH - KIND_OFFSET, crc32c);
    }

    /** Throws when the excerpt was written by another shard or in another format. */
    static void requireOurs(final DirectBuffer buffer, final int offset, final int shard, final Object file) {
        if (format(buffer, offset) != FORMAT) {
            throw new JournalException("journal has another format: file=" + file + " format=" + format(buffer, offset)
                    + " expected=" + FORMAT);
        }
        if (shard(buffer, offset) != shard) {
            throw new JournalException("journal belongs to another shard: file=" + file + " shard="
                    + shard(buffer, offset) + " expected=" + shard);
        }
    }
}
