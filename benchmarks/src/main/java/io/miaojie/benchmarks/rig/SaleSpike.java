package io.miaojie.benchmarks.rig;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.agrona.IoUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A recorded flash crowd as the traffic of a flash sale, over HTTP, on a planned clock. After it whoever was served
 * pays, everything is sent again, and what the shop says it sold is held against what its buyers were told; then
 * Postgres has to catch up and say the same.
 */
@Command(
        name = "sale-spike",
        mixinStandardHelpOptions = true,
        description = "Replay a recorded flash crowd as a flash sale and check that nothing was oversold or lost.")
public final class SaleSpike implements Callable<Integer> {
    /** Recorded shapes. */
    private enum Shape {
        WORLD_CUP,
        SITE,
        MENTIONS;

        private long[] read(final Path data) throws IOException {
            return switch (this) {
                case WORLD_CUP -> Shapes.worldCup(data);
                case SITE -> Shapes.site(data);
                case MENTIONS -> Shapes.spike(data);
            };
        }
    }

    private static final String SALE = "flash";
    private static final String REHEARSAL = "rehearsal";
    private static final int REHEARSAL_S = 10;
    private static final int BLOCK_LINES = 2_000;
    private static final int PRICE = 990;
    private static final long PATIENCE_S = 120;
    private static final double NS_PER_MS = 1e6;

    @Spec
    private CommandSpec spec;

    @Option(names = "--shape", defaultValue = "WORLD_CUP", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Shape shape;

    @Option(
            names = "--peak",
            defaultValue = "6000",
            description = "Orders a second at most (default: ${DEFAULT-VALUE}).")
    private int peak;

    @Option(names = "--seconds", defaultValue = "30", description = "How long (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--buyers", defaultValue = "50000", description = "Who may buy (default: ${DEFAULT-VALUE}).")
    private int buyers;

    @Option(names = "--stock", defaultValue = "1000", description = "Pieces, at most 1000 (default: ${DEFAULT-VALUE}).")
    private int stock;

    @Option(
            names = "--rehearsal",
            defaultValue = "1000",
            description = "Orders a second of another sale before, for 10 s (default: ${DEFAULT-VALUE}).")
    private int rehearsalPerS;

    @Option(names = "--connections", defaultValue = "256", description = "Of buyers (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--waiting-max",
            defaultValue = "65536",
            description = "Requests that one event loop of the server lets wait (default: ${DEFAULT-VALUE}).")
    private int waitingMax;

    @Option(
            names = "--retries",
            defaultValue = "5",
            description = "How often who is refused with 503 tries again, a second later (default: ${DEFAULT-VALUE}).")
    private int retries;

    @Option(names = "--overload", description = "The planned rate may be more than can be sent.")
    private boolean isOverload;

    @Mixin
    private ServerProgram program;

    @Option(
            names = "--data",
            required = true,
            defaultValue = "${env:MIAOJIE_TEST_DATA}",
            description = "Folder with the recorded shapes.")
    private Path data;

    private final Vertx vertx = Vertx.vertx();
    private final Set<String> held = new HashSet<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Path directory = Files.createTempDirectory("miaojie-bench-");
        try (ServerProcess server = program.start(directory, "--waiting-max", Integer.toString(waitingMax))) {
            run(server.awaitReady());
            return 0;
        } finally {
            vertx.close().await();
            IoUtil.delete(directory.toFile(), true);
        }
    }

    private void run(final URI server) throws IOException {
        final String key = Shop.open(vertx, server, ServerProcess.ADMIN_KEY, "bench");
        final Plan plan = Plan.shaped(shape.read(data), peak, seconds);
        try (Api api = new Api(vertx, server, key)) {
            register(api);
            openSale(api, REHEARSAL, stock);
            openSale(api, SALE, stock);
            final Crowd rehearsal = new Crowd(server, key, REHEARSAL);
            rehearsal.send(Plan.even(rehearsalPerS, REHEARSAL_S));
            final Crowd crowd = new Crowd(server, key, SALE);
            tell(plan, crowd.send(plan), crowd.told);
            crowd.tryAgain();
            held.addAll(crowd.held);
            hold(plan, crowd);
            pay(api);
            final JsonObject counters = conserved(api);
            final Crowd repeats = new Crowd(server, key, SALE);
            repeats.send(plan);
            repeats.tryAgain();
            final boolean isAll = crowd.busy.isEmpty() && repeats.busy.isEmpty();
            final boolean isSame = repeats.told.equals(crowd.told) && repeats.held.equals(held);
            require(held.containsAll(repeats.held) && (isSame || !isAll), "sent again: " + repeats.told);
            require(counters.equals(conserved(api)), "repeats changed " + counters);
            caughtUp(api);
        }
    }

    /** Everybody who wants to buy in one sale, and what they were told last. */
    private final class Crowd {
        private final URI server;
        private final String key;
        private final String campaign;
        private final Map<String, Integer> told = new TreeMap<>();
        private final Set<String> held = new HashSet<>();
        private final Set<Integer> busy = new TreeSet<>();

        Crowd(final URI server, final String key, final String campaign) {
            this.server = server;
            this.key = key;
            this.campaign = campaign;
        }

        SocketLoad.Result send(final Plan plan) throws IOException {
            return send(plan, null);
        }

