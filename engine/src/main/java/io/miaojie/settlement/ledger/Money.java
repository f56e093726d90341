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
}
