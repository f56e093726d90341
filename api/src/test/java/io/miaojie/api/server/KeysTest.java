package io.miaojie.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.edge.GuessLimits;
import io.miaojie.api.support.Caller;
import io.miaojie.api.support.RawConnection;
import io.miaojie.api.support.TestServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what: no, wrong, revoked and foreign keys, and each role on each route. */
@Timeout(60)
class KeysTest {
    private static final String PAYMENT =
            """
            {'id':'%s','order_id':'o1','member_id':'u1','amount':1,'currency':'CNY',
             'paid_at':'2026-01-01T00:00:00Z'}""";

    private final TestServer server = TestServer.start();

    @BeforeEach
    void merchants() {
        server.merchant("m1");
        server.merchant("m2");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/v1/merchants,",
        "POST,/v1/keys,",
        "DELETE,/v1/keys/k1,",
        "GET,/v1/campaign-kinds,",
        "POST,/v1/campaigns,",
        "GET,/v1/campaigns,",
        "GET,/v1/campaigns/c1,",
        "PATCH,/v1/campaigns/c1,",
        "POST,/v1/campaigns/c1/activate,",
        "POST,/v1/campaigns/c1/pause,",
        "POST,/v1/campaigns/c1/close,",
        "POST,/v1/payments,",
        "GET,/v1/pools/u1,",
        "POST,/v1/events,"
    })
    void everyRouteRefusesNoKeyAWrongKeyAndARevokedKey(final String method, final String path) {
        final Caller revoked = server.key("m1", "gone", "admin");
        TestServer.expect(200, server.node().delete("/v1/keys/gone?merchant_id=m1"));
        final byte[] body = "{}".getBytes(StandardCharsets.US_ASCII);
        final HttpResponse<String> none = server.node().with(null).send(method, path, "application/json", body);
        assertEquals(401, none.statusCode());
        assertEquals("KEY_MISSING", code(none));
        assertEquals("Bearer", none.headers().firstValue("WWW-Authenticate").orElseThrow());
        final HttpResponse<String> wrong = server.node().with("mj_wrong").send(method, path, "application/json", body);
        assertEquals(401, wrong.statusCode());
        assertEquals("KEY_INVALID", code(wrong));
        assertEquals(401, revoked.send(method, path, "application/json", body).statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "read,    403, 200, 200, 403, 403",
        "ingest,  200, 403, 200, 403, 403",
        "operate, 200, 200, 200, 200, 403",
        "admin,   200, 200, 200, 200, 200"
    })
    void eachRoleMayDoWhatItIsFor(
            final String role,
            final int payment,
            final int campaigns,
            final int pools,
            final int campaign,
            final int key) {
        final Caller admin = server.key("m1", "k1", "admin");
        TestServer.expect(
                200,
                admin.post(
                        "/v1/campaigns",
                        """
                {'id':'c0','kind':'purchase-rebate','currency':'CNY','terms':{'rate_ppm':1}}"""));
        TestServer.expect(200, admin.post("/v1/payments", PAYMENT.formatted("p0")));
        final Caller caller = server.key("m1", "k2", role);
        assertEquals(
                payment, caller.post("/v1/payments", PAYMENT.formatted("p1")).statusCode());
        assertEquals(payment, caller.events("", "").statusCode());
        assertEquals(campaigns, caller.get("/v1/campaigns").statusCode());
        assertEquals(200, caller.get("/v1/campaign-kinds").statusCode());
        assertEquals(pools, caller.get("/v1/pools/u1").statusCode());
        assertEquals(
                campaign,
                caller.post(
                                "/v1/campaigns",
                                "{'id':'c1','kind':'purchase-rebate','currency':'CNY','terms':{'rate_ppm':1}}")
                        .statusCode());
        assertEquals(
                key,
                caller.post("/v1/keys", "{'id':'k3','merchant_id':'m1','role':'read'}")
                        .statusCode());
        assertEquals(403, caller.post("/v1/merchants", "{'id':'m3','name':'n'}").statusCode());
    }

    @Test
    void theNodesOwnKeyBelongsToNoMerchant() {
        for (final HttpResponse<String> answer : List.of(
                server.node().post("/v1/payments", PAYMENT.formatted("p1")),
                server.node().get("/v1/pools/u1"),
                server.node().get("/v1/campaigns"))) {
            assertEquals(403, answer.statusCode());
            assertEquals("ROLE_FORBIDS", code(answer));
        }
    }

    @Test
    void anAdministratorRulesNoOtherMerchant() {
        final Caller admin = server.key("m1", "k1", "admin");
        assertEquals(
                403,
                admin.post("/v1/keys", "{'id':'k2','merchant_id':'m2','role':'read'}")
                        .statusCode());
        assertEquals(403, admin.delete("/v1/keys/k1?merchant_id=m2").statusCode());
        TestServer.expect(200, admin.post("/v1/keys", "{'id':'k2','merchant_id':'m1','role':'read'}"));
    }

    @Test
    void aKeyOfOneStoreSendsPaymentsOfThatStoreOnly() {
        final HttpResponse<String> made =
                server.node().post("/v1/keys", "{'id':'s','merchant_id':'m1','role':'ingest','store_id':'s1'}");
        final JsonObject key = new JsonObject(made.body());
        assertEquals("s1", key.getString("store_id"));
        final Caller store = server.node().with(key.getString("secret"));
        final String fields = PAYMENT.formatted("p1");
        assertEquals(403, store.post("/v1/payments", fields).statusCode());
        assertEquals(
                403,
                store.post("/v1/payments", fields.replace("'id'", "'store_id':'s2','id'"))
                        .statusCode());
        assertEquals(
                200,
                store.post("/v1/payments", fields.replace("'id'", "'store_id':'s1','id'"))
                        .statusCode());
        final String line = fields.replace("\n", "").replace("{", "{'type':'payment','store_id':'s2',");
        assertTrue(store.events("", line).body().contains("\"code\":\"ROLE_FORBIDS\""));
    }

    @Test
    void theSecretIsInTheFirstAnswerOnlyAndNeverTheSameTwice() {
        final String body = "{'id':'k1','merchant_id':'m1','role':'read'}";
        final HttpResponse<String> first = server.node().post("/v1/keys", body);
        final HttpResponse<String> second = server.node().post("/v1/keys", body);
        final String secret = new JsonObject(first.body()).getString("secret");
        assertTrue(secret.matches("mj_[A-Za-z0-9_-]{43}"), secret);
        assertEquals(200, second.statusCode());
        assertEquals("true", second.headers().firstValue("Idempotent-Replayed").orElseThrow());
        assertFalse(new JsonObject(second.body()).containsKey("secret"));
        assertEquals("k1", new JsonObject(second.body()).getString("id"));
        final HttpResponse<String> other = server.node().post("/v1/keys", body.replace("read", "admin"));
        assertEquals(422, other.statusCode());
        assertEquals("/role", new JsonObject(other.body()).getString("pointer"));
    }

    @Test
    void aRevokedKeyIsRefusedFromTheNextRequestOn() {
        final Caller key = server.key("m1", "k1", "ingest");
        TestServer.expect(200, key.post("/v1/payments", PAYMENT.formatted("p1")));
        final HttpResponse<String> revoked = server.node().delete("/v1/keys/k1?merchant_id=m1");
        assertEquals("{\"id\":\"k1\",\"merchant_id\":\"m1\",\"revoked\":true}", revoked.body());
        assertEquals(401, key.post("/v1/payments", PAYMENT.formatted("p2")).statusCode());
        final HttpResponse<String> again = server.node().delete("/v1/keys/k1?merchant_id=m1");
        assertEquals(200, again.statusCode());
        assertEquals("true", again.headers().firstValue("Idempotent-Replayed").orElseThrow());
    }

    @Test
    void twoKeysAreInForceWhileOneTakesTheOthersPlace() {
        final Caller old = server.key("m1", "old", "ingest");
        final Caller young = server.key("m1", "young", "ingest");
        TestServer.expect(200, old.post("/v1/payments", PAYMENT.formatted("p1")));
        TestServer.expect(200, young.post("/v1/payments", PAYMENT.formatted("p2")));
        TestServer.expect(200, server.node().delete("/v1/keys/old?merchant_id=m1"));
        TestServer.expect(401, old.post("/v1/payments", PAYMENT.formatted("p3")));
        TestServer.expect(200, young.post("/v1/payments", PAYMENT.formatted("p4")));
    }

    /** Each request of a connection shows its key anew, also those that were sent before the answer to the first. */
    @Test
    void aRevocationHoldsOnOpenAndPipelinedConnections() throws IOException {
        final Caller key = server.key("m1", "k1", "admin");
        try (RawConnection connection = new RawConnection(server.port(), key.secret())) {
            assertEquals(
                    200,
                    connection.send("GET", "/v1/campaigns", null, new byte[0]).status());
            final String read = connection.head("GET", "/v1/campaigns", null, 0);
            final String revoke = connection.head("DELETE", "/v1/keys/k1", null, 0);
            connection.write((read + revoke + read + read).getBytes(StandardCharsets.US_ASCII));
            assertEquals(200, connection.read().status());
            assertEquals(200, connection.read().status());
            assertEquals(401, connection.read().status());
            assertEquals(401, connection.read().status());
        }
    }

    @Test
    void whoeverGuessesIsNotToldAnyMoreWhetherItWasTheNodesKey() {
        final Caller shop = server.key("m1", "k1", "read");
        for (int i = 0; i < GuessLimits.defaults().attemptsMax(); i++) {
            TestServer.expect(401, server.node().with("guess-" + i).get("/v1/audit"));
        }
        for (final String guess : List.of("guess", TestServer.NODE_KEY)) {
            final HttpResponse<String> answer = server.node().with(guess).get("/v1/audit");
            assertEquals(429, answer.statusCode(), answer.body());
            assertEquals("TOO_MANY_ATTEMPTS", code(answer));
            assertEquals("6", answer.headers().firstValue("Retry-After").orElseThrow());
        }
        // Nobody guesses 256 bits: shops behind the same address go on.
        TestServer.expect(200, shop.get("/v1/campaigns"));
        TestServer.expect(401, shop.with(null).get("/v1/campaigns"));
    }

    private static String code(final HttpResponse<String> response) {
        return new JsonObject(response.body()).getString("code");
    }
}