        /** Who was refused for now comes again a second later, all of them spread over the time of the spike. */
        void tryAgain() throws IOException {
            for (int i = 0; i < retries && !busy.isEmpty(); i++) {
                final int[] orders = busy.stream().mapToInt(Integer::intValue).toArray();
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
                busy.clear();
                told.remove(SaleReplies.BUSY);
                send(Plan.spread(orders.length, seconds), orders);
                spec.commandLine()
                        .getOut()
                        .printf("again          %,d, of whom %,d were refused with 503%n", orders.length, busy.size());
            }
        }

        private SocketLoad.Result send(final Plan plan, final int[] orders) throws IOException {
            final SaleRequests requests = new SaleRequests(campaign, campaign.charAt(0), key, buyers, orders);
            try (SocketLoad load = new SocketLoad(
                    new InetSocketAddress(server.getHost(), server.getPort()),
                    connections,
                    1,
                    requests.length(),
                    requests,
                    () -> new SaleReplies(told, held, busy),
                    answered -> {})) {
                return isOverload ? load.overload(plan) : load.follow(plan);
            }
        }
    }

    private void tell(final Plan plan, final SocketLoad.Result result, final Map<String, Integer> told) {
        final PrintWriter out = spec.commandLine().getOut();
        final Histogram latency = result.latencyNs();
        out.printf("shape          %s, %,d orders in %d s, peak %,d/s%n", shape, plan.count(), seconds, peak);
        out.printf("told           %s%n", told);
        out.printf(
                "latency        from the planned time, ms: p50 %.2f  p90 %.2f  p99 %.2f  p99.9 %.2f  max %.2f%n",
                latency.getValueAtPercentile(50) / NS_PER_MS,
                latency.getValueAtPercentile(90) / NS_PER_MS,
                latency.getValueAtPercentile(99) / NS_PER_MS,
                latency.getValueAtPercentile(99.9) / NS_PER_MS,
                latency.getMaxValue() / NS_PER_MS);
        out.printf(
                "answered       %,d in %.1f s, of them %,d refused with 503%n",
                result.answered(), result.elapsedNs() / 1e9, told.getOrDefault(SaleReplies.BUSY, 0));
        out.flush();
    }

    private void hold(final Plan plan, final Crowd crowd) {
        spec.commandLine().getOut().printf("told at last   %s, gave up: %,d%n", crowd.told, crowd.busy.size());
        final int sum = crowd.told.values().stream().mapToInt(Integer::intValue).sum();
        require(sum == plan.count(), "answers: " + sum);
        require(held.size() == crowd.told.getOrDefault(SaleReplies.HELD, 0), "one order was told twice");
        require(held.size() == stock, "orders held: " + held.size());
    }

    private void register(final Api api) {
        for (int first = 0; first < buyers; first += BLOCK_LINES) {
            final Buffer block = Buffer.buffer();
            for (int buyer = first; buyer < Math.min(buyers, first + BLOCK_LINES); buyer++) {
                block.appendString("{\"type\":\"member\",\"id\":\"" + SaleRequests.buyer(buyer) + "\"}\n");
            }
            await(api.ingest(block));
        }
    }

    private static void openSale(final Api api, final String id, final int stock) {
        api.post(
                "/v1/campaigns",
                new JsonObject()
                        .put("id", id)
                        .put("kind", "flash-sale")
                        .put("currency", "CNY")
                        .put(
                                "terms",
                                new JsonObject()
                                        .put("price", PRICE)
                                        .put("stock", stock)
                                        .put("per_member", 1)));
    }

    /** One after the other: a server that lets few wait takes them all. */
    private void pay(final Api api) {
        final String paidAt = Instant.now().toString();
        for (final String order : held) {
            api.post(
                    "/v1/payments",
                    new JsonObject()
                            .put("id", "p" + order)
                            .put("order_id", order)
                            .put("amount", PRICE)
                            .put("currency", "CNY")
                            .put("paid_at", paidAt));
        }
    }

    /** Holds the counters against what buyers were told, and returns them. */
    private JsonObject conserved(final Api api) {
        final JsonObject counters =
                new JsonObject(api.get("/v1/campaigns/" + SALE + "/live")).getJsonObject("counters");
        require(
                counters.getInteger("sold") == held.size()
                        && counters.getInteger("reserved") == 0
                        && counters.getInteger("available") == stock - held.size(),
                "counters: " + counters);
        return counters;
    }

    private void caughtUp(final Api api) {
        final long startNs = System.nanoTime();
        final long last = Metrics.read(api).durableSequence();
        while (Metrics.read(api).projectedSequence() < last) {
            require(System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(PATIENCE_S), "Postgres is behind");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        final JsonArray instances = new JsonObject(
                        api.get("/v1/campaigns/" + SALE + "/instances?state=SOLD&limit=1000&min_sequence=" + last))
                .getJsonArray("instances");
        final Set<String> ids = new HashSet<>();
        instances.forEach(instance -> ids.add(((JsonObject) instance).getString("id")));
        require(ids.equals(held), "instances in Postgres: " + ids.size());
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "projection     caught up %d ms after the last answer%n",
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs));
        out.printf("holds          %,d pieces sold to %,d orders, none twice, none lost%n", stock, held.size());
        out.flush();
    }

    private static <T> void await(final Future<T> answer) {
        try {
            answer.await(PATIENCE_S, TimeUnit.SECONDS);
        } catch (final TimeoutException e) {
            throw new IllegalStateException("no answer in time", e);
        }
    }

    private static void require(final boolean holds, final String what) {
        if (!holds) {
            throw new IllegalStateException("wrong result: " + what);
        }
    }
}
