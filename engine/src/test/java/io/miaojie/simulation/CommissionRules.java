package io.miaojie.simulation;

import io.miaojie.simulation.NaiveKinds.Target;
import io.miaojie.simulation.World.Order;
import java.util.List;
import java.util.stream.IntStream;

/** 分佣: what the parents and the clerk of an order earn. The rate of a level stands at the level less one. */
final class CommissionRules {
    private static final int CLERK = 3;
    private static final int LINE_CAP = 3;
    private static final int SELF_PURCHASE = 4;
    private static final int SKUS = 5;
    private static final int CATEGORIES = 6;

    private CommissionRules() {}

    static List<Integer> levels(final Deed.Define terms) {
        return IntStream.rangeClosed(1, CLERK)
                .filter(level -> terms.scalars().containsKey(level - 1))
                .boxed()
                .toList();
    }

    static boolean rewardsSelf(final Deed.Define terms) {
        return terms.scalars().getOrDefault(SELF_PURCHASE, 0L) == 1;
    }

    static Target target(
            final Order order, final Deed.Define terms, final int level, final long[] amounts, final long[] caps) {
        final List<Integer> eligible = NaiveKinds.eligible(order, terms, SKUS, CATEGORIES);
        if (eligible.isEmpty()) {
            return Target.none("share-commission.NO_LINE_ELIGIBLE");
        }
        if (eligible.stream().mapToLong(line -> amounts[line]).sum() == 0) {
            return Target.none("ZERO_BASE");
        }
        final long cap = terms.scalars().getOrDefault(LINE_CAP, World.MOST);
        return NaiveKinds.byRate(eligible, amounts, caps, terms.scalars().get(level - 1), cap);
    }

    static boolean isSound(final Deed.Define deed) {
        return !levels(deed).isEmpty();
    }
}
