package io.miaojie.api.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Seeded payments of one shop in a sale: few members buy often, most rarely, one to three lines each. Payment {@code i}
 * depends on the seed and {@code i} alone.
 */
public final class Workload {
    /** One payment, as a merchant's back end knows it. */
    public record Payment(int index, String memberId, List<Line> lines) {
        /** Returns what was paid, minor units. */
        public long amountMinor() {
            return lines.stream().mapToLong(Line::amountMinor).sum();
        }
    }

    /** One line of a payment. */
    public record Line(String sku, String category, long amountMinor) {}

    static final String CURRENCY = "CNY";
    private static final List<String> CATEGORIES = List.of("tea", "snack", "beauty", "home");
    private static final int LINES_MAX = 3;
    private static final int SKUS = 40;
    private static final int LINE_MINOR_MAX = 30_000;
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final int members;
    private final String paidAt;

    /**
     * Makes a workload.
     *
     * @param members how many members may buy
     * @param paidAt RFC 3339, the business time of every payment
     */
    public Workload(final long seed, final int members, final String paidAt) {
        this.seed = seed;
        this.members = members;
        this.paidAt = paidAt;
    }

    /** Returns payment {@code index}. */
    public Payment payment(final int index) {
        final SplittableRandom random = new SplittableRandom(seed + index * GOLDEN_GAMMA);
        // The smaller of two draws: member 0 buys most, the last one least.
        final int member = Math.min(random.nextInt(members), random.nextInt(members));
        final Line[] lines = new Line[1 + random.nextInt(LINES_MAX)];
        for (int i = 0; i < lines.length; i++) {
            final int sku = random.nextInt(SKUS);
            lines[i] =
                    new Line("sku-" + sku, CATEGORIES.get(sku % CATEGORIES.size()), 1 + random.nextInt(LINE_MINOR_MAX));
        }
        return new Payment(index, "m-" + member, List.of(lines));
    }

    /** Returns payment {@code index} as the body of {@code POST /v1/payments}. */
    public JsonObject json(final int index) {
        final Payment payment = payment(index);
        final JsonArray lines = new JsonArray();
        for (int i = 0; i < payment.lines().size(); i++) {
            final Line line = payment.lines().get(i);
            lines.add(new JsonObject()
                    .put("line_id", Integer.toString(i + 1))
                    .put("sku", line.sku())
                    .put("category", line.category())
                    .put("amount", line.amountMinor()));
        }
        return new JsonObject()
                .put("id", "p-" + index)
                .put("order_id", "o-" + index)
                .put("member_id", payment.memberId())
                .put("amount", payment.amountMinor())
                .put("currency", CURRENCY)
                .put("paid_at", paidAt)
                .put("lines", lines);
    }
}
