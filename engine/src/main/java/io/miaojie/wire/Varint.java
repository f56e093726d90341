package io.miaojie.wire;

import org.agrona.DirectBuffer;

/** Longs in as few bytes as they need: seven bits a byte, low bits first, the top bit set in all but the last. */
final class Varint {
    /** Most bytes of one. */
    static final int LENGTH_MAX = 10;

    private static final int BITS = 7;

    /** The least value that takes more than a byte. */
    static final int MORE = 1 << BITS;

    private static final int MASK = MORE - 1;

    /** The top bit of each byte but the last. */
    private static final long MORES = 0x0080_8080_8080_8080L;

    private Varint() {}

    /**
     * Writes a value, taken as unsigned, and returns where the next byte goes. Up to eight bytes behind that may be
     * written over.
     */
    static int put(final byte[] bytes, final int offset, final long value) {
        if ((value & ~(long) MASK) == 0) {
            bytes[offset] = (byte) value;
            return offset + 1;
        }
        int at = offset;
        long rest = value;
        if (rest >>> BITS * Long.BYTES != 0) { // the first bytes of nine or ten, one by one
            for (int i = 0; i < 2; i++) {
                bytes[at++] = (byte) (rest & MASK | MORE);
                rest >>>= BITS;
            }
        }
        return putTogether(bytes, at, rest);
    }

    /**
     * Writes a value above 0 and of at most 56 bits as one long, without a branch: amounts have all lengths, and none
     * is foreseen.
     */
    private static int putTogether(final byte[] bytes, final int at, final long value) {
        long parts = value & 0x0FFF_FFFFL | (value & 0x00FF_FFFF_F000_0000L) << 4;
        parts = parts & 0x0000_3FFF_0000_3FFFL | (parts & 0x0FFF_C000_0FFF_C000L) << 2;
        parts = parts & 0x007F_007F_007F_007FL | (parts & 0x3F80_3F80_3F80_3F80L) << 1;
        final int free = Long.numberOfLeadingZeros(parts) / Byte.SIZE; // bytes that are not needed, less than eight
        LittleEndian.putLong(bytes, at, parts | MORES >>> free * Byte.SIZE);
        return at + Long.BYTES - free;
    }

    /** Returns the value that begins here. */
    static long get(final DirectBuffer buffer, final int offset) {
        long value = 0;
        int at = offset;
        int shift = 0;
        int part = buffer.getByte(at++);
        while (part < 0) {
            value |= (long) (part & MASK) << shift;
            shift += BITS;
            part = buffer.getByte(at++);
        }
        return value | (long) part << shift;
    }

    /** Returns how many bytes the value takes that begins here. */
    static int length(final DirectBuffer buffer, final int offset) {
        int at = offset;
        while (buffer.getByte(at++) < 0) {
            continue;
        }
        return at - offset;
    }
}
