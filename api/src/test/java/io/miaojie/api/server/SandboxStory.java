package io.miaojie.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.edge.ReplyRouter;
import io.miaojie.api.support.Caller;
import io.miaojie.api.support.TestServer;
import io.miaojie.node.EngineConfig;
import io.miaojie.node.EngineNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What stories told over HTTP share: the real engine in a sandbox, its server, callers, and pools read back. */
@Tag("postgres")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxStory {
    @TempDir
    static Path directory;

    private final AtomicInteger ids = new AtomicInteger();
    private EngineNode node;
    ApiServer server;
    Caller operator;
    String lastSequence;

    @BeforeAll
    void start() throws TimeoutException {
        open();
    }

    /** Holds that the audit tells of this write by anna. */
    void assertAudited(final String action, final String subject) {
        final JsonArray entries = new JsonObject(operator.get("/v1/audit?limit=1000&min_sequence=" + lastSequence)
                        .body())
                .getJsonArray("entries");
        assertTrue(
                entries.stream()
                        .map(JsonObject.class::cast)
                        .anyMatch(entry -> action.equals(entry.getString("action"))
                                && subject.equals(entry.getString("subject"))
                                && "anna".equals(entry.getString("actor"))),
                entries::encode);
    }

    void open() throws TimeoutException {
        final ReplyRouter router = new ReplyRouter(1);
        node = EngineNode.start(
                EngineConfig.of(directory).withTables(1_000, 1_000).withSandbox(true, false), router);
        server = ApiServer.start(
                        node.gate(),
                        router,
                        node.kinds(),
                        node::status,
                        new Sources(node.records(), node.reports()),
                        ApiConfig.local(0, TestServer.sha256(TestServer.NODE_KEY)))
                .await(20, TimeUnit.SECONDS);
        operator = new Caller(server.port(), TestServer.NODE_KEY);
    }

    @AfterAll
    void stop() throws TimeoutException {
        server.close().await(20, TimeUnit.SECONDS);
        node.close();
    }

    Caller merchant(final String id) {
        TestServer.expect(200, operator.post("/v1/merchants", "{'id':'" + id + "','name':'Tea House'}"));
        final HttpResponse<String> key =
                operator.post("/v1/keys", "{'id':'k1','merchant_id':'" + id + "','role':'admin'}");
        TestServer.expect(200, key);
        return operator.with(new JsonObject(key.body()).getString("secret"));
    }

    void campaign(final Caller shop, final String rest) {
        post(shop, "/v1/campaigns", "{'id':'c" + ids.incrementAndGet() + "','currency':'CNY'," + rest + "}");
    }

    static String payment(final String id, final String orderId, final String rest, final int amount) {
        return ("{%s'id':'%s','order_id':'%s','amount':%d,'currency':'CNY','paid_at':'2026-11-25T00:00:00Z'}")
                .formatted(rest, id, orderId, amount);
    }

    JsonObject post(final Caller shop, final String path, final String body) {
        final HttpResponse<String> response = shop.post(path, body);
        TestServer.expect(200, response);
        lastSequence = response.headers().firstValue("Miaojie-Sequence").orElseThrow();
        return new JsonObject(response.body());
    }

    static JsonObject get(final Caller shop, final String path) {
        final HttpResponse<String> response = shop.get(path);
        TestServer.expect(200, response);
        return new JsonObject(response.body());
    }

    static JsonObject read(final Caller shop, final String memberId) {
        return get(shop, "/v1/pools/" + memberId).getJsonArray("pools").getJsonObject(0);
    }

    static JsonObject pool(final JsonObject answer) {
        return answer.getJsonArray("pools").getJsonObject(0);
    }

    /** Touches of short links are on their own: a query behind them in the ring is answered after them. */
    long sequenceBehind(final Caller shop) {
        assertEquals(404, shop.get("/v1/orders/none").statusCode());
        return node.status().lastSequence();
    }

    static void assertPool(
            final int pending,
            final int spendable,
            final int withdrawable,
            final int locked,
            final int debt,
            final JsonObject pool) {
        final JsonObject wanted = new JsonObject()
                .put("pending", pending)
                .put("spendable", spendable)
                .put("withdrawable", withdrawable)
                .put("locked", locked)
                .put("debt", debt);
        final JsonObject told = new JsonObject();
        wanted.fieldNames().forEach(name -> told.put(name, pool.getInteger(name)));
        assertEquals(wanted, told, pool.encode());
    }

    /** All accounts of the merchant and what is in its pools add up to nothing. */
    static void assertSumIsZero(final Caller shop, final long inPools) {
        final long sum = get(shop, "/v1/accounts").getJsonArray("accounts").stream()
                .mapToLong(account -> ((JsonObject) account).getLong("balance"))
                .sum();
        assertEquals(0, sum + inPools);
    }

    static void refused(final int status, final String code, final HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(code, new JsonObject(response.body()).getString("code"));
    }
}
