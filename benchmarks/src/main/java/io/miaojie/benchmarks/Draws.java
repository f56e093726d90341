package io.miaojie.benchmarks;

/**
 * Who pays how much, drawn from the number of a payment alone: every run of a bench and its plain calculation draw the
 * same. Units: minor.
 */
public final class Draws {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final long AMOUNT_MIN = 10_000;
    private static final int AMOUNT_SPREAD = 1 << 15;

    private Draws() {}

    /** Returns the member of a payment, 0 to {@code members} - 1, each as often as any other. */
    public static int member(final long payment, final int members) {
        return (int) ((mix(payment) >>> 32) * members >>> 32);
    }

    /** Returns the amount of a payment, five digits. */
    public static long amountMinor(final long payment) {
        return AMOUNT_MIN + (mix(~payment) & AMOUNT_SPREAD - 1);
    }

    /** Spreads the bits of a number over a word: the finalizer of SplitMix64. */
    public static long mix(final long value) {
        long mixed = value * GOLDEN_GAMMA;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
