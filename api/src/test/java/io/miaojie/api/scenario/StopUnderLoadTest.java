package io.miaojie.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.client.ApiClient;
import io.miaojie.api.support.ServerProcess;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while many callers send: a clean end within ten seconds, and whoever was accepted is answered. */
@Tag("postgres")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StopUnderLoadTest {
    private static final int CALLERS = 128;
    private static final int ANSWERED_BEFORE_STOP = 5_000;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger sent = new AtomicInteger();
    private final Set<Integer> answered = ConcurrentHashMap.newKeySet();
    private final Semaphore answers = new Semaphore(0);
    private final Phaser callers = new Phaser(1);
    private final String paidAt = Instant.now().toString();
    private String secret;

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void answersWhoeverWasAcceptedAndEndsWithinTenSeconds() {
        final ServerProcess server = serve();
        final ApiClient shop = openShop(server);
        for (int i = 0; i < CALLERS; i++) {
            callers.register();
            sendUntilRefused(shop);
        }
        answers.acquireUninterruptibly(ANSWERED_BEFORE_STOP);

        final long begunNs = System.nanoTime();
        assertEquals(0, server.stop(), server::output);
        final long stopMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNs);
        assertTrue(stopMs <= 10_000, () -> "stopMs=" + stopMs + server.output());
        callers.arriveAndAwaitAdvance();

        // What the restarted server knows already was accepted before the stop.
        try (ServerProcess again = serve()) {
            final ApiClient sender = new ApiClient(vertx, again.uri(), secret, 1);
            for (int i = sent.get() - 4 * CALLERS; i < sent.get(); i++) {
                final ApiClient.Answer answer = sender.post("/v1/payments", payment(i));
                assertEquals(200, answer.status());
                assertEquals(answered.contains(i), answer.replayed(), "payment " + i);
            }
        }
    }

    private ServerProcess serve() {
        return ServerProcess.serve(directory.resolve("data"), ServerProcess.freePort());
    }

    private ApiClient openShop(final ServerProcess server) {
        final ApiClient admin = new ApiClient(vertx, server.uri(), ServerProcess.ADMIN_KEY, CALLERS);
        admin.post("/v1/merchants", new JsonObject().put("id", "shop").put("name", "Shop"))
                .expectOk();
        secret = admin.post(
                        "/v1/keys",
                        new JsonObject()
                                .put("id", "k1")
                                .put("merchant_id", "shop")
                                .put("role", "operate"))
                .expectOk()
                .getString("secret");
        return admin.withKey(secret);
    }

    private void sendUntilRefused(final ApiClient shop) {
        final int index = sent.getAndIncrement();
        shop.send(HttpMethod.POST, "/v1/payments", payment(index).toBuffer()).onComplete(result -> {
            if (result.succeeded() && result.result().status() == 200) {
                answered.add(index);
                answers.release();
                sendUntilRefused(shop);
            } else {
                callers.arriveAndDeregister();
            }
        });
    }

    private JsonObject payment(final int index) {
        return new JsonObject()
                .put("id", "p-" + index)
                .put("order_id", "o-" + index)
                .put("member_id", "m-" + index % 100)
                .put("amount", 100)
                .put("currency", "CNY")
                .put("paid_at", paidAt);
    }
}
