package io.miaojie.ring;

/**
 * Whether it pays to yield for what comes next: when what came lately came within the time that a stage yields at most.
 * A mean over about eight waits, in which none counts for more than four times that time: after a pause of any length a
 * dozen short waits turn it.
 *
 * <p>Thread: one, its stage's. Allocates: nothing.
 */
final class Patience {
    private static final long MEAN_OVER = 8;
    private static final long COUNTS_AT_MOST = 4;

    private final long yieldMaxNs;
    private long meanNs;

    /** @param yieldMaxNs how long a stage yields before it parks */
    Patience(final long yieldMaxNs) {
        this.yieldMaxNs = yieldMaxNs;
    }

    /** Returns how long to yield from now on, ns; 0: park at once. */
    long yieldNs() {
        return meanNs < yieldMaxNs ? yieldMaxNs : 0;
    }

    /** Takes how long a wait took in the end. */
    void waited(final long ns) {
        meanNs += (Math.min(ns, COUNTS_AT_MOST * yieldMaxNs) - meanNs) / MEAN_OVER;
    }
}
