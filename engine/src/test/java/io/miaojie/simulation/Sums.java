package io.miaojie.simulation;

import java.math.BigInteger;
import java.util.List;

/** Shares and spreads of minor units, with numbers that have no end. */
final class Sums {
    private static final long MILLION = 1_000_000;

    private Sums() {}

    /** Returns floor(amount x ppm / 1,000,000). */
    static long share(final long amount, final long ppm) {
        return part(amount, ppm, MILLION);
    }

    /** Returns floor(amount x part / whole). */
    static long part(final long amount, final long part, final long whole) {
        return BigInteger.valueOf(amount)
                .multiply(BigInteger.valueOf(part))
                .divide(BigInteger.valueOf(whole))
                .longValueExact();
    }

    /** Spreads a total in proportion to weights by largest remainder; of equal remainders the earlier gets the unit. */
    static long[] spread(final long total, final List<Long> weights) {
        final BigInteger sum = weights.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        final long[] parts = new long[weights.size()];
        final BigInteger[] remainders = new BigInteger[parts.length];
        long left = total;
        for (int i = 0; i < parts.length; i++) {
            final BigInteger product = BigInteger.valueOf(total).multiply(BigInteger.valueOf(weights.get(i)));
            final BigInteger[] divided = sum.signum() == 0
                    ? new BigInteger[] {BigInteger.ZERO, BigInteger.ZERO}
                    : product.divideAndRemainder(sum);
            parts[i] = divided[0].longValueExact();
            remainders[i] = divided[1];
            left -= parts[i];
        }
        for (; left > 0 && sum.signum() > 0; left--) {
            int best = 0;
            for (int i = 1; i < parts.length; i++) {
                best = remainders[i].compareTo(remainders[best]) > 0 ? i : best;
            }
            parts[best]++;
            remainders[best] = BigInteger.valueOf(-1);
        }
        return parts;
    }
}
