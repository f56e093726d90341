package io.miaojie.wire;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * Ids that the engine makes: two letters for what is named, then shard, sequence of the record that made it, and place
 * among those of that record, in base 32 (Crockford's digits, small letters), at fixed places. So they sort by age,
 * hold 18 letters and digits and nothing else, and channels that allow 32 take them as they are.
 */
public final class EngineId {
    /** Letters of every id. */
    public static final int LENGTH = 18;

    /** Names refund orders. */
    public static final String REFUND_ORDER = "rf";

    /** Names withdrawals. */
    public static final String WITHDRAWAL = "wd";

    /** Names groups that orders open. */
    public static final String GROUP = "gr";

    private static final byte[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".getBytes(StandardCharsets.US_ASCII);
    private static final int SHARD_AT = 2;
    private static final int SEQUENCE_AT = 4;
    private static final int ORDINAL_AT = 15;
    private static final int DIGIT_BITS = 5;
    private static final int DIGIT_MASK = (1 << DIGIT_BITS) - 1;

    private EngineId() {}

    /**
     * Returns an id.
     *
     * @param prefix {@link #REFUND_ORDER}, {@link #WITHDRAWAL} or {@link #GROUP}
     * @param sequence below 2^55
     * @param ordinal below 2^15
     */
    public static String of(final String prefix, final int shard, final long sequence, final int ordinal) {
        final byte[] text = new byte[LENGTH];
        text[0] = (byte) prefix.charAt(0);
        text[1] = (byte) prefix.charAt(1);
        put(text, SHARD_AT, SEQUENCE_AT, shard);
        put(text, SEQUENCE_AT, ORDINAL_AT, sequence);
        put(text, ORDINAL_AT, LENGTH, ordinal);
        return new String(text, StandardCharsets.US_ASCII);
    }

    /** Returns whether these bytes are an id with this prefix. */
    public static boolean isOf(final String prefix, final DirectBuffer text, final int offset, final int length) {
        return length == LENGTH
                && text.getByte(offset) == prefix.charAt(0)
                && text.getByte(offset + 1) == prefix.charAt(1)
                && number(text, offset, SHARD_AT, LENGTH - SHARD_AT) != -1;
    }

    /** Returns the shard of an id. */
    public static int shard(final DirectBuffer text, final int offset) {
        return (int) number(text, offset, SHARD_AT, SEQUENCE_AT - SHARD_AT);
    }

    /** Returns the sequence of the record that made it. */
    public static long sequence(final DirectBuffer text, final int offset) {
        return number(text, offset, SEQUENCE_AT, ORDINAL_AT - SEQUENCE_AT);
    }

    /** Returns the place among those of its record. */
    public static int ordinal(final DirectBuffer text, final int offset) {
        return (int) number(text, offset, ORDINAL_AT, LENGTH - ORDINAL_AT);
    }

    private static void put(final byte[] text, final int from, final int end, final long value) {
        long rest = value;
        for (int i = end - 1; i >= from; i--) {
            text[i] = DIGITS[(int) rest & DIGIT_MASK];
            rest >>>= DIGIT_BITS;
        }
    }

    /** Returns the value of these digits, cut to 64 bits; -1: one of them is none. */
    private static long number(final DirectBuffer text, final int offset, final int from, final int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            final int digit = digit(text.getByte(offset + from + i));
            if (digit < 0) {
                return -1;
            }
            value = value << DIGIT_BITS & Long.MAX_VALUE | digit;
        }
        return value;
    }

    private static int digit(final byte character) {
        for (int i = 0; i < DIGITS.length; i++) {
            if (DIGITS[i] == character) {
                return i;
            }
        }
        return -1;
    }
}
