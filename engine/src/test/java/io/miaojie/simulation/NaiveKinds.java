package io.miaojie.simulation;

import io.miaojie.simulation.World.Grant;
import io.miaojie.simulation.World.Member;
import io.miaojie.simulation.World.Order;
import io.miaojie.simulation.World.OrderLine;
import io.miaojie.simulation.World.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What each campaign kind makes of the lines of an order. */
final class NaiveKinds {
    static final int REBATE = 1;
    static final int COMMISSION = 2;
    static final int WELCOME = 3;
    static final int LEVELS = 4;

    private static final int RATE = 0;
    private static final int LINE_CAP = 1;
    private static final int FIXED = 2;
    private static final int TIERS = 3;
    private static final int SKUS = 4;
    private static final int CATEGORIES = 5;
    private static final int RATE_MIN = 6;
    private static final int RATE_MAX = 7;
    private static final int FIXED_MIN = 8;
    private static final int FIXED_MAX = 9;
    private static final long RANDOM_SPAN = 1L << 32;

    private NaiveKinds() {}

    /**
     * What one campaign gives to one level.
     *
     * @param code "OK", or why it is nothing
     * @param byLine what it takes of each line's cap
     */
    record Target(long amount, String code, long[] byLine) {
        static Target none(final String code) {
            return new Target(0, code, new long[0]);
        }
    }

    static boolean isKnown(final int kind) {
        return KindTerms.NUMBERS.contains(kind);
    }

    /** Returns who is rewarded at a level, null: nobody. */
    static Member beneficiary(final Order order, final int level) {
        return switch (level) {
            case 0 -> order.member;
            case 1 -> order.level1;
            case 2 -> order.level2;
            default -> order.clerk;
        };
    }

    /** Returns what is left of the cap of each line before anybody takes of it. */
    static long[] caps(final Order order, final long[] amounts) {
        final long[] caps = new long[amounts.length];
        for (int i = 0; i < caps.length; i++) {
            caps[i] = Sums.share(amounts[i], order.shop.capPpm);
        }
        return caps;
    }

    static void takeOf(final long[] caps, final Target target) {
        for (int i = 0; i < target.byLine.length; i++) {
            caps[i] -= target.byLine[i];
        }
    }

    /** Returns the targets of the grants that an order has, on lines of these amounts. */
    static Map<Grant, Long> targets(final Order order, final long[] amounts) {
        final Map<Grant, Long> targets = new HashMap<>();
        final long[] caps = caps(order, amounts);
        for (final Version version : order.candidates) {
            for (int level = 0; level < LEVELS; level++) {
                final Grant grant = NaiveGrants.find(order, version, level);
                if (grant != null) {
                    final Target target = target(order, version, level, grant.drawn, amounts, caps);
                    takeOf(caps, target);
                    targets.put(grant, target.amount);
                }
            }
        }
        return targets;
    }

    /** Returns the levels that these terms reward. */
    static List<Integer> levels(final Deed.Define terms) {
        return switch (terms.kind()) {
            case REBATE -> List.of(0);
            case COMMISSION -> CommissionRules.levels(terms);
            case NaiveFlashSales.FLASH_SALE, NaiveGroupBuys.GROUP_BUY, NaivePresales.PRESALE -> List.of();
            default -> NaiveWelcome.levels(terms);
        };
    }

    /** Tells whether the buyer may be rewarded at this level. */
    static boolean rewardsSelf(final Deed.Define terms) {
        return terms.kind() == REBATE || terms.kind() == COMMISSION && CommissionRules.rewardsSelf(terms);
    }

    /** Returns what random terms draw, 0: they draw nothing. */
    static long draw(final Deed.Define terms, final long random) {
        final Map<Integer, Long> given = terms.scalars();
        if (terms.kind() != REBATE || !given.containsKey(RATE_MIN) && !given.containsKey(FIXED_MIN)) {
            return 0;
        }
        final boolean isRate = given.containsKey(RATE_MIN);
        final long min = given.get(isRate ? RATE_MIN : FIXED_MIN);
        final long max = given.get(isRate ? RATE_MAX : FIXED_MAX);
        return between(min, max, random);
    }

    /** Returns a value between two bounds, each as likely as the others. */
    static long between(final long min, final long max, final long random) {
        return min + Sums.part(max - min + 1, random, RANDOM_SPAN);
    }

    static Target target(
            final Order order,
            final Version version,
            final int level,
            final long drawn,
            final long[] amounts,
            final long[] caps) {
        return switch (version.terms.kind()) {
            case REBATE -> rebate(order, version.terms, drawn, amounts, caps);
            case COMMISSION -> CommissionRules.target(order, version.terms, level, amounts, caps);
            default -> NaiveWelcome.target(version.terms, amounts);
        };
    }

