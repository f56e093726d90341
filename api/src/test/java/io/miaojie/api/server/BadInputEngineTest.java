package io.miaojie.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miaojie.api.edge.ReplyRouter;
import io.miaojie.api.support.Caller;
import io.miaojie.api.support.TestServer;
import io.miaojie.node.EngineConfig;
import io.miaojie.node.EngineNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of {@link BadInputTest} over the real engine with journal and Postgres: no pool and no record moves. */
@Tag("postgres")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputEngineTest {
    @TempDir
    private static Path directory;

    private EngineNode node;
    private ApiServer server;
    private Caller admin;
    private String pool;

    @BeforeAll
    void start() throws TimeoutException {
        final ReplyRouter router = new ReplyRouter(1);
        node = EngineNode.start(EngineConfig.of(directory).withTables(1_000, 1_000), router);
        server = ApiServer.start(
                        node.gate(),
                        router,
                        node.kinds(),
                        node::status,
                        new Sources(node.records(), node.reports()),
                        ApiConfig.local(0, TestServer.sha256(TestServer.NODE_KEY)))
                .await(20, TimeUnit.SECONDS);
        final Caller operator = new Caller(server.port(), TestServer.NODE_KEY);
        TestServer.expect(200, operator.post("/v1/merchants", "{'id':'m1','name':'Tea House'}"));
        final HttpResponse<String> key = operator.post("/v1/keys", "{'id':'k1','merchant_id':'m1','role':'admin'}");
        TestServer.expect(200, key);
        admin = operator.with(new JsonObject(key.body()).getString("secret"));
        TestServer.expect(
                200,
                admin.post(
                        "/v1/campaigns",
                        "{'id':'c1','kind':'purchase-rebate','currency':'CNY','terms':{'rate_ppm':10000}}"));
        TestServer.expect(
                200,
                admin.post(
                        "/v1/payments",
                        "{'id':'p1','order_id':'o1','member_id':'u1','amount':9900,'currency':'CNY','paid_at':'"
                                + OffsetDateTime.now() + "'}"));
        pool = pool();
    }

    @AfterAll
    void stop() throws TimeoutException {
        server.close().await(20, TimeUnit.SECONDS);
        node.close();
    }

    @ParameterizedTest
    @MethodSource("io.miaojie.api.server.BadInputTest#all")
    void changesNothing(final BadInputTest.Bad bad) throws IOException {
        final long before = node.status().lastSequence();
        bad.requireRefused(server.port(), admin.secret());
        assertEquals(pool, pool());
        assertEquals(before, node.status().lastSequence(), "nothing was decided");
    }

    private String pool() {
        final HttpResponse<String> answer = admin.get("/v1/pools/u1");
        TestServer.expect(200, answer);
        return new JsonObject(answer.body()).getJsonArray("pools").encode();
    }
}
