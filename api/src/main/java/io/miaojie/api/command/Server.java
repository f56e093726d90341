package io.miaojie.api.command;

import io.miaojie.api.edge.EdgeLimits;
import io.miaojie.api.edge.ReplyRouter;
import io.miaojie.api.server.ApiConfig;
import io.miaojie.api.server.ApiServer;
import io.miaojie.api.server.Sources;
import io.miaojie.api.server.TlsFiles;
import io.miaojie.node.EngineConfig;
import io.miaojie.node.EngineNode;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Engine and HTTP server as one running program: started in this order, stopped in reverse, once. */
final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    /**
     * Definitions are learned on the loop that made them: a second loop could answer a payment before it knows them.
     */
    private static final int EVENT_LOOPS = 1;

    private final EngineNode node;
    private final ApiServer http;
    private final AdminKey adminKey;
    private final URI uri;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final long drainMaxMs;
    private boolean isClosed;

    private Server(
            final EngineNode node,
            final ApiServer http,
            final AdminKey adminKey,
            final URI uri,
            final long drainMaxMs) {
        this.node = node;
        this.http = http;
        this.adminKey = adminKey;
        this.uri = uri;
        this.drainMaxMs = drainMaxMs;
    }

    /**
     * Starts the engine, then listens.
     *
     * @param tls null: HTTP in the clear
     */
    static Server start(final EngineConfig config, final ServerOptions options, final TlsFiles tls) throws IOException {
        final ReplyRouter router = new ReplyRouter(EVENT_LOOPS);
        final EngineNode node = EngineNode.start(config, router);
        try {
            final AdminKey adminKey = AdminKey.of(config.dataDirectory(), options.adminKey);
            final ApiServer http = ApiServer.start(
                            node.gate(),
                            router,
                            node.kinds(),
                            node::status,
                            new Sources(node.records(), node.reports()),
                            new ApiConfig(
                                    options.host,
                                    options.port,
                                    adminKey.hash(),
                                    EdgeLimits.defaults().withWaiting(options.waitingMax),
                                    tls))
                    .await();
            node.onForce(http.meters()::onForceLatency);
            final URI uri = URI.create((tls == null ? "http://" : "https://") + options.host + ":" + http.port());
            return new Server(node, http, adminKey, uri, config.stop().drainMs());
        } catch (final IOException | RuntimeException e) {
            node.close();
            throw e;
        }
    }

    EngineNode node() {
        return node;
    }

    AdminKey adminKey() {
        return adminKey;
    }

    URI uri() {
        return uri;
    }

    /**
     * Waits until the program is told to stop (SIGTERM, SIGINT) or a fault has stopped the engine.
     *
     * @return exit code: 1 after a fault
     */
    int awaitEnd() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopOnSignal, "shutdown"));
        node.halted().thenRun(ended::countDown);
        ended.await();
        return node.halted().isDone() ? 1 : 0;
    }

    /** A signal that was asked for and obeyed is no failure: the JVM's own exit code would say 143. */
    private void stopOnSignal() {
        final boolean isRunning = !node.halted().isDone();
        close();
        if (isRunning) {
            Runtime.getRuntime().halt(0);
        }
    }

    private void awaitDrained() {
        if (node.halted().isDone()) {
            return; // and nobody is answered
        }
        try {
            http.drained().await(drainMaxMs, TimeUnit.MILLISECONDS);
        } catch (final TimeoutException e) {
            LOG.error("callers are left without an answer", e);
        }
    }

    /** Refuses new requests, answers what is under way, takes a snapshot, stops listening. */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        // Whoever was accepted before the gate shut is answered while everything still runs.
        node.refuse();
        awaitDrained();
        http.closeFeed();
        node.close();
        try {
            http.close().await();
        } catch (final RuntimeException e) {
            LOG.error("HTTP server did not close", e);
        }
        ended.countDown();
    }
}
