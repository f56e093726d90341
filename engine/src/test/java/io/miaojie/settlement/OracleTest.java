package io.miaojie.settlement;

import io.miaojie.settlement.NaiveModel.Line;
import io.miaojie.settlement.NaiveModel.Payment;
import io.miaojie.settlement.NaiveModel.Terms;
import io.miaojie.settlement.NaiveModel.Tier;
import io.miaojie.support.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random stories told to the core and to a naive model; one seed is one story, and the failing row is printed. */
@Timeout(120)
class OracleTest {
    private static final int STEPS = 1_500;
    private static final long HUGE = 9_007_199_254_740_991L;

    private final NaiveModel model = new NaiveModel();
    private final Scenario scenario = new Scenario();
    private final Map<String, Integer> versions = new HashMap<>();
    private final List<String> sent = new ArrayList<>();
    private Random random;
    private long nowS;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theCoreSaysWhatTheModelSays(final long seed) {
        random = new Random(seed);
        scenario.run("shard\nmerchant M1\nkey K1");
        for (int step = 0; step < STEPS; step++) {
            final int choice = random.nextInt(100);
            if (choice < 4) {
                define(step);
            } else if (choice < 6) {
                change(step);
            } else if (choice < 8) {
                final int seconds = random.nextInt(40_000);
                nowS += seconds;
                scenario.run("tick +" + seconds + "s");
            } else if (choice < 9) {
                scenario.run("restart");
            } else if (choice < 14 && !sent.isEmpty()) {
                scenario.run(sent.get(random.nextInt(sent.size())) + " -> SEEN");
            } else {
                pay(step);
            }
        }
        for (final String member : model.members()) {
            scenario.run("expect " + member + ".spendable " + model.pool(member));
        }
    }

    private void define(final int step) {
        final String id = "C" + random.nextInt(12);
        final Terms terms = terms();
        final int version = versions.getOrDefault(id, 0);
        final String row = "campaign " + id + text(terms) + " after=" + version + " id=" + step;
        if (version > 0 && !model.isOpen(id)) {
            scenario.run(row + " -> CAMPAIGN_CLOSED");
        } else if (version > 0 && model.isBelowGranted(id, terms)) {
            scenario.run(row + " -> TERMS_CONTRADICT");
        } else {
            scenario.run(row);
            versions.put(id, version + 1);
            model.define(id, terms);
        }
    }

    private void change(final int step) {
        final String id = "C" + random.nextInt(12);
        final String state = random.nextInt(8) == 0 ? "CLOSED" : random.nextBoolean() ? "PAUSED" : "ACTIVE";
        final String row = "state " + id + " " + state + " id=" + step;
        if (!versions.containsKey(id)) {
            scenario.run(row + " -> CAMPAIGN_UNKNOWN");
        } else if (!model.isOpen(id)) {
            scenario.run(row + " -> CAMPAIGN_CLOSED");
        } else {
            scenario.run(row);
            model.change(id, state);
        }
    }

    private void pay(final int step) {
        final List<Line> lines = new ArrayList<>();
        long sum = 0;
        for (int i = random.nextInt(4); i > 0; i--) {
            lines.add(new Line(pick("A", "B", "C"), pick("t", "u"), amount()));
            sum += lines.get(lines.size() - 1).amount();
        }
        final boolean isHuge = sum > HUGE - 1_000;
        final long shipping = isHuge ? 0 : random.nextInt(3) * 400L;
        final long amount = lines.isEmpty() || isHuge || random.nextInt(10) == 0
                ? shipping + Math.min(amount(), HUGE - shipping)
                : sum + shipping;
        final Payment payment = new Payment(
                "O" + random.nextInt(600),
                random.nextInt(15) == 0 ? "" : "U" + random.nextInt(25),
                pick("full", "full", "deposit", "balance"),
                amount,
                shipping,
                nowS + random.nextInt(700_000) - 650_000 + random.nextInt(300_000),
                lines);
        final String row = "pay P" + step + text(payment);
        sent.add(row);
        scenario.run(row + " -> " + String.join(" ", model.pay(payment, nowS)));
    }

    private Terms terms() {
        final int shape = random.nextInt(3);
        final List<Tier> tiers = new ArrayList<>();
        for (int i = shape == 2 ? 1 + random.nextInt(4) : 0; i > 0; i--) {
            final long from = (tiers.isEmpty() ? 0 : tiers.get(tiers.size() - 1).from() + 1) + random.nextInt(3_000);
            final boolean isRate = random.nextBoolean();
            tiers.add(new Tier(from, isRate ? random.nextInt(200_000) : -1, isRate ? -1 : 1 + random.nextInt(500)));
        }
        final boolean hasRates = shape == 0 || tiers.stream().anyMatch(tier -> tier.ratePpm() >= 0);
        return new Terms(
                shape == 0 ? random.nextInt(1_000_001) / (1 + random.nextInt(100)) : -1,
                hasRates && random.nextInt(3) == 0 ? 1 + random.nextInt(100) : -1,
                shape == 1 ? 1 + random.nextInt(500) : -1,
                tiers,
                random.nextInt(3) == 0 ? Set.of("A", pick("B", "C")) : Set.of(),
                random.nextInt(4) == 0 ? random.nextInt(20_000) : -1,
                random.nextInt(6) == 0 ? random.nextInt(200) : -1,
                random.nextInt(4) == 0 ? random.nextInt(3_000) : -1,
                random.nextInt(4) == 0 ? random.nextInt(2_000) : -1);
    }

    private long amount() {
        return switch (random.nextInt(20)) {
            case 0 -> 0;
            case 1 -> random.nextInt(100);
            case 2 -> HUGE - random.nextInt(100);
            default -> random.nextInt(10_000);
        };
    }

    private String pick(final String... words) {
        return words[random.nextInt(words.length)];
    }

    private static String text(final Terms terms) {
        final String tiers = terms.tiers().stream()
                .map(tier -> tier.from() + ":" + (tier.fixed() >= 0 ? tier.fixed() : tier.ratePpm() + "ppm"))
                .collect(Collectors.joining(","));
        return option("rate_ppm", terms.ratePpm())
                + option("line_cap", terms.lineCap())
                + option("fixed_amount", terms.fixed())
                + (tiers.isEmpty() ? "" : " tiers=" + tiers)
                + (terms.skus().isEmpty() ? "" : " skus=" + String.join(",", terms.skus()))
                + option("budget", terms.budget())
                + option("count", terms.count())
                + option("per_day", terms.perDay())
                + option("per_member", terms.perMember());
    }

    private static String text(final Payment payment) {
        final String lines = payment.lines().stream()
                .map(line -> line.sku() + "/" + line.category() + "/" + line.amount())
                .collect(Collectors.joining(","));
        return Stream.of(
                        "order=" + payment.order(),
                        "member=" + payment.member(),
                        "instalment=" + payment.instalment(),
                        "amount=" + payment.amount(),
                        "shipping=" + payment.shipping(),
                        "at=" + (payment.at() < 0 ? "" : "+") + payment.at() + "s",
                        lines.isEmpty() ? "" : "lines=" + lines)
                .collect(Collectors.joining(" ", " ", ""));
    }

    private static String option(final String name, final long value) {
        return value < 0 ? "" : " " + name + "=" + value;
    }
}
