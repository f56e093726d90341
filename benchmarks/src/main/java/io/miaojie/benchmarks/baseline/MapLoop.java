package io.miaojie.benchmarks.baseline;

import io.miaojie.benchmarks.Draws;
import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.QuickestProcessor;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.Subject;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongHashSet;

/**
 * The least that settling can be: a set of ids that were seen and a map of pools, one look-up in each for a payment.
 * Leaves out texts, orders, campaigns, budgets, levels, holds, outcomes, and whatever else can be refused.
 */
public final class MapLoop implements Subject {
    private static final double LOAD_FACTOR = 0.55;
    private static final long RATE = 100;

    @Override
    public Measured measure(final Setting setting) {
        final int members = setting.number("members", setting.scale().members());
        final int payments = setting.scale().payments();
        final int warmUp = members + payments;
        final LongHashSet seen = new LongHashSet((int) ((warmUp + payments) / LOAD_FACTOR), (float) LOAD_FACTOR, true);
        final Long2LongHashMap pools = new Long2LongHashMap((int) (members / LOAD_FACTOR), (float) LOAD_FACTOR, 0);
        settle(seen, pools, members, 0, warmUp);
        final double paceNs = QuickestProcessor.stand();
        final long startNs = System.nanoTime();
        settle(seen, pools, members, warmUp, payments);
        final long elapsedNs = System.nanoTime() - startNs;
        QuickestProcessor.leave();
        check(pools, members, warmUp + payments);
        return new Measured().with(Measured.PER_S, payments * 1e9 / elapsedNs).with(QuickestProcessor.PACE_NS, paceNs);
    }

    private static void settle(
            final LongHashSet seen, final Long2LongHashMap pools, final int members, final int first, final int count) {
        for (int i = first; i < first + count; i++) {
            if (seen.add(Draws.mix(i + 1L))) {
                final long member = Draws.mix(-1L - Draws.member(i, members));
                pools.put(member, pools.get(member) + Draws.amountMinor(i) / RATE);
            }
        }
    }

    private static void check(final Long2LongHashMap pools, final int members, final int count) {
        final long[] expected = new long[members];
        for (int i = 0; i < count; i++) {
            expected[Draws.member(i, members)] += Draws.amountMinor(i) / RATE;
        }
        for (int member = 0; member < members; member++) {
            if (pools.get(Draws.mix(-1L - member)) != expected[member]) {
                throw new IllegalStateException("wrong result: member=" + member);
            }
        }
        if (Arrays.stream(expected).sum() == 0) {
            throw new IllegalStateException("nothing was settled");
        }
    }
}
