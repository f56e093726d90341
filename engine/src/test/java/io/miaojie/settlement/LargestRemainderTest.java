package io.miaojie.settlement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.settlement.ledger.LargestRemainder;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Spreads keep every unit: parts add up to the total, each is its exact share up to one unit, and none too much. */
class LargestRemainderTest {
    private static final long MOST = 9_007_199_254_740_991L;
    private static final int LINES_MAX = 40;
    private static final int PERCENT = 100;

    @Property
    void partsAddUpAndDifferFromTheirExactShareByLessThanOne(
            @ForAll @Size(min = 1, max = LINES_MAX) final List<@LongRange(max = MOST / LINES_MAX) Long> weights,
            @ForAll @IntRange(max = PERCENT) final int percent) {
        final long[] all = weights.stream().mapToLong(Long::longValue).toArray();
        final long sum = LongStream.of(all).sum();
        final long total = sum / PERCENT * percent + sum % PERCENT * percent / PERCENT;
        final long[] parts = new long[all.length];
        new LargestRemainder(all.length).spread(total, sum, all, all.length, parts);
        assertEquals(total, LongStream.of(parts).sum());
        for (int i = 0; i < parts.length; i++) {
            final BigInteger floor = sum == 0 ? BigInteger.ZERO : floor(total, all[i], sum);
            final long above = parts[i] - floor.longValueExact();
            assertTrue(above == 0 || above == 1, "part=" + parts[i] + " floor=" + floor);
            assertTrue(parts[i] <= all[i], "part=" + parts[i] + " weight=" + all[i]);
        }
    }

    @Property
    void ofEqualWeightsTheEarlierGetTheRest(
            @ForAll @IntRange(min = 1, max = LINES_MAX) final int count,
            @ForAll @LongRange(min = 1, max = MOST / LINES_MAX) final long weight,
            @ForAll @IntRange(max = LINES_MAX) final int rest) {
        final long[] weights = LongStream.generate(() -> weight).limit(count).toArray();
        final long total = Math.min(weight * count, weight / 2 * count + rest % count);
        final long[] parts = new long[count];
        new LargestRemainder(count).spread(total, weight * count, weights, count, parts);
        for (int i = 1; i < count; i++) {
            assertTrue(parts[i - 1] == parts[i] || parts[i - 1] == parts[i] + 1, "place=" + i);
        }
    }

    private static BigInteger floor(final long total, final long weight, final long sum) {
        return BigInteger.valueOf(total).multiply(BigInteger.valueOf(weight)).divide(BigInteger.valueOf(sum));
    }
}
