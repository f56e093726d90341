package io.miaojie.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miaojie.api.support.Caller;
import io.miaojie.api.support.TestServer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may send which write: by role, by store, in bulk as one by one; what is not named is denied. */
@Timeout(60)
class AccessTest {
    private static final Set<String> OF_OPERATORS = Set.of(
            "PUT /v1/members/u1/referrer",
            "POST /v1/link-targets",
            "POST /v1/withdrawals/w1/decision",
            "POST /v1/withdrawals/w1/submit",
            "POST /v1/withdrawals/w1/channel-result",
            "POST /v1/adjustments",
            "POST /v1/fundings",
            "POST /v1/payout-terms",
            "POST /v1/sandbox/clock",
            "PUT /v1/risk-rules",
            "POST /v1/orders/o1/review");

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
        server.merchant("m1");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void rolesAreDeniedWhatIsNotTheirs() {
        final Caller read = server.key("m1", "k-read", "read");
        final Caller ingest = server.key("m1", "k-ingest", "ingest");
        final Caller operate = server.key("m1", "k-operate", "operate");
        for (final Map.Entry<String, String> write : GoodWrites.with().entrySet()) {
            final boolean isOfOperators = OF_OPERATORS.contains(write.getKey());
            expect(401, "KEY_MISSING", server.node().with(null), write);
            expect(403, "ROLE_FORBIDS", server.node(), write);
            expect(403, "ROLE_FORBIDS", read, write);
            expect(isOfOperators ? 403 : 200, isOfOperators ? "ROLE_FORBIDS" : null, ingest, write);
            expect(200, null, operate, write);
        }
        expect(403, "ROLE_FORBIDS", ingest.get("/v1/accounts"));
        expect(403, "ROLE_FORBIDS", ingest.get("/v1/withdrawals"));
        expect(200, null, read.get("/v1/withdrawals"));
        expect(200, null, ingest.get("/v1/orders/o1"));
        expect(403, "ROLE_FORBIDS", server.node().get("/v1/orders/o1"));
    }

    @Test
    void aKeyOfAStoreSendsWhatNamesThatStoreAndNothingElse() {
        final HttpResponse<String> made =
                server.node().post("/v1/keys", "{'id':'pos','merchant_id':'m1','role':'operate','store_id':'s1'}");
        final Caller pos = server.node().with(new JsonObject(made.body()).getString("secret"));
        for (final Map.Entry<String, String> write : GoodWrites.with().entrySet()) {
            expect(403, "ROLE_FORBIDS", pos, write);
        }
        final String order = GoodWrites.ORDER.replace("{'id'", "{'store_id':'s1','id'");
        expect(200, null, pos.post("/v1/orders", order));
        expect(403, "ROLE_FORBIDS", pos.post("/v1/orders", order.replace("s1", "s2")));
        expect(200, null, pos.post("/v1/members", GoodWrites.MEMBER.replace("{'id'", "{'store_id':'s1','id'")));
    }

    @Test
    void aLineOfBulkIsHeldToTheSameRules() {
        final Caller ingest = server.key("m1", "k-ingest", "ingest");
        final String[] answers = ingest.events(
                        "",
                        GoodWrites.ADJUSTMENT.replace("{'id'", "{'type':'adjustment','id'") + "\n"
                                + GoodWrites.REFUND.replace("{'id'", "{'type':'refund','id'"))
                .body()
                .split("\n");
        assertEquals(403, new JsonObject(answers[0]).getInteger("status"), answers[0]);
        assertEquals("/type", new JsonObject(answers[0]).getString("pointer"), answers[0]);
        assertEquals(200, new JsonObject(answers[1]).getInteger("status"), answers[1]);
    }

    private static void expect(
            final int status, final String code, final Caller caller, final Map.Entry<String, String> write) {
        final String[] route = write.getKey().split(" ");
        expect(
                status,
                code,
                route[0].equals("PUT")
                        ? caller.put(route[1], write.getValue())
                        : caller.post(route[1], write.getValue()));
    }

    private static void expect(final int status, final String code, final HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        if (code != null) {
            assertEquals(code, new JsonObject(response.body()).getString("code"));
        }
    }
}
