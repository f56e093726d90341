package io.miaojie.api.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miaojie.api.client.ApiClient;
import io.miaojie.api.client.BulkSender;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A sandbox whose clock follows the events, in a server process of its own, with one merchant: fed in blocks, killed at
 * random moments if asked, read pool by pool, and verified at rest.
 */
public final class SandboxRun implements AutoCloseable {
    private static final int REQUESTS_AT_ONCE = 64;
    private static final int KILL_DELAY_MAX_MS = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Vertx vertx = Vertx.vertx();
    private final int port = ServerProcess.freePort();
    private final Path dataDir;
    private final boolean followsEvents;
    private final String secret;
    private final ApiClient client;
    private ServerProcess server;

    /** Starts a server whose clock follows the events in an empty directory and makes the merchant. */
    public SandboxRun(final Path dataDir, final String merchant, final String currency) {
        this(dataDir, merchant, currency, true);
    }

    /** Starts a server in an empty directory, whose clock follows the events or the wall, and makes the merchant. */
    public SandboxRun(final Path dataDir, final String merchant, final String currency, final boolean followsEvents) {
        this.dataDir = dataDir;
        this.followsEvents = followsEvents;
        this.server = start();
        final ApiClient admin = new ApiClient(vertx, server.uri(), ServerProcess.ADMIN_KEY, REQUESTS_AT_ONCE);
        admin.post(
                        "/v1/merchants",
                        new JsonObject()
                                .put("id", merchant)
                                .put("name", merchant)
                                .put("currency", currency))
                .expectOk();
        final JsonObject key =
                new JsonObject().put("id", "k1").put("merchant_id", merchant).put("role", "operate");
        this.secret = admin.post("/v1/keys", key).expectOk().getString("secret");
        this.client = admin.withKey(secret);
    }

    /** Returns a client with a key of the merchant. */
    public ApiClient client() {
        return client;
    }

    /** Returns another client with this many connections. */
    public ApiClient client(final int connections) {
        return new ApiClient(vertx, server.uri(), secret, connections);
    }

    /** Reads a list; asks again, as its caller is told to, until Postgres has what the list is to rest on. */
    public static JsonObject list(final ApiClient client, final String path) {
        ApiClient.Answer answer = client.get(path);
        while (answer.status() == 503
                && "PROJECTION_LAGGING".equals(answer.body().getString("code"))) {
            answer = client.get(path);
        }
        return answer.expectOk();
    }

    /** Sends blocks in order; each must be taken as a whole, each answer line is handed on. */
    public void send(final List<Buffer> blocks, final Consumer<JsonObject> onAnswer) {
        for (final Buffer block : blocks) {
            sender(BulkSender.Answers.FULL).send(block, answer -> {
                assertEquals(200, answer.getInteger("status"), answer::encode);
                onAnswer.accept(answer);
            });
        }
    }

    /** Sends blocks again: every line must be answered as a repeat. */
    public void sendAgain(final List<Buffer> blocks) {
        for (final Buffer block : blocks) {
            final JsonObject summary = sender(BulkSender.Answers.SUMMARY).send(block, SandboxRun::refuse);
            assertEquals(summary.getInteger("lines"), summary.getInteger("repeated"), summary::encode);
        }
    }

    /** Sends blocks in order while the server is killed and started again within this many random ones of them. */
    public void sendKilled(final List<Buffer> blocks, final int kills, final long seed) throws InterruptedException {
        final Random random = new Random(seed);
        final List<Integer> killed =
                random.ints(0, blocks.size()).distinct().limit(kills).boxed().toList();
        for (int i = 0; i < blocks.size(); i++) {
            final Thread killer = killed.contains(i) ? killAfter(random.nextInt(KILL_DELAY_MAX_MS)) : null;
            final JsonObject summary = sender(BulkSender.Answers.REFUSED).send(blocks.get(i), SandboxRun::refuse);
            assertEquals(0, summary.getInteger("refused"), () -> "seed=" + seed + " " + summary.encode());
            if (killer != null) {
                killer.join();
            }
        }
    }

    /** Sends many requests, some at a time, and hands on their bodies in order; all must be answered 200. */
    public <T> void each(
            final Collection<T> items,
            final Function<T, Future<ApiClient.Answer>> request,
            final Consumer<JsonObject> onBody) {
        final List<Future<ApiClient.Answer>> open = new ArrayList<>();
        for (final T item : items) {
            open.add(request.apply(item));
            if (open.size() == REQUESTS_AT_ONCE) {
                open.forEach(answer -> onBody.accept(answer.await().expectOk()));
                open.clear();
            }
        }
        open.forEach(answer -> onBody.accept(answer.await().expectOk()));
    }

    /** Returns one figure of each member's only pool, 0 for a member without one. */
    public Map<String, Long> pools(final Collection<String> members, final ToLongFunction<JsonObject> figure) {
        final Map<String, Long> pools = new TreeMap<>();
        each(members, member -> client.send(HttpMethod.GET, "/v1/pools/" + member, null), body -> {
            final JsonArray rows = body.getJsonArray("pools");
            pools.put(body.getString("member_id"), rows.isEmpty() ? 0 : figure.applyAsLong(rows.getJsonObject(0)));
        });
        return pools;
    }

    /** Stops the server and lets {@code verify} check its data directory; returns what it prints. */
    public String stopAndVerify() throws IOException, InterruptedException {
        assertEquals(0, server.stop(), server::output);
        final Process verify = ServerProcess.start(List.of(), "verify", "--data-dir", dataDir.toString());
        final String output = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, verify.waitFor(), output);
        return output;
    }

    @Override
    public void close() {
        server.close();
        vertx.close().await();
    }

    private ServerProcess start() {
        return followsEvents
                ? ServerProcess.serve(dataDir, port, "--sandbox", "--clock", "events")
                : ServerProcess.serve(dataDir, port, "--sandbox");
    }

    private Thread killAfter(final int delayMs) {
        final Thread killer = new Thread(() -> {
            LockSupport.parkNanos(delayMs * 1_000_000L);
            server.kill();
            server = start();
        });
        killer.start();
        return killer;
    }

    private BulkSender sender(final BulkSender.Answers answers) {
        return new BulkSender(client, answers, PATIENCE);
    }

    private static void refuse(final JsonObject answer) {
        throw new AssertionError("unexpected answer line: " + answer.encode());
    }
}
