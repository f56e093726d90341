package io.miaojie.wire;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Layout of one journal record: a header of 36 bytes, the command, the outcome. Little endian, not padded.
 *
 * <pre>
 *  0        4        8        12             16        24      32      33     34            36
 *  +--------+--------+--------+--------------+---------+-------+-------+------+-------------+---------+---------+
 *  | crc    | length | prevCrc| commandLength| sequence| nowNs | format| shard| logicVersion| command | outcome |
 *  +--------+--------+--------+--------------+---------+-------+-------+------+-------------+---------+---------+
 * </pre>
 *
 * {@code crc} is the CRC32C of the bytes from offset 4 to the end of the record, so it covers {@code prevCrc}, the
 * {@code crc} of the record before: a chain. {@code length} counts the whole record.
 */
public final class RecordLayout {
    /** Format number of this layout. */
    public static final int FORMAT = 1;

    /** Version of the rules in settlement: recorded outcomes are only compared with those of the same version. */
    public static final int LOGIC_VERSION = 1;

    public static final int CRC_OFFSET = 0;
    public static final int LENGTH_OFFSET = 4;
    public static final int PREV_CRC_OFFSET = 8;
    public static final int COMMAND_LENGTH_OFFSET = 12;
    public static final int SEQUENCE_OFFSET = 16;
    public static final int NOW_NS_OFFSET = 24;
    public static final int FORMAT_OFFSET = 32;
    public static final int SHARD_OFFSET = 33;
    public static final int LOGIC_VERSION_OFFSET = 34;
    public static final int HEADER_LENGTH = 36;

    /** Most bytes of a command, and of an outcome. */
    public static final int MESSAGE_LENGTH_MAX = 256 * 1024;

    /** Most bytes of a record. */
    public static final int RECORD_LENGTH_MAX = HEADER_LENGTH + 2 * MESSAGE_LENGTH_MAX;

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private RecordLayout() {}

    public static int crc(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + CRC_OFFSET, ORDER);
    }

    public static int length(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + LENGTH_OFFSET, ORDER);
    }

    public static int prevCrc(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + PREV_CRC_OFFSET, ORDER);
    }

    public static int commandLength(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + COMMAND_LENGTH_OFFSET, ORDER);
    }

    public static long sequence(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + SEQUENCE_OFFSET, ORDER);
    }

    public static long nowNs(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + NOW_NS_OFFSET, ORDER);
    }

    public static int format(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + FORMAT_OFFSET) & 0xFF;
    }

    public static int shard(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + SHARD_OFFSET) & 0xFF;
    }

    public static int logicVersion(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + LOGIC_VERSION_OFFSET, ORDER) & 0xFFFF;
    }

    public static int commandOffset(final int offset) {
        return offset + HEADER_LENGTH;
    }

    public static int outcomeOffset(final DirectBuffer buffer, final int offset) {
        return offset + HEADER_LENGTH + commandLength(buffer, offset);
    }

    public static int outcomeLength(final DirectBuffer buffer, final int offset) {
        return length(buffer, offset) - HEADER_LENGTH - commandLength(buffer, offset);
    }

    /**
     * Writes the header of a record whose command and outcome already stand in their places. Both CRC fields are left
     * zero: the journal seals them when it takes the record.
     */
    public static void putHeader(
            final MutableDirectBuffer buffer,
            final int offset,
            final int commandLength,
            final int outcomeLength,
            final int shard,
            final long sequence,
            final long nowNs) {
        // Words, each of two or three fields: a buffer checks its bounds for each number that it is given.
        final int length = HEADER_LENGTH + commandLength + outcomeLength;
        buffer.putLong(offset + CRC_OFFSET, (long) length << Integer.SIZE, ORDER);
        buffer.putLong(offset + PREV_CRC_OFFSET, (long) commandLength << Integer.SIZE, ORDER);
        buffer.putLong(offset + SEQUENCE_OFFSET, sequence, ORDER);
        buffer.putLong(offset + NOW_NS_OFFSET, nowNs, ORDER);
        buffer.putInt(offset + FORMAT_OFFSET, LOGIC_VERSION << Short.SIZE | shard << Byte.SIZE | FORMAT, ORDER);
    }

    /** Puts a record into the chain: {@code prevCrc} first, then the record's own {@code crc}. */
    public static void putCrcs(final MutableDirectBuffer buffer, final int offset, final int prevCrc, final int crc) {
        buffer.putInt(offset + PREV_CRC_OFFSET, prevCrc, ORDER);
        buffer.putInt(offset + CRC_OFFSET, crc, ORDER);
    }
}
