package io.miaojie.settlement.ledger;

/** The arithmetic of money: longs in minor units, rates in ppm, floored toward the payer. */
public final class Money {
    /** Greatest amount and balance either side of zero: what JSON numbers carry exactly. */
    public static final long MINOR_MAX = (1L << 53) - 1;

    /** A rate of one, in ppm. */
    public static final int PPM = 1_000_000;

    private Money() {}

    /** Tells whether this is an amount: from 0 to {@link #MINOR_MAX}. */
    public static boolean isAmount(final long minor) {
        return minor >= 0 && minor <= MINOR_MAX;
    }

    /**
     * Returns floor(amount x rate / 1,000,000), exactly. Split into whole millions and the rest, no product passes 63
     * bits; the result is never above the amount.
     *
     * @param amountMinor 0 to {@link #MINOR_MAX}
     * @param ratePpm 0 to {@link #PPM}
     */
    public static long share(final long amountMinor, final long ratePpm) {
        return amountMinor / PPM * ratePpm + amountMinor % PPM * ratePpm / PPM;
    }

    /**
     * Returns floor(amount x part / whole), exactly: the product may take 106 bits.
     *
     * @param amountMinor 0 to {@link #MINOR_MAX}
     * @param part 0 to whole
     * @param whole 1 to {@link #MINOR_MAX}
     */
    public static long portion(final long amountMinor, final long part, final long whole) {
        final long high = Math.multiplyHigh(amountMinor, part);
        final long low = amountMinor * part;
        return high == 0 && low >= 0 ? low / whole : divide(high, low, whole);
    }

    /** Long division of 128 bits, bit by bit; the quotient fits 63. */
    private static long divide(final long high, final long low, final long whole) {
        long remainder = high;
        long quotient = 0;
        for (int bit = Long.SIZE - 1; bit >= 0; bit--) {
            remainder = remainder << 1 | low >>> bit & 1;
            quotient <<= 1;
            if (remainder >= whole) {
                remainder -= whole;
                quotient |= 1;
            }
        }
        return quotient;
    }
}
