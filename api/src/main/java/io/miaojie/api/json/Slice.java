package io.miaojie.api.json;

/** A place in a byte array, as one long: offset and length. {@link #ABSENT} is the empty one. */
public final class Slice {
    /** No bytes. */
    public static final long ABSENT = 0;

    private Slice() {}

    public static long of(final int offset, final int length) {
        return (long) offset << 32 | length;
    }

    public static int offset(final long slice) {
        return (int) (slice >>> 32);
    }

    public static int length(final long slice) {
        return (int) slice;
    }
}
