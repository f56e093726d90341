package io.miaojie.wire;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Longs in as few bytes as they need: seven bits a byte, low bits first, the top bit set in all but the last. */
final class Varint {
    /** Most bytes of one. */
    static final int LENGTH_MAX = 10;

    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;
    private static final int MASK = MORE - 1;

    private Varint() {}

    /** Writes a value, taken as unsigned, and returns where the next byte goes. */
    static int put(final MutableDirectBuffer buffer, final int offset, final long value) {
        int at = offset;
        long rest = value;
        while ((rest & ~(long) MASK) != 0) {
            buffer.putByte(at++, (byte) (rest & MASK | MORE));
            rest >>>= BITS;
        }
        buffer.putByte(at++, (byte) rest);
        return at;
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
