package io.miaojie.wire;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Longs in as few bytes as they need: the first byte tells how many, so that neither side asks byte for byte.
 *
 * <pre>
 *   bits of the value   first byte, low bit right    bytes
 *   up to 7             vvvv vvv1                    1
 *   up to 14            vvvv vv10   vvvv vvvv        2      low bits first, as many zeros as bytes follow
 *   ...
 *   up to 56            1000 0000   vvvv vvvv ...    8
 *   up to 64            0000 0000   vvvv vvvv ...    9
 * </pre>
 */
final class Varint {
    /** The least value that takes more than a byte. */
    static final int MORE = 1 << 7;

    /** Bits of the longest value that has room in a long beside its length. */
    private static final int BITS_MAX = 56;

    private static final int LENGTH_MAX = 1 + Long.BYTES;

    private Varint() {}

    /**
     * Writes a value, taken as unsigned, and returns where the next byte goes. Up to eight bytes behind that may be
     * written over.
     */
    static int put(final byte[] bytes, final int offset, final long value) {
        final int freeBits = Long.numberOfLeadingZeros(value);
        if (freeBits < Long.SIZE - BITS_MAX) {
            bytes[offset] = 0;
            LittleEndian.putLong(bytes, offset + 1, value);
            return offset + LENGTH_MAX;
        }
        final int more = 9 * (Long.SIZE - freeBits) >>> 6; // bits / 7, less one where nothing is left over
        LittleEndian.putLong(bytes, offset, (value << 1 | 1) << more);
        return offset + 1 + more;
    }

    /** Returns a value below {@link #MORE} as its only byte. */
    static int single(final int value) {
        return value << 1 | 1;
    }

    /** Returns the value that begins here. */
    static long get(final DirectBuffer buffer, final int offset) {
        final int length = length(buffer, offset);
        if (length == LENGTH_MAX) {
            return buffer.getLong(offset + 1, ByteOrder.LITTLE_ENDIAN);
        }
        if (offset + Long.BYTES > buffer.capacity()) {
            return getAtEnd(buffer, offset, length);
        }
        final int behind = Long.SIZE - Byte.SIZE * length;
        return buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN) << behind >>> behind + length;
    }

    private static long getAtEnd(final DirectBuffer buffer, final int offset, final int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (buffer.getByte(offset + i) & 0xFFL) << Byte.SIZE * i;
        }
        return value >>> length;
    }

    /** Returns how many bytes the value takes that begins here. */
    static int length(final DirectBuffer buffer, final int offset) {
        return Integer.numberOfTrailingZeros(buffer.getByte(offset) & 0xFF | 1 << Byte.SIZE) + 1;
    }
}
