package io.miaojie.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers in an array of bytes, lowest byte first, as the schema has them. What stands in an array is read as one where
 * it is read for each payment: of a buffer the compiler knows less, since that may lie outside the heap, and reads
 * everything else anew behind each access.
 *
 * <p>Errors: {@link IndexOutOfBoundsException} where the number would pass an end of the array.
 */
public final class LittleEndian {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    public static long longAt(final byte[] bytes, final int at) {
        return (long) LONGS.get(bytes, at);
    }

    public static int intAt(final byte[] bytes, final int at) {
        return (int) INTS.get(bytes, at);
    }

    /** Returns two bytes, taken as unsigned. */
    public static int shortAt(final byte[] bytes, final int at) {
        return (short) SHORTS.get(bytes, at) & 0xFFFF;
    }

    public static void putLong(final byte[] bytes, final int at, final long value) {
        LONGS.set(bytes, at, value);
    }

    public static void putInt(final byte[] bytes, final int at, final int value) {
        INTS.set(bytes, at, value);
    }

    /** Writes the low two bytes of a value. */
    public static void putShort(final byte[] bytes, final int at, final int value) {
        SHORTS.set(bytes, at, (short) value);
    }
}
