package io.miaojie.api.support;

import io.miaojie.api.edge.EdgeLimits;
import io.miaojie.api.edge.ReplyRouter;
import io.miaojie.api.server.ApiConfig;
import io.miaojie.api.server.ApiServer;
import io.miaojie.api.server.Sources;
import io.miaojie.api.server.TlsFiles;
import io.miaojie.node.EngineStatus;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server over a {@link ScriptedGate}, with merchant {@code m1} and a key of each role. */
public final class TestServer implements AutoCloseable {
    public static final String NODE_KEY = "node-secret";

    /** 2026-11-22 in UTC. */
    private static final long NOW_NS = 1_795_305_600_000_000_000L;

    private static final List<EngineStatus.Table> TABLES = List.of(new EngineStatus.Table("orders", 3, 4));

    private final ReplyRouter router;
    private final ScriptedGate gate;
    private final ApiServer server;
    private volatile Throwable haltCause;

    private TestServer(final int loopCount, final EdgeLimits limits, final TlsFiles tls) {
        router = new ReplyRouter(loopCount);
        gate = new ScriptedGate(router);
        final ApiConfig config = new ApiConfig("127.0.0.1", 0, sha256(NODE_KEY), limits, tls);
        server = await(ApiServer.start(
                gate,
                router,
                List.of(Kinds.REBATE),
                this::status,
                new Sources(gate.log(), new ScriptedReports()),
                config));
    }

    public static TestServer start() {
        return new TestServer(1, EdgeLimits.defaults(), null);
    }

    public static TestServer start(final int loopCount, final EdgeLimits limits) {
        return new TestServer(loopCount, limits, null);
    }

    /** Starts a server that speaks TLS alone: a {@link Caller} does not reach it. */
    public static TestServer start(final TlsFiles tls) {
        return new TestServer(1, EdgeLimits.defaults(), tls);
    }

    public ScriptedGate gate() {
        return gate;
    }

    public int port() {
        return server.port();
    }

    public void halt(final String cause) {
        haltCause = new IllegalStateException(cause);
    }

    /** Returns a caller with the node's own key. */
    public Caller node() {
        return new Caller(server.port(), NODE_KEY);
    }

    /** Makes a merchant. */
    public void merchant(final String id) {
        expect(200, node().post("/v1/merchants", "{\"id\":\"" + id + "\",\"name\":\"Tea House\"}"));
    }

    /** Makes a key and returns a caller with it. */
    public Caller key(final String merchantId, final String id, final String role) {
        final HttpResponse<String> made = node().post(
                        "/v1/keys",
                        "{\"id\":\"" + id + "\",\"merchant_id\":\"" + merchantId + "\",\"role\":\"" + role + "\"}");
        expect(200, made);
        return node().with(new JsonObject(made.body()).getString("secret"));
    }

    /** Ends the feed as a stop does, and nothing else. */
    public void closeFeed() {
        server.closeFeed();
    }

    @Override
    public void close() {
        await(server.close());
    }

    public static byte[] sha256(final String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void expect(final int status, final HttpResponse<String> response) {
        if (response.statusCode() != status) {
            throw new AssertionError("expected " + status + ", was " + response.statusCode() + ": " + response.body());
        }
    }

    private EngineStatus status() {
        final long sequence = gate.sequence();
        return new EngineStatus(
                sequence, sequence, 1, 0, 1024, 2048, 4096, 0, 0, 0, NOW_NS, TABLES, true, null, haltCause);
    }

    private static <T> T await(final io.vertx.core.Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (final TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
