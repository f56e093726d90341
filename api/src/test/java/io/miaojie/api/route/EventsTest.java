package io.miaojie.api.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.edge.EdgeLimits;
import io.miaojie.api.edge.GuessLimits;
import io.miaojie.api.edge.HttpLimits;
import io.miaojie.api.feed.FeedLimits;
import io.miaojie.api.support.Caller;
import io.miaojie.api.support.RawConnection;
import io.miaojie.api.support.TestServer;
import io.miaojie.gate.SubmitCode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bulk: each line for itself, in order, whatever the others are, and however client and ring dawdle. */
@Timeout(120)
class EventsTest {
    private final TestServer server = TestServer.start(
            1,
            new EdgeLimits(
                    1024,
                    1024 * 1024,
                    64 * 1024,
                    256 * 1024,
                    HttpLimits.defaults(),
                    FeedLimits.defaults(),
                    GuessLimits.defaults()));
    private Caller caller;

    @BeforeEach
    void merchant() {
        server.merchant("m1");
        caller = server.key("m1", "k1", "admin");
        TestServer.expect(
                200,
                caller.post(
                        "/v1/campaigns",
                        """
                {'id':'c1','kind':'purchase-rebate','currency':'CNY','terms':{'rate_ppm':10000}}"""));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersEachLineForItselfAndInOrder() {
        final List<JsonObject> answers = answers(caller.events(
                "",
                String.join(
                        "\n",
                        line("a"),
                        "{broken",
                        "",
                        line("b"),
                        "{'type':'lottery','id':'r1'}",
                        "{'id':'x'}",
                        line("c").replace("'amount':100", "'amount':-5"),
                        line("a"),
                        line("a").replace("'amount':100", "'amount':101"),
                        line("d")
                                .replace("{'type':'payment',", "{'id':'d','type':'payment',")
                                .replace("'id':'d','order", "'order"))));
        assertLine(answers.get(0), 1, 200, null);
        assertEquals(
                "c1",
                answers.get(0)
                        .getJsonObject("body")
                        .getJsonArray("grants")
                        .getJsonObject(0)
                        .getString("campaign_id"));
        assertLine(answers.get(1), 2, 400, "MALFORMED_JSON");
        assertLine(answers.get(2), 4, 200, null);
        assertLine(answers.get(3), 5, 422, "UNSUPPORTED_TYPE");
        assertLine(answers.get(4), 6, 400, "MISSING_FIELD");
        assertEquals("/type", answers.get(4).getString("pointer"));
        assertLine(answers.get(5), 7, 400, "OUT_OF_RANGE");
        assertEquals("c", answers.get(5).getString("id"));
        assertLine(answers.get(6), 8, 200, null);
        assertTrue(answers.get(6).getBoolean("replayed"));
        assertLine(answers.get(7), 9, 422, "ID_REUSED");
        assertEquals("/amount", answers.get(7).getString("pointer"));
        assertLine(answers.get(8), 10, 200, null);
        final JsonObject summary = answers.get(9).getJsonObject("summary");
        assertEquals(9, summary.getInteger("lines"));
        assertEquals(4, summary.getInteger("done"));
        assertEquals(1, summary.getInteger("repeated"));
        assertEquals(5, summary.getInteger("refused"));
        assertEquals(1, summary.getJsonObject("codes").getInteger("UNSUPPORTED_TYPE"));
        assertEquals(10, answers.size());
    }

    @Test
    void aHalfLastLineIsAnErrorAndNothingOfItIsTaken() {
        final long before = server.gate().sequence();
        final String half = line("b").substring(0, line("b").length() - 1);
        final List<JsonObject> answers = answers(caller.events("", line("a") + "\n" + half));
        assertLine(answers.get(1), 2, 400, "MALFORMED_JSON");
        assertEquals(before + 1, server.gate().sequence());
    }

    @Test
    void aBrokenConnectionTakesWholeLinesOnly() throws IOException {
        final long before = server.gate().sequence();
        try (RawConnection connection = new RawConnection(server.port(), caller.secret())) {
            connection.write(connection
                    .head("POST", "/v1/events", "application/x-ndjson", -1)
                    .getBytes(StandardCharsets.US_ASCII));
            connection.chunk(line("a").replace('\'', '"') + "\n" + line("b").replace('\'', '"'));
            await(() -> server.gate().sequence() == before + 1);
            connection.abort();
        }
        TestServer.expect(200, caller.get("/health/ready"));
        assertEquals(before + 1, server.gate().sequence());
    }

    @Test
    void aLineThatIsTooLongIsRefusedAndTheNextIsTaken() {
        final String tooLong =
                line("b").replace("'member_id'", "'share_token':'" + "x".repeat(200_000) + "','member_id'");
        final List<JsonObject> answers =
                answers(caller.events("", line("a") + "\n" + tooLong + "\n" + line("c") + "\n" + tooLong));
        assertLine(answers.get(0), 1, 200, null);
        assertLine(answers.get(1), 2, 413, "LINE_TOO_LONG");
        assertLine(answers.get(2), 3, 200, null);
        assertLine(answers.get(3), 4, 413, "LINE_TOO_LONG");
        assertEquals(5, answers.size());
    }

    @Test
    void linesThatAreDecidedOutOfOrderAreAnsweredInOrder() throws IOException {
        server.gate().hold();
        try (RawConnection connection = new RawConnection(server.port(), caller.secret())) {
            final String body = lines(500).replace('\'', '"');
            connection.write(connection
                    .head("POST", "/v1/events", "application/x-ndjson", body.length())
                    .getBytes(StandardCharsets.US_ASCII));
            connection.write(body.getBytes(StandardCharsets.US_ASCII));
            await(() -> server.gate().heldCount() == 500);
            server.gate().release(true);
            final List<JsonObject> answers = parsed(connection.read().body());
            for (int i = 0; i < 500; i++) {
                assertLine(answers.get(i), i + 1, 200, null);
                assertEquals("p" + i, answers.get(i).getString("id"));
            }
        }
    }

    @Test
    void aFullRingDelaysLinesAndLosesNone() {
        server.gate().refuse(SubmitCode.RING_FULL, 50);
        final List<JsonObject> answers = answers(caller.events("?answers=summary", lines(5_000)));
        assertEquals(1, answers.size());
        assertEquals(5_000, answers.get(0).getJsonObject("summary").getInteger("done"));
        assertTrue(server.gate().submissions() >= 5_050);
    }

    @Test
    void moreLinesThanMayWaitAreTakenAsAnswersCome() throws IOException {
        server.gate().hold();
        try (RawConnection connection = new RawConnection(server.port(), caller.secret())) {
            final String body = lines(3_000).replace('\'', '"');
            connection.write(connection
                    .head("POST", "/v1/events?answers=refused", "application/x-ndjson", body.length())
                    .getBytes(StandardCharsets.US_ASCII));
            connection.write(body.getBytes(StandardCharsets.US_ASCII));
            await(() -> server.gate().heldCount() == 1024);
            assertEquals(503, caller.get("/v1/pools/u1").statusCode(), "single requests are told to come back");
            server.gate().release(false);
            final List<JsonObject> answers = parsed(connection.read().body());
            assertEquals(3_000, answers.get(0).getJsonObject("summary").getInteger("done"));
        }
    }

    @Test
    void aClientThatReadsNothingBeforeItHasSentAllIsPausedAndThenServed() throws IOException {
        try (RawConnection connection = new RawConnection(server.port(), caller.secret())) {
            final int count = 60_000;
            final byte[] body = lines(count).replace('\'', '"').getBytes(StandardCharsets.US_ASCII);
            connection.write(connection
                    .head("POST", "/v1/events", "application/x-ndjson", body.length)
                    .getBytes(StandardCharsets.US_ASCII));
            final Thread sender = new Thread(() -> write(connection, body));
            sender.start();
            awaitStandstill();
            assertTrue(server.gate().submissions() < count, "reading stopped before the end");
            final List<JsonObject> answers = parsed(connection.read().body());
            assertEquals(count + 1, answers.size());
            assertEquals(count, answers.get(count).getJsonObject("summary").getInteger("done"));
        }
    }

    @Test
    void aClientThatReadsAsItWritesMaySendMoreThanIsBuffered() throws IOException {
        try (RawConnection connection = new RawConnection(server.port(), caller.secret())) {
            final int count = 60_000;
            final byte[] body = lines(count).replace('\'', '"').getBytes(StandardCharsets.US_ASCII);
            connection.write(connection
                    .head("POST", "/v1/events", "application/x-ndjson", body.length)
                    .getBytes(StandardCharsets.US_ASCII));
            final Thread sender = new Thread(() -> write(connection, body));
            sender.start();
            final List<JsonObject> answers = parsed(connection.read().body());
            assertEquals(count, answers.get(count).getJsonObject("summary").getInteger("done"));
            for (int i = 0; i < count; i++) {
                assertEquals("p" + i, answers.get(i).getString("id"));
            }
        }
    }

    @Test
    void aStoppedNodeAnswersEachLineWithThat() {
        server.gate().refuse(SubmitCode.STOPPED, 2);
        final List<JsonObject> answers = answers(caller.events("", lines(2)));
        assertLine(answers.get(0), 1, 503, "STOPPED");
        assertLine(answers.get(1), 2, 503, "STOPPED");
    }

    @Test
    void anEmptyBodyIsAnsweredWithItsSummary() {
        final List<JsonObject> answers = answers(caller.events("", ""));
        assertEquals(0, answers.get(0).getJsonObject("summary").getInteger("lines"));
        assertFalse(answers.size() > 1);
    }

    /** Waits until nothing was submitted for a while: the server has stopped reading. */
    private void awaitStandstill() {
        final long[] seen = {-1, System.nanoTime()};
        await(() -> {
            final long now = server.gate().submissions();
            if (now != seen[0]) {
                seen[0] = now;
                seen[1] = System.nanoTime();
            }
            return now > 100 && System.nanoTime() - seen[1] > 500_000_000L;
        });
    }

    private static void write(final RawConnection connection, final byte[] body) {
        try {
            connection.write(body);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(final BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static String lines(final int count) {
        return IntStream.range(0, count).mapToObj(i -> line("p" + i)).collect(Collectors.joining("\n"));
    }

    private static String line(final String id) {
        return "{'type':'payment','id':'" + id + "','order_id':'o-" + id
                + "','member_id':'u1','amount':100,'currency':'CNY','paid_at':'2026-01-01T00:00:00Z'}";
    }

    private static List<JsonObject> answers(final HttpResponse<String> response) {
        TestServer.expect(200, response);
        assertEquals(
                "application/x-ndjson",
                response.headers().firstValue("Content-Type").orElseThrow());
        return parsed(response.body());
    }

    private static List<JsonObject> parsed(final String body) {
        return body.lines().map(JsonObject::new).toList();
    }

    private static void assertLine(final JsonObject answer, final int line, final int status, final String code) {
        assertEquals(line, answer.getInteger("line"), answer.encode());
        assertEquals(status, answer.getInteger("status"), answer.encode());
        if (code == null) {
            assertNull(answer.getString("code"), answer.encode());
        } else {
            assertEquals(code, answer.getString("code"), answer.encode());
        }
    }
}
