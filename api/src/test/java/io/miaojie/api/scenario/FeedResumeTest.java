package io.miaojie.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.client.ApiClient;
import io.miaojie.api.client.ServerUnavailableException;
import io.miaojie.api.support.ServerProcess;
import io.miaojie.api.support.SseConnection;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed in mid-stream, again and again: readers that come back have seen every payment, and once. */
@Tag("postgres")
@Tag("slow")
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class FeedResumeTest {
    private static final int KILLS = 3;
    private static final int PAYMENTS_BETWEEN = 1_500;

    private final Vertx vertx = Vertx.vertx();
    private final String paidAt = Instant.now().toString();
    private final int port = ServerProcess.freePort();
    private final List<String> streamed = new ArrayList<>();
    private final List<String> polled = new ArrayList<>();
    private String key;
    private String lastEventId;
    private String cursor = "0";

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void whoComesBackMissesNothingAndSeesNothingTwice() throws Exception {
        int sent = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            final ServerProcess server = serve();
            open(server);
            final CompletableFuture<Void> stream = CompletableFuture.runAsync(this::streamUntilCut);
            final CompletableFuture<Void> poll = CompletableFuture.runAsync(() -> pollUntilCut(server));
            final int first = sent;
            final CompletableFuture<Integer> payments = CompletableFuture.supplyAsync(() -> payUntilCut(server, first));
            while (streamedCount() < (kill + 1) * PAYMENTS_BETWEEN / 2) {
                Thread.onSpinWait();
            }
            server.kill();
            sent = payments.join();
            stream.join();
            poll.join();
        }
        try (ServerProcess server = serve()) {
            open(server);
            // Sent again: what was decided before is a repeat and no event, what was lost on the way is decided now.
            final ApiClient client = new ApiClient(vertx, server.uri(), key, 8);
            for (int i = 0; i < sent; i++) {
                client.post("/v1/payments", payment(i)).expectOk();
            }
            final int expected = sent;
            try (SseConnection last = new SseConnection(port, key, "/v1/stream?types=payment.settled", lastEventId)) {
                while (streamedCount() < expected) {
                    streamed(last.next());
                }
            }
            while (polled.size() < expected) {
                poll(client);
            }
            assertEquals(
                    List.of(),
                    client.get("/v1/outcomes?wait_s=0&after=" + cursor)
                            .expectOk()
                            .getJsonArray("events")
                            .getList());
        }
        final List<String> everything = new ArrayList<>(
                new TreeSet<>(IntStream.range(0, sent).mapToObj(i -> "p" + i).toList()));
        for (final List<String> seen : List.of(streamed, polled)) {
            assertEquals(seen.size(), new HashSet<>(seen).size(), "seen twice");
            assertEquals(everything, new ArrayList<>(new TreeSet<>(seen)));
        }
        assertEquals(streamed, polled, "both tell the order of the log");
        assertTrue(sent >= KILLS * PAYMENTS_BETWEEN / 2, "sent=" + sent);
    }

    private ServerProcess serve() {
        return ServerProcess.serve(directory.resolve("data"), port);
    }

    /** Makes the shop with the first server. */
    private void open(final ServerProcess server) {
        if (key != null) {
            return;
        }
        final ApiClient admin = new ApiClient(vertx, server.uri(), ServerProcess.ADMIN_KEY, 1);
        admin.post("/v1/merchants", new JsonObject().put("id", "shop").put("name", "Shop"))
                .expectOk();
        key = admin.post(
                        "/v1/keys",
                        new JsonObject()
                                .put("id", "k1")
                                .put("merchant_id", "shop")
                                .put("role", "operate"))
                .expectOk()
                .getString("secret");
    }

    private void streamUntilCut() {
        try (SseConnection stream = new SseConnection(
                port, key, "/v1/stream?types=payment.settled" + (lastEventId == null ? "&after=0" : ""), lastEventId)) {
            SseConnection.Event event = stream.next();
            while (event != null) {
                streamed(event);
                event = stream.next();
            }
            lastEventId = stream.lastEventId();
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void pollUntilCut(final ServerProcess server) {
        final ApiClient client = new ApiClient(vertx, server.uri(), key, 1);
        while (true) {
            try {
                poll(client);
            } catch (final ServerUnavailableException e) {
                return;
            }
        }
    }

    private void poll(final ApiClient client) {
        final JsonObject page = client.get("/v1/outcomes?types=payment.settled&wait_s=5&after=" + cursor)
                .expectOk();
        page.getJsonArray("events").forEach(event -> polled.add(paymentId((JsonObject) event)));
        cursor = page.getString("next_cursor");
    }

    private int payUntilCut(final ServerProcess server, final int first) {
        final ApiClient client = new ApiClient(vertx, server.uri(), key, 8);
        final List<CompletableFuture<ApiClient.Answer>> underWay = new ArrayList<>();
        int sent = first;
        boolean isCut = false;
        while (!isCut) {
            underWay.clear();
            for (int i = 0; i < 8; i++) {
                underWay.add(client.send(
                                io.vertx.core.http.HttpMethod.POST,
                                "/v1/payments",
                                payment(sent++).toBuffer())
                        .toCompletionStage()
                        .toCompletableFuture());
            }
            for (final CompletableFuture<ApiClient.Answer> answer : underWay) {
                isCut |= answer.handle((done, fault) -> fault != null).join();
            }
        }
        return sent;
    }

    private synchronized int streamedCount() {
        return streamed.size();
    }

    private synchronized void streamed(final SseConnection.Event event) {
        streamed.add(paymentId(new JsonObject(event.data())));
    }

    private static String paymentId(final JsonObject event) {
        return event.getJsonObject("data").getString("id");
    }

    private JsonObject payment(final int index) {
        return new JsonObject()
                .put("id", "p" + index)
                .put("order_id", "o" + index)
                .put("member_id", "member")
                .put("amount", 100)
                .put("currency", "CNY")
                .put("paid_at", paidAt);
    }
}
