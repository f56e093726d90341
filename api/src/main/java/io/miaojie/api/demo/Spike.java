package io.miaojie.api.demo;

/**
 * The planned clock of the spike: a fifth of the payments at the everyday rate, three fifths at the peak, a fifth at
 * the everyday rate again.
 */
final class Spike {
    static final int EVERYDAY_PER_S = 1_000;
    static final int PEAK_PER_S = 5_000;

    private static final int PARTS = 5;
    private static final long SECOND_US = 1_000_000;

    private Spike() {}

    /** Returns when payment {@code index} of {@code count} is planned to be sent, microseconds after the start. */
    static int offsetUs(final int index, final int count) {
        final int rise = count / PARTS;
        final int fall = count - rise;
        final long beforePeak = Math.min(index, rise) * SECOND_US / EVERYDAY_PER_S;
        final long inPeak = Math.max(0, Math.min(index, fall) - rise) * SECOND_US / PEAK_PER_S;
        final long afterPeak = Math.max(0, index - fall) * SECOND_US / EVERYDAY_PER_S;
        return Math.toIntExact(beforePeak + inPeak + afterPeak);
    }
}
