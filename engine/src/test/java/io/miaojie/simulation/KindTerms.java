package io.miaojie.simulation;

import io.miaojie.settlement.Settlement;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.codec.HoldPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Random terms of each kind, now and then such as contradict each other. */
record KindTerms(Map<Integer, Long> scalars, Map<Integer, List<List<Long>>> rows, Map<Integer, List<String>> lists) {
    /** Numbers of the kinds that stories are told of. */
    static final List<Integer> NUMBERS =
            Settlement.kinds().stream().map(KindDescriptor::number).toList();

    static KindTerms of(final Story story, final int kind) {
        return switch (kind) {
            case NaiveKinds.COMMISSION -> commission(story);
            case NaiveKinds.WELCOME -> welcome(story);
            case NaiveFlashSales.FLASH_SALE -> flashSale(story);
            case NaiveGroupBuys.GROUP_BUY -> groupBuy(story);
            case NaivePresales.PRESALE -> presale(story);
            default -> rebate(story);
        };
    }

    /** Returns the terms of a version. */
    static KindTerms of(final Deed.Define version) {
        return new KindTerms(version.scalars(), version.rows(), version.lists());
    }

    static HoldPolicy hold(final Story story, final int kind) {
        return kind == NaiveKinds.WELCOME && !story.oneIn(20)
                ? HoldPolicy.NEVER
                : story.pick(
                        HoldPolicy.NONE,
                        HoldPolicy.DAYS_AFTER_PAY,
                        HoldPolicy.ON_DELIVERY,
                        HoldPolicy.DAYS_AFTER_DELIVERY,
                        HoldPolicy.DAYS_AFTER_DELIVERY,
                        HoldPolicy.NEVER);
    }

    static int instantPpm(final Story story, final int kind) {
        return kind == NaiveKinds.WELCOME || story.oneIn(2) ? 1_000_000 : story.pick(0, 300_000, 333_333, 999_999);
    }

    private static KindTerms rebate(final Story story) {
        final Map<Integer, Long> scalars = new HashMap<>();
        final Map<Integer, List<List<Long>>> rows = new HashMap<>();
        final int way = story.below(6);
        if (way < 2) {
            scalars.put(0, rate(story));
        } else if (way == 2) {
            scalars.put(2, 1L + story.below(500));
        } else if (way == 3) {
            rows.put(3, tiers(story));
        } else {
            final long min = 1L + story.below(300);
            scalars.put(way == 4 ? 6 : 8, min);
            scalars.put(way == 4 ? 7 : 9, min + story.below(9_000) - (story.oneIn(30) ? 9_000 : 0));
        }
        if (way != 2 && way != 5 && story.oneIn(3)) {
            scalars.put(1, 1L + story.below(300));
        }
        if (story.oneIn(25)) {
            scalars.put(2, 7L);
        }
        return new KindTerms(scalars, rows, lists(story, 4, 5));
    }

    private static List<List<Long>> tiers(final Story story) {
        final List<List<Long>> tiers = new ArrayList<>();
        long from = story.below(2_000);
        for (int i = 1 + story.below(3); i > 0; i--) {
            final boolean isRate = i == 1 || story.oneIn(2);
            tiers.add(List.of(from, isRate ? rate(story) : -1L, isRate ? -1L : 1L + story.below(400)));
            from += 1 + story.below(9_000);
        }
        return tiers;
    }

    static long rate(final Story story) {
        return story.pick(10_000L, 333L, 123_456L, 500_000L, 1_000_000L, 0L, (long) story.below(200_000));
    }

    static Map<Integer, List<String>> lists(final Story story, final int skus, final int categories) {
        final Map<Integer, List<String>> lists = new HashMap<>();
        if (story.oneIn(4)) {
            lists.put(skus, List.of("A", "B"));
        }
        if (story.oneIn(6)) {
            lists.put(categories, List.of("t"));
        }
        return lists;
    }

    private static KindTerms commission(final Story story) {
        final Map<Integer, Long> scalars = new HashMap<>();
        for (int level = 1; level <= 3; level++) {
            if (!story.oneIn(3)) {
                scalars.put(level - 1, Math.max(1, rate(story)));
            }
        }
        if (story.oneIn(4)) {
            scalars.put(3, 1L + story.below(300));
        }
        if (story.oneIn(3)) {
            scalars.put(4, (long) story.below(2));
        }
        return new KindTerms(scalars, Map.of(), lists(story, 5, 6));
    }

