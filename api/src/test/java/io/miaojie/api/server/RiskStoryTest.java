package io.miaojie.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.edge.EdgeLimits;
import io.miaojie.api.support.Caller;
import io.miaojie.api.support.Contract;
import io.miaojie.api.support.RealServer;
import io.miaojie.api.support.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules of risk over HTTP: an order is held, listed, released by a person, told in the feed; another is given up by a
 * timer.
 */
@Tag("postgres")
@Timeout(120)
class RiskStoryTest {
    private static final String PAYMENT =
            """
            {'id':'%s','order_id':'%s','member_id':'%s','amount':10000,'currency':'CNY',
             'paid_at':'2026-01-01T00:00:00Z','signals':{'device':'the-telephone-of-anna','address':'%s'}}""";

    private static final Contract CONTRACT = Contract.read();

    @TempDir
    private static Path directory;

    @Test
    void whatARuleHeldIsDecidedByAPersonOrByTime() throws IOException {
        try (RealServer server = RealServer.sandbox(directory, EdgeLimits.defaults())) {
            final Caller shop = shopWithRules(server);
            assertFalse(paid(shop, "p1", "o1", "u1", "A").containsKey("risk"));
            final JsonObject held = paid(shop, "p2", "o2", "u2", "A");
            assertEquals("HOLD", held.getJsonObject("risk").getString("verdict"), held.encode());
            assertEquals("DEVICE_SHARED", held.getJsonObject("risk").getString("code"));
            assertEquals(held.getJsonObject("risk"), risk(shop, "o2"));
            assertEquals(null, risk(shop, "o1"));
            assertTrue(held.getJsonObject("risk").containsKey("until"));
            assertEquals(new JsonArray().add("DEVICE_SHARED"), held.getJsonArray("codes"));
            assertEquals(100, held.getJsonArray("pools").getJsonObject(0).getInteger("pending"));
            final JsonObject rejected = paid(shop, "p3", "o3", "u3", "A");
            assertEquals("REJECT", rejected.getJsonObject("risk").getString("verdict"), rejected.encode());
            assertEquals("ADDRESS_SHARED", rejected.getJsonObject("risk").getString("code"));
            assertTrue(rejected.getJsonArray("grants").isEmpty());
            assertEquals(
                    "HOLD",
                    paid(shop, "p4", "o4", "u4", "B").getJsonObject("risk").getString("verdict"));

            final String listed = shop.get("/v1/discrepancies?code=DEVICE_SHARED&min_sequence=" + server.lastSequence())
                    .body();
            assertTrue(listed.contains("\"o2\"") && listed.contains("\"o4\""), listed);

            final HttpResponse<String> timeline =
                    shop.get("/v1/orders/o2/timeline?min_sequence=" + server.lastSequence());
            TestServer.expect(200, timeline);
            assertTrue(timeline.body().contains("DEVICE_SHARED"), timeline.body());

            final HttpResponse<String> released = shop.post(
                    "/v1/orders/o2/review", "{'id':'r1','verdict':'release','actor':'anna','reason':'one family'}");
            TestServer.expect(200, released);
            final JsonObject answer = new JsonObject(released.body());
            assertEquals("", CONTRACT.faults(CONTRACT.answerSchema("POST /v1/orders/{id}/review"), answer));
            assertEquals("RELEASE", answer.getJsonObject("risk").getString("verdict"), answer.encode());
            assertEquals("PAID", answer.getString("status"));
            assertEquals(answer.getJsonObject("risk"), risk(shop, "o2"));
            assertEquals(rejected.getJsonObject("risk"), risk(shop, "o3"));
            assertEquals(100, pool(shop, "u2").getInteger("spendable"));
            assertEquals(0, pool(shop, "u2").getInteger("pending"));
            final HttpResponse<String> twice =
                    shop.post("/v1/orders/o2/review", "{'id':'r2','verdict':'reject','actor':'anna'}");
            assertEquals(409, twice.statusCode(), twice.body());

            TestServer.expect(200, shop.post("/v1/sandbox/clock", "{'id':'t1','advance':'P3D'}"));
            assertEquals(0, pool(shop, "u4").getInteger("pending"));
            assertEquals(0, pool(shop, "u4").getInteger("spendable"));

            assertEquals(
                    List.of(
                            "order.held o2",
                            "order.rejected o3",
                            "order.held o4",
                            "order.released o2",
                            "order.rejected o4"),
                    told(shop));
            final String audit = server.node()
                    .get("/v1/audit?min_sequence=" + server.lastSequence())
                    .body();
            assertTrue(audit.contains("\"order.release\"") && audit.contains("\"risk_rules.define\""), audit);
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                final String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertFalse(bytes.contains("the-telephone-of-anna"), file.toString());
            }
        }
    }

    @Test
    void rulesAreToldInTheWordsInWhichTheyAreSet() {
        try (RealServer server = RealServer.sandbox(directory.resolve("rules"), EdgeLimits.defaults())) {
            final Caller shop = shopWithRules(server);
            final String device = "{'signal':'device','limit':1,'window':'PT24H','verdict':'hold'}";
            final String address = "{'signal':'address','limit':2,'window':'PT24H','verdict':'reject'}";
            assertEquals(
                    json("{'review':'PT72H','at_end':'reject','rules':[" + device + "," + address + "]}"), rules(shop));

            final String self = "{'signal':'self_referral','window':'PT1H','verdict':'reject'}";
            final String head = "'actor':'anna','review':'PT1H','at_end':'release','rules':[";
            TestServer.expect(200, shop.put("/v1/risk-rules", "{'id':'rules-2'," + head + self + "]}"));
            assertEquals(json("{'review':'PT1H','at_end':'release','rules':[" + self + "]}"), rules(shop));

            TestServer.expect(200, shop.put("/v1/risk-rules", "{'id':'rules-3','actor':'anna','rules':[]}"));
            assertEquals(json("{'rules':[]}"), rules(shop));
            assertEquals(
                    403, server.key("m1", "k2", "ingest").get("/v1/risk-rules").statusCode());
        }
    }

    private static JsonObject rules(final Caller shop) {
        final HttpResponse<String> response = shop.get("/v1/risk-rules");
        TestServer.expect(200, response);
        final JsonObject rules = new JsonObject(response.body());
        assertEquals("", CONTRACT.faults(CONTRACT.answerSchema("GET /v1/risk-rules"), rules), response.body());
        return rules;
    }

    private static JsonObject json(final String quoted) {
        return new JsonObject(quoted.replace('\'', '"'));
    }

    /** Returns what the order itself says of its review. */
    private static JsonObject risk(final Caller shop, final String order) {
        final HttpResponse<String> response = shop.get("/v1/orders/" + order);
        TestServer.expect(200, response);
        final JsonObject body = new JsonObject(response.body());
        assertEquals("", CONTRACT.faults(CONTRACT.answerSchema("GET /v1/orders/{id}"), body), response.body());
        return body.getJsonObject("risk");
    }

    @Test
    void signalsAreReadAsStrictlyAsTheRest() {
        try (TestServer server = TestServer.start()) {
            server.merchant("m1");
            final Caller shop = server.key("m1", "k1", "ingest");
            final String payment = PAYMENT.formatted("p1", "o1", "u1", "A")
                    .replace("{'device':'the-telephone-of-anna','address':'A'}", "%s");
            for (final String[] each : new String[][] {
                {"{'device':'d'}", "200", null},
                {"{}", "200", null},
                {"{'device':''}", "400", "/signals/device"},
                {"{'device':1}", "400", "/signals/device"},
                {"{'device':'" + "x".repeat(129) + "'}", "400", "/signals/device"},
                {"{'device':'d','device':'d'}", "400", "/signals/device"},
                {"{'phone':'d'}", "400", "/signals/phone"},
                {"'d'", "400", "/signals"},
                {"null", "400", "/signals"}
            }) {
                final HttpResponse<String> response = shop.post(
                        "/v1/payments", payment.formatted(each[0]).replace("'p1'", "'" + each[0].hashCode() + "'"));
                assertEquals(Integer.parseInt(each[1]), response.statusCode(), each[0] + response.body());
                assertEquals(each[2], new JsonObject(response.body()).getString("pointer"), each[0]);
            }
            TestServer.expect(200, shop.post("/v1/payments", payment.formatted("{'device':'d'}")));
            final HttpResponse<String> other = shop.post("/v1/payments", payment.formatted("{'device':'e'}"));
            assertEquals(422, other.statusCode(), other.body());
            assertEquals("/signals", new JsonObject(other.body()).getString("pointer"));
        }
    }

    private static Caller shopWithRules(final RealServer server) {
        TestServer.expect(200, server.node().post("/v1/merchants", "{'id':'m1','name':'Tea'}"));
        final Caller shop = server.key("m1", "k1", "operate");
        TestServer.expect(
                200,
                shop.post(
                        "/v1/campaigns",
                        "{'id':'c1','kind':'purchase-rebate','currency':'CNY','terms':{'rate_ppm':10000}}"));
        final String rules = "{'id':'rules-1','actor':'anna','review':'P3D','rules':["
                + "{'signal':'device','limit':1,'window':'PT24H','verdict':'hold'},"
                + "{'signal':'address','limit':2,'window':'PT24H','verdict':'reject'}]}";
        TestServer.expect(200, shop.put("/v1/risk-rules", rules));
        assertEquals(
                "true",
                shop.put("/v1/risk-rules", rules)
                        .headers()
                        .firstValue("Idempotent-Replayed")
                        .orElseThrow());
        return shop;
    }

    private static JsonObject paid(
            final Caller shop, final String id, final String order, final String member, final String address) {
        final HttpResponse<String> response = shop.post("/v1/payments", PAYMENT.formatted(id, order, member, address));
        TestServer.expect(200, response);
        final JsonObject body = new JsonObject(response.body());
        assertEquals("", CONTRACT.faults(CONTRACT.answerSchema("POST /v1/payments"), body), response.body());
        return body;
    }

    private static JsonObject pool(final Caller shop, final String member) {
        return new JsonObject(shop.get("/v1/pools/" + member).body())
                .getJsonArray("pools")
                .getJsonObject(0);
    }

    private static List<String> told(final Caller shop) {
        final HttpResponse<String> page =
                shop.get("/v1/outcomes?after=0-0&wait_s=0&types=order.held,order.released,order.rejected");
        TestServer.expect(200, page);
        return new JsonObject(page.body())
                .getJsonArray("events").stream()
                        .map(event -> (JsonObject) event)
                        .map(event -> event.getString("type") + " "
                                + event.getJsonObject("data").getString("order_id"))
                        .toList();
    }
}
