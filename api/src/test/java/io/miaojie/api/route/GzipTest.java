package io.miaojie.api.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.support.Caller;
import io.miaojie.api.support.RawConnection;
import io.miaojie.api.support.TestServer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gzip bodies are read as what they hold; what is no gzip, is cut short or grows beyond measure is refused. */
@Timeout(60)
class GzipTest {
    private final TestServer server = TestServer.start();
    private Caller caller;

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
    void takesASinglePayment() {
        TestServer.expect(200, post("/v1/payments", "application/json", gzip(payment("p1")), "gzip"));
        assertEquals(
                "UNSUPPORTED_MEDIA_TYPE", code(post("/v1/payments", "application/json", gzip(payment("p2")), "br")));
    }

    @Test
    void takesManyLinesInSeveralMembers() {
        final byte[] first = gzip(lines(0, 20_000));
        final byte[] second = gzip("\n" + lines(20_000, 30_000));
        final byte[] body = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, body, first.length, second.length);
        assertTrue(body.length * 20 > lines(0, 30_000).length(), "the ratio is that of payments");
        final List<JsonObject> answers = events("?answers=summary", body);
        assertEquals(30_000, answers.get(0).getJsonObject("summary").getInteger("done"));
    }

    @Test
    void aBodyThatIsCutShortIsRefusedBehindItsWholeLines() {
        final byte[] whole = gzip(lines(0, 2_000));
        final List<JsonObject> answers =
                events("?answers=refused", Arrays.copyOf(whole, whole.length - whole.length / 3));
        assertEquals("ENCODING_INVALID", answers.get(0).getString("code"));
        final JsonObject summary = answers.get(1).getJsonObject("summary");
        assertTrue(summary.getInteger("done") > 100, summary.encode());
        assertTrue(summary.getInteger("done") < 2_000, summary.encode());
    }

    @Test
    void aDamagedBodyIsRefused() {
        final byte[] damaged = gzip(lines(0, 100));
        damaged[damaged.length - 6] ^= 1;
        assertEquals(
                "ENCODING_INVALID", events("?answers=refused", damaged).get(0).getString("code"));
        assertEquals(
                "ENCODING_INVALID",
                code(post("/v1/payments", "application/json", "{}".getBytes(StandardCharsets.US_ASCII), "gzip")));
        final byte[] payment = gzip(payment("p1"));
        payment[payment.length - 1] ^= 1;
        assertEquals("ENCODING_INVALID", code(post("/v1/payments", "application/json", payment, "gzip")));
    }

    @Test
    void aBombIsRefusedBeforeItGoesOff() {
        final byte[] bomb = gzip(" ".repeat(200_000_000));
        assertTrue(bomb.length < 250_000, "bomb of " + bomb.length);
        assertEquals("BODY_TOO_LARGE", code(post("/v1/payments", "application/json", bomb, "gzip")));
        final long before = server.gate().sequence();
        final JsonObject summary = events("?answers=summary", bomb).get(0).getJsonObject("summary");
        assertEquals(1, summary.getJsonObject("codes").getInteger("BODY_TOO_LARGE"), summary.encode());
        assertEquals(before, server.gate().sequence());
        TestServer.expect(200, caller.get("/health/live"));
    }

    @Test
    void theConnectionOutlivesABodyThatIsRefusedOnItsWay() throws IOException {
        try (RawConnection connection = new RawConnection(server.port(), caller.secret())) {
            final String type = "application/x-ndjson\r\nContent-Encoding: gzip";
            connection.write(connection.head("POST", "/v1/events", type, -1).getBytes(StandardCharsets.US_ASCII));
            connection.chunk("this is no gzip");
            final String refused = connection.read().body().lines().findFirst().orElseThrow();
            assertEquals("ENCODING_INVALID", new JsonObject(refused).getString("code"));
            connection.chunk("nor is this");
            connection.chunk("");
            assertEquals(
                    200,
                    connection.send("GET", "/health/live", null, new byte[0]).status());
        }
    }

    private List<JsonObject> events(final String query, final byte[] body) {
        final HttpResponse<String> response = post("/v1/events" + query, "application/x-ndjson", body, "gzip");
        TestServer.expect(200, response);
        return response.body().lines().map(JsonObject::new).toList();
    }

    private HttpResponse<String> post(final String path, final String type, final byte[] body, final String encoding) {
        return caller.send(caller.request(path)
                .header("Content-Type", type)
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static String code(final HttpResponse<String> response) {
        return new JsonObject(response.body()).getString("code");
    }

    private static byte[] gzip(final String text) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String lines(final int from, final int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> payment("p" + i * 7_919L).replace("{\"id\"", "{\"type\":\"payment\",\"id\""))
                .collect(Collectors.joining("\n"));
    }

    private static String payment(final String id) {
        return "{\"id\":\"" + id + "\",\"order_id\":\"o-" + id + "\",\"member_id\":\"u" + id.hashCode() % 1_000
                + "\",\"amount\":" + (id.hashCode() & 0xFFFF)
                + ",\"currency\":\"CNY\",\"paid_at\":\"2026-01-01T00:00:00Z\"}";
    }
}
