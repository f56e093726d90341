package io.miaojie.settlement.ledger;

/**
 * Spreads an amount over weights in proportion, so that the parts add up to it: each part is floored, and what is left
 * goes one by one to the largest remainders, of equal ones to the earlier. No part passes its weight.
 *
 * <p>Thread: one. Allocates: nothing.
 */
public final class LargestRemainder {
    private static final int BITS = 53;

    private final long[] remainders;

    public LargestRemainder(final int max) {
        this.remainders = new long[max];
    }

    /**
     * Spreads.
     *
     * @param totalMinor 0 to the sum of the weights
     * @param weights 0 to {@link Money#MINOR_MAX} each and together
     * @param parts where the parts are put; may not be the weights
     */
    public void spread(
            final long totalMinor, final long weightsMinor, final long[] weights, final int count, final long[] parts) {
        if (totalMinor == 0 || totalMinor == weightsMinor) {
            for (int i = 0; i < count; i++) {
                parts[i] = totalMinor == 0 ? 0 : weights[i];
            }
            return;
        }
        long leftMinor = totalMinor;
        for (int i = 0; i < count; i++) {
            parts[i] = Money.portion(totalMinor, weights[i], weightsMinor);
            // The low 64 bits of the two products differ by the remainder, which is below the divisor.
            remainders[i] = totalMinor * weights[i] - parts[i] * weightsMinor;
            leftMinor -= parts[i];
        }
        giveRest(leftMinor, count, parts);
    }

    private void giveRest(final long restMinor, final int count, final long[] parts) {
        if (restMinor == 0) {
            return;
        }
        final long least = leastServed(restMinor, count);
        long left = restMinor;
        for (int i = 0; i < count; i++) {
            if (remainders[i] > least) {
                parts[i]++;
                left--;
            }
        }
        for (int i = 0; left > 0; i++) {
            if (remainders[i] == least) {
                parts[i]++;
                left--;
            }
        }
    }

    /** Returns the greatest remainder that at least this many reach, found bit by bit. */
    private long leastServed(final long served, final int count) {
        long least = 0;
        for (int bit = BITS - 1; bit >= 0; bit--) {
            final long tried = least | 1L << bit;
            int reaching = 0;
            for (int i = 0; i < count; i++) {
                reaching += remainders[i] >= tried ? 1 : 0;
            }
            least = reaching >= served ? tried : least;
        }
        return least;
    }
}
