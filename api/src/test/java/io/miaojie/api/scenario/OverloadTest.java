package io.miaojie.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.edge.ReplyRouter;
import io.miaojie.api.server.ApiConfig;
import io.miaojie.api.server.ApiServer;
import io.miaojie.api.server.Sources;
import io.miaojie.api.support.Caller;
import io.miaojie.api.support.TestServer;
import io.miaojie.journal.Disk;
import io.miaojie.node.EngineConfig;
import io.miaojie.node.EngineNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Far more callers than a slow store can take: few wait, the others are told to come again, and nothing is lost or done
 * twice. How long those wait who are answered is measured by {@code java -jar benchmarks/target/benchmarks.jar
 * overload}.
 */
@Tag("postgres")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OverloadTest {
    private static final long FORCE_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int COMMIT_SLOTS = 10;
    private static final int WAIT_MAX_MS = 20;
    private static final int CALLERS = 1_000;
    private static final int PAYMENTS = 4_000;

    /**
     * What drains within the bound is 40. A burst behind a stall of the machine may find the whole ring open until two
     * probes have seen that it is slow, so that most answers find few waiting, and not each.
     */
    private static final int CROWD = CALLERS / 2;

    private static final String SECRET = "node-secret-of-the-overloaded";

    /** Each force takes at least five milliseconds: ten payments each, two thousand a second. */
    private static final Disk SLOW = new Disk() {
        @Override
        public void force(final FileChannel channel) throws IOException {
            final long endNs = System.nanoTime() + FORCE_NS;
            REAL.force(channel);
            for (long leftNs = FORCE_NS; leftNs > 0; leftNs = endNs - System.nanoTime()) {
                LockSupport.parkNanos(leftNs);
            }
        }

        @Override
        public void forceDirectory(final Path directory) throws IOException {
            REAL.forceDirectory(directory);
        }

        @Override
        public long usableBytes(final Path directory) {
            return REAL.usableBytes(directory);
        }
    };

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http =
            vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(CALLERS));
    private final String paidAt = Instant.now().toString();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger crowded = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Phaser callers = new Phaser(1);
    private EngineNode node;
    private ApiServer server;
    private Caller shop;

    @TempDir
    private Path directory;

    @BeforeEach
    void open() {
        final EngineConfig usual = EngineConfig.of(directory).withTables(10_000, 100_000);
        final ReplyRouter router = new ReplyRouter(1);
        node = EngineNode.start(usual.withRing(usual.ring().withCommits(COMMIT_SLOTS, WAIT_MAX_MS)), router, SLOW);
        server = ApiServer.start(
                        node.gate(),
                        router,
                        node.kinds(),
                        node::status,
                        new Sources(node.records(), node.reports()),
                        ApiConfig.local(0, TestServer.sha256(SECRET)))
                .await();
        openShop();
    }

    private void openShop() {
        final Caller admin = new Caller(server.port(), SECRET);
        TestServer.expect(200, admin.post("/v1/merchants", "{'id':'shop','name':'Shop'}"));
        shop = admin.with(new JsonObject(admin.post("/v1/keys", "{'id':'k1','merchant_id':'shop','role':'operate'}")
                        .body())
                .getString("secret"));
        TestServer.expect(
                200,
                shop.post(
                        "/v1/campaigns",
                        "{'id':'c1','kind':'purchase-rebate','currency':'CNY','terms':{'rate_ppm':10000}}"));
    }

    @AfterEach
    void close() {
        server.closeFeed();
        node.close();
        server.close().await();
        vertx.close().await();
    }

    @Test
    void fewWaitTheOthersAreToldToComeAgainAndNothingIsLost() {
        for (int i = 0; i < CALLERS; i++) {
            callers.register();
            sendOn();
        }
        callers.arriveAndAwaitAdvance();
        assertEquals("", String.join("\n", wrong));
        assertTrue(refused.get() > CALLERS, () -> "refused=" + refused);
        assertTrue(
                crowded.get() < (taken.get() + refused.get()) / 2,
                () -> "crowded=" + crowded + " taken=" + taken + " refused=" + refused);
        for (int i = 0; i < 20; i++) {
            final int index = sent.getAndIncrement();
            TestServer.expect(200, shop.post("/v1/payments", payment(index).encode()));
            taken.incrementAndGet();
        }
        final long pool = new JsonObject(shop.get("/v1/pools/u1").body())
                .getJsonArray("pools")
                .getJsonObject(0)
                .getLong("available");
        assertEquals(taken.get(), pool, "one for each payment that was taken");
    }

    private void sendOn() {
        final RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(server.port())
                .setURI("/v1/payments")
                .putHeader("Authorization", "Bearer " + shop.secret())
                .putHeader("Content-Type", "application/json");
        http.request(options)
                .compose(request -> request.send(payment(sent.getAndIncrement()).toBuffer()))
                .compose(response -> response.body().map(body -> response))
                .onSuccess(this::onAnswer)
                .onFailure(cause -> {
                    wrong.add(cause.toString());
                    callers.arriveAndDeregister();
                });
    }

    private void onAnswer(final HttpClientResponse response) {
        if (response.statusCode() == 503) {
            refused.incrementAndGet();
            hold("1".equals(response.getHeader("Retry-After")), "no Retry-After");
        } else {
            hold(response.statusCode() == 200, "status=" + response.statusCode());
            taken.incrementAndGet();
        }
        if (node.status().ringSlotCount() - node.status().ringRoomSlots() > CROWD) {
            crowded.incrementAndGet();
        }
        if (taken.get() < PAYMENTS && wrong.isEmpty()) {
            sendOn();
        } else {
            callers.arriveAndDeregister();
        }
    }

    private void hold(final boolean holds, final String what) {
        if (!holds) {
            wrong.add(what);
        }
    }

    private JsonObject payment(final int index) {
        return new JsonObject()
                .put("id", "p" + index)
                .put("order_id", "o" + index)
                .put("member_id", "u1")
                .put("amount", 100)
                .put("currency", "CNY")
                .put("paid_at", paidAt);
    }
}