    private static Target rebate(
            final Order order, final Deed.Define terms, final long drawn, final long[] amounts, final long[] caps) {
        final List<Integer> eligible = eligible(order, terms, SKUS, CATEGORIES);
        if (eligible.isEmpty()) {
            return Target.none("purchase-rebate.NO_LINE_ELIGIBLE");
        }
        final long sum = eligible.stream().mapToLong(line -> amounts[line]).sum();
        if (sum == 0) {
            return Target.none("ZERO_BASE");
        }
        long rate = terms.scalars().getOrDefault(RATE, terms.scalars().containsKey(RATE_MIN) ? drawn : -1L);
        long fixed = terms.scalars().getOrDefault(FIXED, terms.scalars().containsKey(FIXED_MIN) ? drawn : -1L);
        final List<List<Long>> tiers = terms.rows().getOrDefault(TIERS, List.of());
        if (!tiers.isEmpty()) {
            List<Long> reached = null;
            for (final List<Long> tier : tiers) {
                reached = sum >= tier.get(0) ? tier : reached;
            }
            if (reached == null) {
                return Target.none("purchase-rebate.BELOW_FIRST_TIER");
            }
            rate = reached.get(1);
            fixed = reached.get(2);
        }
        return fixed >= 0
                ? new Target(fixed, "OK", new long[0])
                : byRate(eligible, amounts, caps, rate, terms.scalars().getOrDefault(LINE_CAP, World.MOST));
    }

    /** A floored share of each line, at most the cap of the terms and what the line has left for all campaigns. */
    static Target byRate(
            final List<Integer> lines, final long[] amounts, final long[] caps, final long rate, final long cap) {
        final long[] byLine = new long[amounts.length];
        long sum = 0;
        for (final int line : lines) {
            byLine[line] = Math.min(Math.min(cap, Sums.share(amounts[line], rate)), caps[line]);
            sum += byLine[line];
        }
        return sum == 0 ? Target.none("ZERO_REWARD") : new Target(sum, "OK", byLine);
    }

    static List<Integer> eligible(
            final Order order, final Deed.Define terms, final int skusTerm, final int categoriesTerm) {
        final List<String> skus = terms.lists().getOrDefault(skusTerm, List.of());
        final List<String> categories = terms.lists().getOrDefault(categoriesTerm, List.of());
        final List<Integer> eligible = new ArrayList<>();
        for (int i = 0; i < order.lines.size(); i++) {
            final OrderLine line = order.lines.get(i);
            if ((skus.isEmpty() || skus.contains(line.sku))
                    && (categories.isEmpty() || categories.contains(line.category))) {
                eligible.add(i);
            }
        }
        return eligible;
    }

    static boolean isSound(final Deed.Define deed) {
        final boolean isWithinTime = deed.endsNs() == 0 || deed.startsNs() < deed.endsNs();
        return isWithinTime
                && switch (deed.kind()) {
                    case REBATE -> isSoundRebate(deed);
                    case COMMISSION -> CommissionRules.isSound(deed);
                    case NaiveFlashSales.FLASH_SALE -> NaiveFlashSales.isSound(deed);
                    case NaiveGroupBuys.GROUP_BUY -> NaiveGroupBuys.isSound(deed);
                    case NaivePresales.PRESALE -> NaivePresales.isSound(deed);
                    default -> NaiveWelcome.isSound(deed);
                };
    }

    /** Tells whether terms may come after others of the same kind. */
    static boolean follows(final Deed.Define before, final Deed.Define next) {
        return switch (next.kind()) {
            case NaiveFlashSales.FLASH_SALE -> NaiveFlashSales.follows(before, next);
            case NaiveGroupBuys.GROUP_BUY -> NaiveGroupBuys.follows(before, next);
            case NaivePresales.PRESALE -> NaivePresales.follows(before, next);
            default -> true;
        };
    }

    private static boolean isSoundRebate(final Deed.Define deed) {
        final List<List<Long>> tiers = deed.rows().getOrDefault(TIERS, List.of());
        final Set<Integer> given = deed.scalars().keySet();
        final long ways = Stream.of(RATE, FIXED, RATE_MIN, FIXED_MIN)
                        .filter(given::contains)
                        .count()
                + (tiers.isEmpty() ? 0 : 1);
        boolean isSound = ways == 1 && isSpan(deed, RATE_MIN, RATE_MAX) && isSpan(deed, FIXED_MIN, FIXED_MAX);
        boolean hasRate = deed.scalars().getOrDefault(RATE, 0L) > 0 || given.contains(RATE_MAX);
        for (int i = 0; i < tiers.size(); i++) {
            isSound &= tiers.get(i).get(1) < 0 != tiers.get(i).get(2) < 0;
            isSound &= i == 0 || tiers.get(i).get(0) > tiers.get(i - 1).get(0);
            hasRate |= tiers.get(i).get(1) > 0;
        }
        return isSound && (!given.contains(LINE_CAP) || hasRate);
    }

    private static boolean isSpan(final Deed.Define deed, final int min, final int max) {
        final boolean hasMin = deed.scalars().containsKey(min);
        return hasMin == deed.scalars().containsKey(max)
                && (!hasMin || deed.scalars().get(min) <= deed.scalars().get(max));
    }
}
