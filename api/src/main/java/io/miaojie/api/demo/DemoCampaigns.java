package io.miaojie.api.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The campaigns of the demonstration, and what they owe each member: one percent on every line up to a cap, three
 * percent on tea, and a step by the size of the order.
 */
public final class DemoCampaigns {
    private static final long MILLION = 1_000_000;
    private static final long ALL_PPM = 10_000;
    private static final long ALL_LINE_CAP = 250;
    private static final long TEA_PPM = 30_000;
    private static final long STEP_FROM = 10_000;
    private static final long STEP_PPM = 5_000;
    private static final long BIG_FROM = 50_000;
    private static final long BIG_FIXED = 300;

    private DemoCampaigns() {}

    /** Returns the bodies of {@code POST /v1/campaigns}. */
    public static List<JsonObject> definitions() {
        return List.of(
                campaign("all-1pct", new JsonObject().put("rate_ppm", ALL_PPM).put("line_cap", ALL_LINE_CAP)),
                campaign(
                        "tea-3pct",
                        new JsonObject().put("rate_ppm", TEA_PPM).put("categories", new JsonArray().add("tea"))),
                campaign(
                        "big-order",
                        new JsonObject()
                                .put(
                                        "tiers",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("from_amount", STEP_FROM)
                                                        .put("rate_ppm", STEP_PPM))
                                                .add(new JsonObject()
                                                        .put("from_amount", BIG_FROM)
                                                        .put("fixed_amount", BIG_FIXED)))));
    }

    private static JsonObject campaign(final String id, final JsonObject terms) {
        return new JsonObject()
                .put("id", id)
                .put("kind", "purchase-rebate")
                .put("currency", Workload.CURRENCY)
                .put("terms", terms);
    }

    /** Calculates, from the payments alone, what each member's pool must hold. */
    public static Map<String, Long> expectedPools(final Workload workload, final int payments) {
        final Map<String, Long> pools = new TreeMap<>();
        for (int i = 0; i < payments; i++) {
            final Workload.Payment payment = workload.payment(i);
            pools.merge(payment.memberId(), reward(payment), Long::sum);
        }
        return pools;
    }

    private static long reward(final Workload.Payment payment) {
        long reward = 0;
        final long total = payment.amountMinor();
        for (final Workload.Line line : payment.lines()) {
            reward += Math.min(ALL_LINE_CAP, line.amountMinor() * ALL_PPM / MILLION);
            if (line.category().equals("tea")) {
                reward += line.amountMinor() * TEA_PPM / MILLION;
            }
            if (total >= STEP_FROM && total < BIG_FROM) {
                reward += line.amountMinor() * STEP_PPM / MILLION;
            }
        }
        return total >= BIG_FROM ? reward + BIG_FIXED : reward;
    }
}
