package io.miaojie.settlement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miaojie.support.Scenario;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The facts of one order in any order end in the same balances, grants and debts: nobody can tell in which order a
 * shop, a channel and a carrier were heard.
 */
class PermutationTest {
    private static final String SHOP =
            """
            shard sandbox
            merchant M1
            key K1
            campaign C1 rate_ppm=100000 hold=ON_DELIVERY instant=300000
            campaign C2 kind=2 level1_rate_ppm=70000 level2_rate_ppm=30000 clerk_rate_ppm=20000 hold=NEVER instant=0
            campaign C3 fixed_amount=77 hold=NONE
            campaign C4 tiers=0:5000ppm,500:10000ppm,1500:20000ppm hold=DAYS_AFTER_PAY:7 instant=500000
            register U3
            register U2 referrer=U3
            register U1 referrer=U2
            register CL
            """;

    @Property(tries = 60)
    void everyOrderOfTheFactsEndsInTheSame(@ForAll final long seed) {
        final Random random = new Random(seed);
        final List<String> facts = facts(random);
        final String expected = end(facts);
        for (int shuffle = 0; shuffle < 4; shuffle++) {
            Collections.shuffle(facts, random);
            assertEquals(expected, end(facts), String.join("\n", facts));
        }
    }

    @Example
    void aRefundOfEverythingLeavesNothingInAnyOrder() {
        final List<String> facts =
                new ArrayList<>(List.of(payment(700, 300), "refund R1 order=O1 amount=1000", "deliver D1 order=O1"));
        for (int shuffle = 0; shuffle < 6; shuffle++) {
            Collections.rotate(facts, 1);
            new Scenario()
                    .run(
                            SHOP + String.join("\n", facts)
                                    + """

                    tick +8d
                    expect U1.spendable 0  U1.withdrawable 0  U1.pending 0  U1.debt 0
                    expect U2.pending 0  U3.pending 0  CL.pending 0  O1.order REFUNDED
                    """);
        }
    }

    private static List<String> facts(final Random random) {
        final long first = 1 + random.nextInt(2_000);
        final long second = random.nextInt(2_000);
        final List<String> facts = new ArrayList<>(List.of(payment(first, second)));
        for (int i = random.nextInt(4); i > 0; i--) {
            facts.add("refund R" + i + " order=O1 " + refunded(random, first, second));
        }
        if (random.nextBoolean()) {
            facts.add("deliver D1 order=O1 lines=1/" + random.nextInt(3));
        }
        if (random.nextBoolean()) {
            facts.add("deliver D2 order=O1" + (random.nextBoolean() ? "" : " lines=2/1"));
        }
        return facts;
    }

    private static String refunded(final Random random, final long first, final long second) {
        final long amount = 1 + random.nextInt((int) (first + second));
        return switch (random.nextInt(4)) {
            case 0 -> "amount=" + amount + " lines=1/" + amount;
            case 1 -> "amount=" + amount + " lines=2/" + amount / 2;
            case 2 -> "amount=" + amount + " goodwill=1";
            default -> "amount=" + amount;
        };
    }

    private static String payment(final long first, final long second) {
        return "pay P1 order=O1 member=U1 clerk=CL amount=" + (first + second) + " lines=A/t/" + first + ",B/t/"
                + second;
    }

    /** Tells the facts and says where the money is once every hold that began has ended. */
    private static String end(final List<String> facts) {
        final Scenario scenario = new Scenario();
        scenario.run(SHOP + String.join("\n", facts) + "\ntick +8d");
        final StringBuilder end = new StringBuilder();
        for (final String member : List.of("U1", "U2", "U3", "CL")) {
            for (final String bucket : List.of("pending", "spendable", "withdrawable", "debt")) {
                end.append(scenario.value(member + "." + bucket)).append(' ');
            }
        }
        for (final String grant : List.of("C1", "C2/1", "C2/2", "C2/3", "C3", "C4")) {
            for (final String sum : List.of("credited", "clawed", "released")) {
                end.append(scenario.value("O1." + grant + "." + sum)).append(' ');
            }
        }
        for (final String sum : List.of("order", "captured", "refunded", "delivered")) {
            end.append(scenario.value("O1." + sum)).append(' ');
        }
        return end.toString();
    }
}
