package io.miaojie.benchmarks.rig;

import io.miaojie.benchmarks.Draws;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.agrona.IoUtil;

/** A shop on a server over a store of known capacity, and who pays there on a planned clock. */
final class SlowShop implements AutoCloseable {
    private static final int MEMBERS = 10_000;

    /** Tables have room for two grants an order, see {@code StateLimits#of}; a payment here makes three. */
    private static final int GRANTS_PER_ORDER = 2;

    private static final int GRANTS_PER_PAYMENT = 3;

    /** Of the heap before anybody has paid, and for each payment: an order, three grants, its keys take 180 bytes. */
    private static final long HEAP_MIB = 1_024;

    private static final long PAYMENTS_PER_MIB = 4_096;
    private static final double NS_PER_MS = 1e6;

    /**
     * What so many payments a second for so long came to. Latencies are of those that were answered with 200, from the
     * moment they were planned for.
     */
    record Turn(int asked, int perSecond, long refused, Histogram latencyNs, long elapsedNs, long anonymousBytes) {
        long answered() {
            return latencyNs.getTotalCount();
        }

        double p99Ms() {
            return latencyNs.getValueAtPercentile(99) / NS_PER_MS;
        }

        /** Tells whether this client sent what it had planned to; if not, the turn says little. */
        boolean isKept() {
            return elapsedNs < asked * 1e9 / perSecond * 1.05 + 5e8;
        }

        @Override
        public String toString() {
            return "%6d/s asked  %6.0f/s answered  %8d refused  p50 %7.2f ms  p99 %7.2f ms  max %7.1f ms  %4d MiB%s"
                    .formatted(
                            perSecond,
                            answered() * 1e9 / elapsedNs,
                            refused,
                            latencyNs.getValueAtPercentile(50) / NS_PER_MS,
                            p99Ms(),
                            latencyNs.getMaxValue() / NS_PER_MS,
                            anonymousBytes >> 20,
                            isKept() ? "" : "  (the client could not keep the plan)");
        }
    }

    private final Path directory = Files.createTempDirectory("miaojie-bench-");
    private final Vertx vertx = Vertx.vertx();
    private final LongAdder refused = new LongAdder();
    private final ServerProcess server;
    private final Api api;
    private final SocketLoad load;

    /**
     * Starts server and shop; the JVM touches its whole heap, so that what grows is what leaks.
     *
     * @param payments that will be answered at most: tables and heap have room for them
     */
    SlowShop(final SlowServer.Store store, final int connections, final long payments)
            throws IOException, InterruptedException {
        final long heapMib = HEAP_MIB + payments / PAYMENTS_PER_MIB;
        server = ServerProcess.startOwn(
                SlowServer.class,
                List.of("-Xms" + heapMib + "m", "-Xmx" + heapMib + "m", "-XX:+AlwaysPreTouch"),
                directory.toString(),
                Integer.toString(store.forceMs()),
                Integer.toString(store.commitSlots()),
                Integer.toString(store.waitMaxMs()),
                Integer.toString(2 * MEMBERS),
                Long.toString(payments * GRANTS_PER_PAYMENT / GRANTS_PER_ORDER));
        final URI uri = server.awaitReady();
        final String key = Shop.open(vertx, uri, ServerProcess.ADMIN_KEY, "bench");
        api = new Api(vertx, uri, key);
        final String paidAt = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        final HttpRequests requests = HttpRequests.single(
                new PaymentJson(false, "p-", paidAt, payment -> Draws.member(payment, MEMBERS)), key);
        load = new SocketLoad(
                new InetSocketAddress(uri.getHost(), uri.getPort()),
                connections,
                1,
                requests.length(),
                requests,
                () -> HttpReplies.underPressure(refused),
                answered -> {});
    }

    /** Asks for so many payments a second, for so long. */
    Turn ask(final int perSecond, final int seconds) throws IOException {
        refused.reset();
        final Plan plan = Plan.even(perSecond, seconds);
        final SocketLoad.Result result = load.overload(plan);
        return new Turn(
                plan.count(),
                perSecond,
                refused.sum(),
                result.latencyNs(),
                result.elapsedNs(),
                server.anonymousBytes());
    }

    long heapBytes() {
        return Metrics.read(api).heapBytes();
    }

    @Override
    public void close() throws IOException {
        load.close();
        api.close();
        server.close();
        vertx.close().await();
        IoUtil.delete(directory.toFile(), true);
    }
}
