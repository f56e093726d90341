package io.miaojie.api.support;

import io.miaojie.api.directory.DirectoryFeed;
import io.miaojie.api.edge.EdgeLimits;
import io.miaojie.api.edge.ReplyRouter;
import io.miaojie.api.server.ApiConfig;
import io.miaojie.api.server.ApiServer;
import io.miaojie.api.server.Sources;
import io.miaojie.gate.RecordLog;
import io.miaojie.node.EngineConfig;
import io.miaojie.node.EngineNode;
import io.miaojie.settlement.PeopleLimits;
import io.miaojie.settlement.StateLimits;
import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.codec.TickCommandDecoder;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server over the real engine with its journal and Postgres, in this process, with small tables. */
public final class RealServer implements AutoCloseable {
    private final EngineNode node;
    private final ApiServer server;
    private final RecordLog.Cursor records;
    private long writeCount;

    private RealServer(final EngineConfig config, final EdgeLimits limits) {
        final ReplyRouter router = new ReplyRouter(1);
        node = EngineNode.start(config.withState(small()), router);
        records = node.records().after(0);
        final ApiConfig api = new ApiConfig("127.0.0.1", 0, TestServer.sha256(TestServer.NODE_KEY), limits);
        try {
            server = ApiServer.start(
                            node.gate(),
                            router,
                            node.kinds(),
                            node::status,
                            new Sources(node.records(), node.reports()),
                            api)
                    .await(20, TimeUnit.SECONDS);
        } catch (final TimeoutException e) {
            records.close();
            node.close();
            throw new IllegalStateException(e);
        }
    }

    /** Starts a sandbox, which takes payments of any age, in this directory. */
    public static RealServer sandbox(final Path directory, final EdgeLimits limits) {
        return new RealServer(EngineConfig.of(directory).withSandbox(true, false), limits);
    }

    /** Returns a caller with the node's own key. */
    public Caller node() {
        return new Caller(server.port(), TestServer.NODE_KEY);
    }

    /** Makes a key and returns a caller with it. */
    public Caller key(final String merchantId, final String id, final String role) {
        final HttpResponse<String> made =
                node().post("/v1/keys", "{'id':'%s','merchant_id':'%s','role':'%s'}".formatted(id, merchantId, role));
        TestServer.expect(200, made);
        return node().with(new JsonObject(made.body()).getString("secret"));
    }

    /** Returns the sequence of the last record. */
    public long lastSequence() {
        return node.status().lastSequence();
    }

    /** Returns how many records are of what somebody sent: timers write theirs whenever they like. */
    public long writeCount() {
        while (records.next()) {
            final int command = RecordLayout.commandOffset(records.offset());
            final boolean isTick =
                    DirectoryFeed.templateId(records.buffer(), command) == TickCommandDecoder.TEMPLATE_ID;
            writeCount += isTick ? 0 : 1;
        }
        return writeCount;
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        try {
            server.close().await(20, TimeUnit.SECONDS);
        } catch (final TimeoutException e) {
            throw new IllegalStateException(e);
        } finally {
            records.close();
            node.close();
        }
    }

    private static StateLimits small() {
        return new StateLimits(
                10_000, 20_000, 100_000, 100_000, 200_000, 1_000, 1_000, 1_000, 10_000, PeopleLimits.of(10_000));
    }
}
