package io.miaojie.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.edge.EdgeLimits;
import io.miaojie.api.edge.HttpLimits;
import io.miaojie.api.support.Caller;
import io.miaojie.api.support.RawConnection;
import io.miaojie.api.support.TestServer;
import io.miaojie.gate.SubmitCode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients on real sockets that dawdle, trickle, flood or hang up: each loses its connection, nobody else notices. */
@Timeout(60)
class HostileClientTest {
    /** Most contracts, of 108 KB each, that the buffers of two sockets hold at 36 MiB, and as many again for slack. */
    private static final int UNREAD_ANSWERS_MAX = 700;

    private final TestServer server = TestServer.start(
            1, EdgeLimits.defaults().withHttp(new HttpLimits(50, 4_096, 16 * 1024, 1_500, 1_500, 1_500, 3_000)));
    private Caller caller;

    /** How often this test itself has looked at the figures, each look an answer of 200. */
    private int looks;

    @BeforeEach
    void merchant() {
        server.merchant("m1");
        caller = server.key("m1", "k1", "admin");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aHeadThatTricklesInIsNotWaitedFor() throws IOException {
        try (RawConnection connection = new RawConnection(server.port(), caller.secret())) {
            trickle(connection, "GET /health/live HTTP/1.1\r\nHost: test\r\nX-Padding: " + "x".repeat(10_000));
        }
        closed("HEAD");
    }

    @Test
    void aConnectionOnWhichNothingComesEnds() throws IOException {
        try (RawConnection silent = new RawConnection(server.port(), caller.secret());
                RawConnection used = new RawConnection(server.port(), caller.secret())) {
            assertEquals(
                    200, used.send("GET", "/health/live", null, new byte[0]).status());
            assertThrows(IOException.class, silent::read);
            assertThrows(IOException.class, used::read);
        }
    }

    @Test
    void aBodyThatTricklesInIsNotWaitedFor() throws IOException {
        try (RawConnection connection = new RawConnection(server.port(), caller.secret())) {
            connection.write(ascii(connection.head("POST", "/v1/payments", "application/json", 100_000)));
            trickle(connection, "{\"id\":\"" + "x".repeat(10_000));
        }
        closed("BODY");
    }

    @Test
    void aBulkRequestThatStopsInMidLineEndsAndItsWholeLinesStand() throws IOException {
        final long before = server.gate().sequence();
        try (RawConnection connection = new RawConnection(server.port(), caller.secret())) {
            connection.write(ascii(connection.head("POST", "/v1/events", "application/x-ndjson", -1)));
            connection.chunk(line("a") + "\n" + line("b") + "\n" + line("c").substring(0, 30));
            assertThrows(IOException.class, connection::read);
        }
        closed("PROGRESS");
        assertEquals(before + 2, server.gate().sequence());
    }

    @Test
    void whoAsksMuchAndReadsNothingIsNotAnsweredWithoutEnd() throws IOException {
        try (RawConnection connection = new RawConnection(server.port(), caller.secret())) {
            final byte[] requests = ascii("GET /openapi.yaml HTTP/1.1\r\nHost: test\r\n\r\n".repeat(20_000));
            final CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
                try {
                    connection.write(requests);
                } catch (final IOException e) {
                    // The server has hung up, as it should.
                    throw new java.io.UncheckedIOException(e);
                }
            });
            closed("HEAD");
            final double answered = responses() - looks;
            assertTrue(answered < UNREAD_ANSWERS_MAX, "answered " + answered);
            connection.abort();
            sender.handle((done, fault) -> fault).join();
        }
    }

    @Test
    void thereAreOnlySoManyConnections() throws IOException {
        final List<RawConnection> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                idle.add(new RawConnection(server.port(), null));
            }
            int refused = 0;
            for (final RawConnection connection : idle.subList(50, 60)) {
                assertThrows(IOException.class, connection::read);
                refused++;
            }
            assertEquals(10, refused);
        } finally {
            for (final RawConnection connection : idle) {
                connection.close();
            }
        }
        await(() -> isAnswered(caller));
        closed("FULL");
    }

    @Test
    void aFullRingSaysWhenToComeBack() {
        server.gate().refuse(SubmitCode.RING_FULL, 1);
        final HttpResponse<String> full = caller.post("/v1/payments", line("a").replace("\"type\":\"payment\",", ""));
        assertEquals(503, full.statusCode());
        assertEquals("1", full.headers().firstValue("Retry-After").orElseThrow());
        TestServer.expect(200, caller.post("/v1/payments", line("a").replace("\"type\":\"payment\",", "")));
    }

    @Test
    void aStopAnswersWhatIsUnderWay() throws IOException {
        server.gate().hold();
        try (RawConnection connection = new RawConnection(server.port(), caller.secret());
                RawConnection idle = new RawConnection(server.port(), caller.secret())) {
            final byte[] body = ascii(line("a").replace("\"type\":\"payment\",", ""));
            connection.write(ascii(connection.head("POST", "/v1/payments", "application/json", body.length)));
            connection.write(body);
            await(() -> server.gate().heldCount() == 1);
            final CompletableFuture<Void> stop = CompletableFuture.runAsync(server::close);
            assertThrows(IOException.class, idle::read);
            server.gate().release(false);
            assertEquals(200, connection.read().status());
            stop.join();
        }
    }

    /** Sends a byte now and then, until the server hangs up. */
    private static void trickle(final RawConnection connection, final String text) {
        assertThrows(IOException.class, () -> {
            for (final byte value : ascii(text)) {
                connection.write(new byte[] {value});
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
            throw new AssertionError("the server took it all");
        });
    }

    private void closed(final String awaited) {
        await(() -> metric("miaojie_connections_closed_total{awaited=\"" + awaited + "\"}") >= 1);
        TestServer.expect(200, caller.get("/health/live"));
    }

    private double responses() {
        return metric("miaojie_http_responses_total{status=\"200\"}");
    }

    private double metric(final String name) {
        looks++;
        return caller.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private static boolean isAnswered(final Caller caller) {
        try {
            return caller.get("/health/live").statusCode() == 200;
        } catch (final java.io.UncheckedIOException e) {
            return false;
        }
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String line(final String id) {
        return "{\"type\":\"payment\",\"id\":\"" + id + "\",\"order_id\":\"o-" + id
                + "\",\"member_id\":\"u1\",\"amount\":100,\"currency\":\"CNY\",\"paid_at\":\"2026-01-01T00:00:00Z\"}";
    }

    private static void await(final BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
