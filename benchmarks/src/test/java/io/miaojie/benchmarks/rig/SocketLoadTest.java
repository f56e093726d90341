package io.miaojie.benchmarks.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The load keeps its plan, measures from the planned moment, and fails when the plan can't be kept. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SocketLoadTest {
    private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final long STALL_MS = 700;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger served = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void sendsWhatIsPlanned() throws IOException {
        try (SocketLoad load = load(server(0), 4)) {
            final SocketLoad.Result result = load.follow(Plan.even(200, 1));
            assertEquals(200, result.answered());
            assertEquals(200, served.get());
            assertEquals(200, result.latencyNs().getTotalCount());
            assertTrue(result.elapsedNs() >= 199 * TimeUnit.SECONDS.toNanos(1) / 200, () -> "" + result.elapsedNs());
        }
    }

    /** One request stalls on the one connection: those planned behind it have waited as well. */
    @Test
    void countsAStallForEachRequestBehindIt() throws IOException {
        try (SocketLoad load = load(server(STALL_MS), 1)) {
            final SocketLoad.Result result = load.follow(Plan.even(100, 2));
            final long stallNs = TimeUnit.MILLISECONDS.toNanos(STALL_MS);
            assertTrue(result.latencyNs().getMaxValue() >= stallNs);
            final long waited = result.latencyNs().getCountBetweenValues(stallNs / 2, Long.MAX_VALUE);
            assertTrue(waited >= 20, () -> "waited=" + waited);
        }
    }

    /** The server may need the core that a client would take that asks again and again. */
    @Test
    void takesNoProcessorWhileItWaitsForAnAnswer() throws IOException {
        try (SocketLoad load = load(server(STALL_MS), 1)) {
            final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            final long beforeNs = threads.getCurrentThreadCpuTime();
            assertEquals(7, load.overload(Plan.spread(7, 0)).answered());
            final long takenNs = threads.getCurrentThreadCpuTime() - beforeNs;
            assertTrue(takenNs < TimeUnit.MILLISECONDS.toNanos(STALL_MS) / 2, () -> "takenNs=" + takenNs);
        }
    }

    @Test
    void failsWhenThePlannedRateIsNotReached() throws IOException {
        try (SocketLoad load = load(server(2 * STALL_MS), 1)) {
            final IllegalStateException e =
                    assertThrows(IllegalStateException.class, () -> load.follow(Plan.even(10, 1)));
            assertTrue(e.getMessage().startsWith("FAILED"), e::getMessage);
        }
    }

    @Test
    void stopsSendingAtItsCount() throws IOException {
        try (SocketLoad load = load(server(0), 3)) {
            assertEquals(50, load.saturate(TimeUnit.MINUTES.toNanos(1), 50).answered());
            assertEquals(50, load.sent());
            assertEquals(50, served.get());
        }
    }

    private SocketLoad load(final HttpServer server, final int connections) throws IOException {
        return new SocketLoad(
                new InetSocketAddress("127.0.0.1", server.actualPort()),
                connections,
                1,
                REQUEST.length,
                (request, out) -> out.put(REQUEST),
                HttpReplies::new,
                answered -> {});
    }

    /** A server whose sixth answer comes this much later. */
    private HttpServer server(final long stallMs) {
        return vertx.createHttpServer()
                .requestHandler(request -> {
                    if (served.incrementAndGet() == 6 && stallMs > 0) {
                        vertx.setTimer(stallMs, now -> request.response().end());
                    } else {
                        request.response().end();
                    }
                })
                .listen(0, "127.0.0.1")
                .await();
    }
}
