package io.miaojie.settlement.state;

import io.miaojie.wire.LittleEndian;

/**
 * A short id and its owner in three longs, so that it stands in the row that it names and is compared at once.
 *
 * <pre>
 *   first     bytes 0 to 7 of the id, little endian
 *   second    bytes 8 to 15
 *   third     bytes 16 to 18 | length (8 bits) | owner (32 bits)
 * </pre>
 *
 * <p>Bytes behind the end are 0.
 */
final class PackedId {
    static final int LONGS = 3;

    /** Most bytes: a number of 64 bits has no more digits. */
    static final int LENGTH_MAX = 19;

    /** Third long of an id that stands elsewhere. */
    static final long FAR = 0xFFL << 24;

    private static final int LENGTH_SHIFT = 24;
    private static final int TWO_LONGS = 2 * Long.BYTES;

    private PackedId() {}

    static boolean fits(final long owner, final Slice id) {
        return id.length() <= LENGTH_MAX && owner >>> Integer.SIZE == 0;
    }

    static boolean isPacked(final long third) {
        return (third & FAR) != FAR;
    }

    static int length(final long third) {
        return (int) (third >>> LENGTH_SHIFT) & 0xFF;
    }

    static long owner(final long third) {
        return third >>> Integer.SIZE;
    }

    static long first(final Slice id) {
        return id.length() >= Long.BYTES ? id.longAt(0) : id.fewBytes();
    }

    static long second(final Slice id) {
        return id.length() >= TWO_LONGS ? id.longAt(Long.BYTES) : rest(id, Long.BYTES);
    }

    static long third(final long owner, final Slice id) {
        return owner << Integer.SIZE | (long) id.length() << LENGTH_SHIFT | rest(id, TWO_LONGS);
    }

    /** Writes the length as a byte and all three longs, and returns where the id ends. */
    static int put(final long first, final long second, final long third, final byte[] target, final int offset) {
        final int length = length(third);
        final int begin = offset + 1;
        target[offset] = (byte) length;
        LittleEndian.putLong(target, begin, first);
        LittleEndian.putLong(target, begin + Long.BYTES, second);
        LittleEndian.putLong(target, begin + TWO_LONGS, third);
        return begin + length;
    }

    /** Returns the bytes from here on, fewer than eight, behind at least eight others. */
    private static long rest(final Slice id, final int from) {
        final int count = id.length() - from;
        return count <= 0 ? 0 : id.longAt(id.length() - Long.BYTES) >>> Byte.SIZE * (Long.BYTES - count);
    }
}