    private static KindTerms flashSale(final Story story) {
        final Map<Integer, Long> scalars = new HashMap<>();
        final Map<Integer, List<List<Long>>> rows = new HashMap<>();
        final Map<Integer, List<String>> lists = new HashMap<>();
        if (!story.oneIn(20)) {
            scalars.put(0, 1L + story.below(4_000));
        }
        scalars.put(1, (long) story.pick(2, 6, 20, 20));
        for (int limit = 2; limit <= 4; limit++) {
            if (story.oneIn(4)) {
                scalars.put(limit, 1L + story.below(4));
            }
        }
        if (story.oneIn(3)) {
            final long from = story.below(900);
            rows.put(5, List.of(List.of(from, from + 300), List.of(from + 300 - story.below(2), 1_440L)));
        }
        if (story.oneIn(4)) {
            scalars.put(6, 1L + story.below(4));
        }
        if (story.oneIn(4)) {
            scalars.put(7, (long) story.below(2));
        }
        if (story.oneIn(6)) {
            lists.put(8, List.of("A", "B"));
        }
        if (story.oneIn(20)) {
            lists.put(9, List.of("u0", "u1"));
        }
        if (story.oneIn(30)) {
            scalars.put(10, 1L);
        }
        return new KindTerms(scalars, rows, lists);
    }

    private static KindTerms groupBuy(final Story story) {
        final Map<Integer, Long> scalars = new HashMap<>();
        final Map<Integer, List<List<Long>>> rows = new HashMap<>();
        final long size = 2L + story.below(3);
        final long price = 200L + story.below(3_000);
        scalars.put(0, size);
        scalars.put(1, price);
        if (story.oneIn(3)) {
            final long reward = story.oneIn(2) ? 1L + story.below(90) : -1L;
            final List<Long> first = List.of(size + 1, price - story.below(90) + (story.oneIn(20) ? 90 : 0), reward);
            final List<Long> second = List.of(size + 2, price - 90 - story.below(90), story.oneIn(2) ? 100L : -1L);
            rows.put(2, story.oneIn(2) ? List.of(first) : List.of(first, second));
        }
        if (story.oneIn(4)) {
            scalars.put(3, price - story.below(100));
        }
        if (story.oneIn(3)) {
            scalars.put(4, 1L + story.below(80));
        }
        if (!story.oneIn(3)) {
            scalars.put(5, story.pick(1L, 10L, 60L, 600L, 6_000L));
        }
        for (int limit = 6; limit <= 7; limit++) {
            if (story.oneIn(4)) {
                scalars.put(limit, 1L + story.below(3));
            }
        }
        if (story.oneIn(5)) {
            scalars.put(8, (long) story.below(2));
        }
        if (!story.oneIn(4)) {
            scalars.put(9, 1L + story.below(3));
        }
        if (story.oneIn(2)) {
            scalars.put(10, 1L + story.below(2));
        }
        if (story.oneIn(2)) {
            scalars.put(11, size - (story.oneIn(20) ? 0 : 1));
        }
        return new KindTerms(scalars, rows, story.oneIn(6) ? Map.of(12, List.of("A", "B")) : Map.of());
    }

    private static KindTerms presale(final Story story) {
        final Map<Integer, Long> scalars = new HashMap<>();
        final Map<Integer, List<List<Long>>> rows = new HashMap<>();
        final long price = 1_000L + story.below(4_000);
        final boolean isEarnest = !story.oneIn(3);
        scalars.put(0, price);
        scalars.put(1, isEarnest ? 1L + story.below(100) : 1L + story.below(600));
        if (isEarnest) {
            scalars.put(2, 1L);
        }
        if (story.oneIn(3)) {
            scalars.put(3, scalars.get(1) + story.below(90) - (story.oneIn(20) ? 90 : 0));
        }
        if (isEarnest && story.oneIn(3)) {
            scalars.put(4, 1L + story.below(2));
        }
        if (isEarnest && !story.oneIn(3) || story.oneIn(20)) {
            rows.put(5, List.of(List.of(1L + story.below(2), price - 100), List.of(3L, price - story.below(300))));
            if (story.oneIn(3)) {
                scalars.put(6, 1L);
            }
        }
        if (story.oneIn(4)) {
            rows.put(7, List.of(List.of(600L, price - 300), List.of(6_000L, price - story.below(320))));
        }
        if (story.oneIn(3)) {
            scalars.put(8, (long) story.below(4));
        }
        if (story.oneIn(2)) {
            scalars.put(9, (long) story.below(60));
        }
        if (story.oneIn(2)) {
            scalars.put(10, 1L + story.below(90));
        }
        if (story.oneIn(3)) {
            scalars.put(12, 1L + story.below(2));
        }
        return new KindTerms(scalars, rows, story.oneIn(6) ? Map.of(13, List.of("A", "B")) : Map.of());
    }

    private static KindTerms welcome(final Story story) {
        final Map<Integer, Long> scalars = new HashMap<>();
        if (story.oneIn(2)) {
            scalars.put(0, 1L + story.below(2_000));
        } else {
            scalars.put(1, 1L + story.below(300));
            scalars.put(2, 1L + story.below(3_000));
        }
        if (story.oneIn(2)) {
            scalars.put(3, (long) story.below(6));
        }
        if (story.oneIn(2)) {
            scalars.put(4, 1L + story.below(900));
        }
        return new KindTerms(scalars, Map.of(), Map.of());
    }
}
