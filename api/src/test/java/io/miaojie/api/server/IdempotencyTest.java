package io.miaojie.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.support.Caller;
import io.miaojie.api.support.TestServer;
import io.miaojie.gate.SubmitCode;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Repeats are answered like the first time; an id with other fields is refused with the place of the difference. */
@Timeout(60)
class IdempotencyTest {
    private static final String PAYMENT =
            """
            {'id':'p1','order_id':'o1','member_id':'u1','amount':700,'currency':'CNY',
             'paid_at':'2026-01-01T08:00:00+08:00','lines':[{'line_id':'1','sku':'A','amount':700}]}""";

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
    void aRepeatIsAnsweredLikeTheFirstTime() {
        final HttpResponse<String> first = caller.post("/v1/payments", PAYMENT);
        final HttpResponse<String> again = caller.post("/v1/payments", PAYMENT);
        assertEquals(200, again.statusCode());
        assertEquals(first.body(), again.body());
        assertEquals(sequence(first), sequence(again));
        assertTrue(first.headers().firstValue("Idempotent-Replayed").isEmpty());
        assertEquals("true", again.headers().firstValue("Idempotent-Replayed").orElseThrow());
    }

    @Test
    void theOrderOfFieldsAndTheNotationOfTheTimeDoNotMatter() {
        TestServer.expect(200, caller.post("/v1/payments", PAYMENT));
        final HttpResponse<String> again = caller.post(
                "/v1/payments",
                """
                { 'lines' : [ { 'amount':700, 'sku':'\\u0041', 'line_id':'1' } ],
                 'paid_at':'2026-01-01T00:00:00.000Z', 'currency':'CNY', 'source':'api',
                 'amount':700, 'member_id':'u1', 'order_id':'o1', 'id':'p1'}""");
        TestServer.expect(200, again);
        assertEquals("true", again.headers().firstValue("Idempotent-Replayed").orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'amount':700,'currency' | 'amount':701,'currency' | /amount",
                "CNY | USD | /currency",
                "08:00:00+08:00 | 08:00:01+08:00 | /paid_at",
                "'order_id':'o1' | 'order_id':'o2' | /order_id",
                "'member_id':'u1' | 'member_id':'u2' | /member_id",
                "'member_id':'u1', | '' | /member_id",
                "'sku':'A' | 'sku':'B' | /lines/0/sku",
                "'sku':'A','amount':700 | 'sku':'A','amount':699 | /lines/0/amount",
                "'id':'p1' | 'store_id':'s1','id':'p1' | /store_id",
                "'id':'p1' | 'shipping_amount':1,'id':'p1' | /shipping_amount",
                "'id':'p1' | 'metadata':{'a':1},'id':'p1' | /metadata",
                "'id':'p1' | 'instalment':'deposit','id':'p1' | /instalment"
            },
            quoteCharacter = '"')
    void anIdWithOtherFieldsIsRefusedWithThePlace(final String from, final String to, final String pointer) {
        final HttpResponse<String> first = caller.post("/v1/payments", PAYMENT);
        TestServer.expect(200, first);
        assertTrue(PAYMENT.contains(from), from);
        final HttpResponse<String> other =
                caller.post("/v1/payments", PAYMENT.replace(from, to.equals("''") ? "" : to));
        assertEquals(422, other.statusCode());
        final JsonObject problem = new JsonObject(other.body());
        assertEquals("ID_REUSED", problem.getString("code"));
        assertEquals(pointer, problem.getString("pointer"));
        assertEquals(sequence(first), problem.getLong("first_sequence"));
    }

    @Test
    void idsOfSourcesTypesAndMerchantsNeverMeet() {
        TestServer.expect(200, caller.post("/v1/payments", PAYMENT));
        assertFirst(caller.post("/v1/payments", PAYMENT.replace("'id'", "'source':'wechat','id'")));
        assertFirst(caller.post("/v1/campaigns", campaign("p1")));
        server.merchant("m2");
        assertFirst(server.key("m2", "k1", "admin").post("/v1/payments", PAYMENT));
    }

    @Test
    void aChangeOfACampaignIsRepeatedByItsOwnId() {
        TestServer.expect(200, caller.post("/v1/campaigns", campaign("c1")));
        final HttpResponse<String> changed = caller.patch("/v1/campaigns/c1", "{'id':'r1','terms':{'rate_ppm':5}}");
        TestServer.expect(200, changed);
        assertEquals(2, new JsonObject(changed.body()).getInteger("version"));
        assertFirst(caller.patch("/v1/campaigns/c1", "{'id':'r2','budget':{'amount':9}}"));
        final HttpResponse<String> again = caller.patch("/v1/campaigns/c1", "{'id':'r1','terms':{'rate_ppm':5}}");
        assertEquals(changed.body(), again.body());
        assertEquals("true", again.headers().firstValue("Idempotent-Replayed").orElseThrow());
        final HttpResponse<String> other = caller.patch("/v1/campaigns/c1", "{'id':'r1','terms':{'rate_ppm':6}}");
        assertEquals(422, other.statusCode());
        assertEquals("/terms", new JsonObject(other.body()).getString("pointer"));
    }

    @Test
    void pressureBindsNothingAndSaysWhenToComeBack() {
        for (final SubmitCode code :
                new SubmitCode[] {SubmitCode.RING_FULL, SubmitCode.STOPPED, SubmitCode.PROJECTION_BEHIND}) {
            server.gate().refuse(code, 1);
            final HttpResponse<String> refused = caller.post("/v1/payments", PAYMENT.replace("p1", code.name()));
            assertEquals(503, refused.statusCode());
            assertEquals(code.name(), new JsonObject(refused.body()).getString("code"));
            assertEquals("1", refused.headers().firstValue("Retry-After").orElseThrow());
            assertFirst(caller.post("/v1/payments", PAYMENT.replace("p1", code.name())));
        }
    }

    @Test
    void aReadBehindTheSequenceAskedForIsRefused() {
        final HttpResponse<String> paid = caller.post("/v1/payments", PAYMENT);
        final HttpResponse<String> pool = caller.get("/v1/campaigns/unknown?min_sequence=" + (sequence(paid) + 1_000));
        assertEquals(503, pool.statusCode());
        assertEquals("PROJECTION_LAGGING", new JsonObject(pool.body()).getString("code"));
    }

    @Test
    void theRequestIdOfTheClientComesBack() {
        final HttpResponse<String> named = caller.send(caller.request("/v1/pools/nobody")
                .header("Request-Id", "abc-1.2:3")
                .GET());
        assertEquals("abc-1.2:3", named.headers().firstValue("Request-Id").orElseThrow());
        assertEquals("abc-1.2:3", new JsonObject(named.body()).getString("request_id"));
        final HttpResponse<String> strange = caller.send(
                caller.request("/v1/pools/nobody").header("Request-Id", "a b{}").GET());
        assertTrue(strange.headers().firstValue("Request-Id").orElseThrow().matches("[0-9a-f]{8}-[0-9a-f]+"));
    }

    private static String campaign(final String id) {
        return "{'id':'" + id + "','kind':'purchase-rebate','currency':'CNY','terms':{'rate_ppm':1}}";
    }

    private static void assertFirst(final HttpResponse<String> response) {
        TestServer.expect(200, response);
        assertTrue(response.headers().firstValue("Idempotent-Replayed").isEmpty());
    }

    private static long sequence(final HttpResponse<String> response) {
        return Long.parseLong(response.headers().firstValue("Miaojie-Sequence").orElseThrow());
    }
}
