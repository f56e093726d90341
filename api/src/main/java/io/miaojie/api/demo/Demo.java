package io.miaojie.api.demo;

import io.miaojie.api.client.ApiClient;
import io.miaojie.api.client.BulkSender;
import io.miaojie.api.client.PlannedSender;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import me.tongfei.progressbar.ProgressBar;
import org.HdrHistogram.Histogram;

/**
 * The demonstration: one shop opens three campaigns; most payments in bulk, which warms the machine up, then a spike of
 * single payments on a planned clock, then repeats; every pool is read back and held against what the payments alone
 * say; at the end a flash sale, with its counters as they move.
 */
public final class Demo {
    private static final int SINGLE_MAX = 30_000;
    private static final int SINGLE_SHARE = 5;
    private static final int BLOCK_LINES = 5_000;
    private static final int REPEATS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long CATCH_UP_MAX_NS = TimeUnit.MINUTES.toNanos(10);

    private final ApiClient admin;
    private final Workload workload;
    private final int payments;
    private final PrintWriter out;
    private final String run;
    private long lastSequence;

    /**
     * Makes a demonstration.
     *
     * @param admin calls with the admin key
     * @param payments how many, at least 1
     */
    public Demo(final ApiClient admin, final long seed, final int payments, final int members, final PrintWriter out) {
        if (payments < 1 || members < 1) {
            throw new IllegalArgumentException("payments=" + payments + " members=" + members);
        }
        final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        this.admin = admin;
        this.workload = new Workload(seed, members, now.toString());
        this.payments = payments;
        this.out = out;
        this.run = Long.toString(now.getEpochSecond(), Character.MAX_RADIX);
    }

    /**
     * Runs it.
     *
     * @param isProjected tells whether a sequence has reached Postgres
     * @return whether every check held
     */
    public boolean run(final LongPredicate isProjected) {
        final ApiClient shop = openShop();
        final int singles = Math.min(SINGLE_MAX, Math.max(1, payments / SINGLE_SHARE));
        out.printf("秒结 Miaojie demo: shop demo-%s, %,d payments, three campaigns%n", run, payments);
        out.flush();
        final long bulkNs = bulk(shop, payments - singles);
        final PlannedSender.Run spike = spike(shop, singles);
        final long drainNs = drain(shop, isProjected);
        printSpeed(spike, payments - singles, bulkNs, drainNs);
        final Map<String, Long> expected = DemoCampaigns.expectedPools(workload, payments);
        final boolean repeatsHeld = repeat(shop);
        final boolean poolsHeld = new PoolCheck(shop, Workload.CURRENCY).holds(expected, out);
        final boolean saleHeld = new FlashSale(shop, out).holds();
        final boolean holds = spike.failed() == 0 && repeatsHeld && poolsHeld && saleHeld;
        out.println(holds ? "every check holds" : "NOT everything holds");
        out.flush();
        return holds;
    }

    private ApiClient openShop() {
        admin.post("/v1/merchants", new JsonObject().put("id", "demo-" + run).put("name", "Demo 秒杀"))
                .expectOk();
        final JsonObject key = new JsonObject()
                .put("id", "demo-key-" + run)
                .put("merchant_id", "demo-" + run)
                .put("role", "operate");
        final ApiClient shop =
                admin.withKey(admin.post("/v1/keys", key).expectOk().getString("secret"));
        DemoCampaigns.definitions()
                .forEach(campaign -> shop.post("/v1/campaigns", campaign).expectOk());
        return shop;
    }

    private PlannedSender.Run spike(final ApiClient shop, final int singles) {
        try (ProgressBar bar = new ProgressBar("spike", singles)) {
            return new PlannedSender(shop, "/v1/payments")
                    .send(
                            singles,
                            i -> workload.json(payments - singles + i).toBuffer(),
                            i -> Spike.offsetUs(i, singles),
                            bar::stepTo);
        }
    }

    private long bulk(final ApiClient shop, final int count) {
        final BulkSender sender = new BulkSender(shop, BulkSender.Answers.REFUSED, PATIENCE);
        long sentNs = 0;
        try (ProgressBar bar = new ProgressBar("bulk", count)) {
            for (int start = 0; start < count; start += BLOCK_LINES) {
                final int end = Math.min(count, start + BLOCK_LINES);
                final Buffer block = Buffer.buffer();
                for (int i = start; i < end; i++) {
                    block.appendBuffer(workload.json(i).put("type", "payment").toBuffer())
                            .appendByte((byte) '\n');
                }
                final long startNs = System.nanoTime();
                sender.send(block, refused -> out.println("refused: " + refused.encode()));
                sentNs += System.nanoTime() - startNs;
                bar.stepTo(end);
            }
        }
        return sentNs;
    }

    private long drain(final ApiClient shop, final LongPredicate isProjected) {
        lastSequence = shop.post("/v1/payments", workload.json(payments - 1)).sequence();
        final long startNs = System.nanoTime();
        while (!isProjected.test(lastSequence) && System.nanoTime() - startNs < CATCH_UP_MAX_NS) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return System.nanoTime() - startNs;
    }

    private boolean repeat(final ApiClient shop) {
        final int repeats = Math.min(REPEATS, payments);
        int replayed = 0;
        for (int i = 0; i < repeats; i++) {
            replayed += shop.post("/v1/payments", workload.json(i)).replayed() ? 1 : 0;
        }
        out.printf(
                "repeats     %,d of %,d answered with their first outcome, nothing credited again%n",
                replayed, repeats);
        return replayed == repeats;
    }

    private void printSpeed(final PlannedSender.Run spike, final int bulkCount, final long bulkNs, final long drainNs) {
        final Histogram latency = spike.latencyUs();
        out.printf(
                "spike       %,d answered, %,d failed, %,d/s on average, planned peak %,d/s%n",
                spike.answered(), spike.failed(), perSecond(spike.answered(), spike.elapsedNs()), Spike.PEAK_PER_S);
        out.printf(
                "latency     from the planned time, ms: p50 %s  p90 %s  p99 %s  p99.9 %s  max %s%n",
                ms(latency.getValueAtPercentile(50)),
                ms(latency.getValueAtPercentile(90)),
                ms(latency.getValueAtPercentile(99)),
                ms(latency.getValueAtPercentile(99.9)),
                ms(latency.getMaxValue()));
        if (bulkCount > 0) {
            out.printf(
                    "bulk        %,d payments settled, forced to disk and answered: %,d/s%n",
                    bulkCount, perSecond(bulkCount, bulkNs));
        }
        out.printf(
                "projection  Postgres had everything %s ms after the last answer (sequence %,d)%n",
                ms(drainNs / 1_000), lastSequence);
    }

    private static long perSecond(final int count, final long elapsedNs) {
        return count * TimeUnit.SECONDS.toNanos(1) / Math.max(1, elapsedNs);
    }

    private static String ms(final long us) {
        return String.format("%d.%03d", us / 1_000, us % 1_000);
    }
}
