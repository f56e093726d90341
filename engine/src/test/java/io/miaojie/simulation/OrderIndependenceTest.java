package io.miaojie.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miaojie.wire.codec.BindingMode;
import io.miaojie.wire.codec.HoldPolicy;
import io.miaojie.wire.codec.Instalment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Payment, refund and delivery of one order may come in any order: every permutation ends in the same balances, grants
 * and debt, as long as campaigns are unchanged and no cap, budget or funder runs out.
 */
class OrderIndependenceTest {
    private static final int FACTS_MAX = 5;
    private static final int TRIES = 40;
    private static final long MONTH_S = 31 * 86_400;
    private static final String BUYER = "U1";
    private static final List<String> MEMBERS = List.of(BUYER, "U2", "U3");

    /** Makes a deed for a shop: each permutation is told to a shop of its own. */
    private interface Fact extends Function<OneShop, Deed> {}

    @Property(tries = TRIES)
    void everyPermutationOfTheFactsOfAnOrderEndsTheSame(@ForAll final long seed) {
        holds(seed, List.of(paid()), shop -> {}, true);
    }

    /** Goods of an order that instalments make arrive as a whole: before the balance nobody knows all of its lines. */
    @Property(tries = TRIES)
    void soDoesEveryPermutationWithInstalments(@ForAll final long seed) {
        holds(seed, instalments(new Random(seed)), shop -> {}, false);
    }

    @Property(tries = TRIES)
    void soDoesEveryPermutationOfAPlacedOrderWithInstalments(@ForAll final long seed) {
        final long deposit = 1 + new Random(seed).nextInt(3_900);
        final List<Fact> payments = List.of(
                shop -> shop.payment("p1", "o1", BUYER, Instalment.DEPOSIT, deposit, "", 0),
                shop -> shop.payment("p2", "o1", BUYER, Instalment.BALANCE, 3_900 - deposit, "", 0));
        holds(
                seed,
                payments,
                shop -> {
                    shop.pay("p0", "before", BUYER, 10_000);
                    shop.line("1", 3_333).line("2", 667).place("o1", BUYER, 100, 600_000);
                },
                true);
    }

    @Property(tries = TRIES)
    void soDoesEveryPermutationWhenTheBuyerOwes(@ForAll final long seed) {
        final Consumer<OneShop> debt = shop -> {
            shop.pay("p0", "before", BUYER, 10_000);
            shop.line("1", 5_000).place("spent", BUYER, 90, 600_000);
            shop.refund("r0", "before", 10_000);
        };
        holds(seed, List.of(paid()), debt, true);
    }

    private static void holds(
            final long seed, final List<Fact> payments, final Consumer<OneShop> before, final boolean byLine) {
        final Random random = new Random(seed);
        final List<Fact> facts = new ArrayList<>(payments);
        while (facts.size() < payments.size() + 1 || facts.size() < FACTS_MAX && random.nextInt(3) > 0) {
            facts.add(after(random, facts.size(), byLine));
        }
        String first = null;
        for (final List<Fact> permutation : permutations(facts)) {
            final String end = end(new Random(~seed), permutation, before);
            first = first == null ? end : first;
            assertEquals(first, end, "seed=" + seed);
        }
    }

    private static String end(final Random random, final List<Fact> facts, final Consumer<OneShop> before) {
        final OneShop shop = new OneShop(BindingMode.FIRST_TOUCH, 0, 1_000_000);
        shop.register("U3", "");
        shop.register("U2", "U3");
        shop.register(BUYER, "U2");
        define(shop, random);
        before.accept(shop);
        facts.forEach(fact -> shop.say(fact.apply(shop)));
        shop.pass(MONTH_S);
        final StringBuilder end = new StringBuilder(shop.order("o1"));
        MEMBERS.forEach(member -> end.append('\n').append(member).append(' ').append(shop.pool(member)));
        return end.toString();
    }

    private static void define(final OneShop shop, final Random random) {
        shop.holding(hold(random), 0, instant(random)).rebate("c1", 0, rate(random));
        shop.holding(HoldPolicy.DAYS_AFTER_DELIVERY, 7, instant(random))
                .campaign("c2", 0, NaiveKinds.REBATE, Map.of(2, 1L + random.nextInt(900)));
        shop.holding(HoldPolicy.DAYS_AFTER_PAY, 3, instant(random)).commission("c3", rate(random), rate(random), 0);
    }

    private static HoldPolicy hold(final Random random) {
        return List.of(HoldPolicy.NONE, HoldPolicy.ON_DELIVERY, HoldPolicy.NEVER)
                .get(random.nextInt(3));
    }

    private static int instant(final Random random) {
        return List.of(1_000_000, 0, 500_000, 333_333).get(random.nextInt(4));
    }

    private static long rate(final Random random) {
        return 1 + random.nextInt(200_000);
    }

    private static Fact paid() {
        return shop -> {
            shop.line("1", 3_333).line("2", 667).line("3", 1);
            return shop.payment("p1", "o1", BUYER, Instalment.FULL, 4_001, "", 0);
        };
    }

    private static List<Fact> instalments(final Random random) {
        final long deposit = 1 + random.nextInt(3_000);
        return List.of(
                shop -> shop.line("1", deposit).payment("p1", "o1", BUYER, Instalment.DEPOSIT, deposit, "", 0),
                shop -> shop.line("1", 3_333 - deposit)
                        .line("2", 667)
                        .payment("p2", "o1", BUYER, Instalment.BALANCE, 4_000 - deposit, "", 0));
    }

    private static Fact after(final Random random, final int place, final boolean byLine) {
        final int choice = byLine ? random.nextInt(6) : List.of(0, 2, 3, 4, 5).get(random.nextInt(5));
        final long amount = 1 + random.nextInt(random.nextInt(5) == 0 ? 9_000 : 1_500);
        final String line = Integer.toString(1 + random.nextInt(3));
        return switch (choice) {
            case 0 -> shop -> shop.delivery("d" + place, "o1");
            case 1 -> shop -> shop.part(line, 0).delivery("d" + place, "o1");
            case 2 -> shop -> shop.goodwill().refunding("r" + place, "o1", amount);
            case 3 -> shop -> shop.refunding("r" + place, "o1", amount);
            case 4 -> shop -> shop.part(line, amount).refunding("r" + place, "o1", amount);
            default -> shop -> shop.part(line, 1 + amount / 3).refunding("r" + place, "o1", amount);
        };
    }

    private static <T> List<List<T>> permutations(final List<T> items) {
        if (items.isEmpty()) {
            return List.of(List.of());
        }
        final List<List<T>> all = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            final List<T> rest = new ArrayList<>(items);
            final T first = rest.remove(i);
            for (final List<T> tail : permutations(rest)) {
                final List<T> permutation = new ArrayList<>(List.of(first));
                permutation.addAll(tail);
                all.add(permutation);
            }
        }
        return all;
    }
}
