package io.miaojie.api.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF, and no NUL, which JSON never holds. */
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;

    private Utf8() {}

    /** Returns whether these bytes are well formed. */
    static boolean isValid(final byte[] bytes, final int offset, final int length) {
        final int end = offset + length;
        int i = offset;
        while (i < end) {
            if (i + 8 <= end && isPlain((long) LONGS.get(bytes, i))) {
                i += 8;
                continue;
            }
            final int count = sequenceLength(bytes, i, end);
            if (count == 0) {
                return false;
            }
            i += count;
        }
        return true;
    }

    /**
     * Appends one code point and returns how many bytes it took. A surrogate takes three, which are no UTF-8: see
     * {@link #isSurrogate}.
     */
    static int put(final byte[] target, final int offset, final int codePoint) {
        if (codePoint < 0x80) {
            target[offset] = (byte) codePoint;
            return 1;
        }
        if (codePoint < 0x800) {
            target[offset] = (byte) (0xC0 | codePoint >> 6);
            target[offset + 1] = (byte) (0x80 | codePoint & 0x3F);
            return 2;
        }
        if (codePoint < 0x10000) {
            target[offset] = (byte) (0xE0 | codePoint >> 12);
            target[offset + 1] = (byte) (0x80 | codePoint >> 6 & 0x3F);
            target[offset + 2] = (byte) (0x80 | codePoint & 0x3F);
            return 3;
        }
        target[offset] = (byte) (0xF0 | codePoint >> 18);
        target[offset + 1] = (byte) (0x80 | codePoint >> 12 & 0x3F);
        target[offset + 2] = (byte) (0x80 | codePoint >> 6 & 0x3F);
        target[offset + 3] = (byte) (0x80 | codePoint & 0x3F);
        return 4;
    }

    /** Returns whether a surrogate begins here, in bytes that are well formed but for those. */
    static boolean isSurrogate(final byte[] bytes, final int i) {
        return bytes[i] == (byte) 0xED && bytes[i + 1] >= (byte) 0xA0;
    }

    /** Eight bytes of ASCII without a NUL. */
    private static boolean isPlain(final long word) {
        return (word & HIGH_BITS) == 0 && (word - LOW_BITS & ~word & HIGH_BITS) == 0;
    }

    private static int sequenceLength(final byte[] bytes, final int i, final int end) {
        final int first = bytes[i] & 0xFF;
        if (first < 0x80) {
            return first == 0 ? 0 : 1;
        }
        final int count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        if (first < 0xC2 || first > 0xF4 || i + count > end) {
            return 0;
        }
        for (int k = 1; k < count; k++) {
            if ((bytes[i + k] & 0xC0) != 0x80) {
                return 0;
            }
        }
        final int second = bytes[i + 1] & 0xFF;
        final boolean isBad = first == 0xE0 && second < 0xA0
                || first == 0xED && second > 0x9F
                || first == 0xF0 && second < 0x90
                || first == 0xF4 && second > 0x8F;
        return isBad ? 0 : count;
    }
}
