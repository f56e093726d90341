package io.miaojie.api.server;

import io.miaojie.api.edge.Edge;
import io.miaojie.api.edge.HttpLimits;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.api.route.Routes;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.TimeUnit;

/** One event loop of the server: it owns an edge and accepts connections. */
final class EdgeVerticle extends VerticleBase {
    private static final long SWEEP_MS = 1_000;
    private static final long CERTIFICATE_LOOK_MS = 5_000;

    private final Edge.Shared shared;
    private final int loop;
    private final ApiConfig config;
    private Edge edge;
    private HttpServer server;

    EdgeVerticle(final Edge.Shared shared, final int loop, final ApiConfig config) {
        this.shared = shared;
        this.loop = loop;
        this.config = config;
    }

    @Override
    public Future<?> start() {
        edge = new Edge(shared, loop, context);
        return edge.open().compose(ignored -> {
            final Routes routes = new Routes(edge);
            vertx.setPeriodic(SWEEP_MS, now -> edge.connections().sweep());
            server = vertx.createHttpServer(options(edge.limits().http()))
                    .connectionHandler(this::onOpen)
                    .exceptionHandler(cause -> edge.meters().onConnectionClosed("HANDSHAKE"))
                    .requestHandler(routes::handle)
                    .invalidRequestHandler(EdgeVerticle::refuse);
            // To Vert.x, -1 is one free port that all loops share, and 0 a free one for each.
            return server.listen(config.port() == 0 ? -1 : config.port(), config.host())
                    .onSuccess(this::watchCertificate);
        });
    }

    @Override
    public Future<?> stop() {
        return server == null
                ? Future.succeededFuture()
                : server.shutdown(config.limits().http().closeMs(), TimeUnit.MILLISECONDS);
    }

    Future<Void> drained() {
        return edge.drained();
    }

    int actualPort() {
        return server.actualPort();
    }

    private void onOpen(final HttpConnection connection) {
        sendTogether(connection);
        edge.connections().onOpen(connection);
    }

    /**
     * What a turn of the event loop answers is sent when all of it is written: a client's machine finds more answers
     * before it rests, and is woken less often.
     */
    private static void sendTogether(final HttpConnection connection) {
        ((HttpServerConnection) connection)
                .channelHandlerContext()
                .pipeline()
                .addFirst(new FlushConsolidationHandler(
                        FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
    }

    private void watchCertificate(final HttpServer listening) {
        if (config.tls() != null) {
            TlsReload.start(vertx, listening, config.tls(), CERTIFICATE_LOOK_MS);
        }
    }

    /**
     * Vert.x's own idle time-out is left out: {@code Connections} knows what a connection is idle for. Whoever speaks
     * HTTP to a server of TLS is cut off in the handshake.
     */
    private HttpServerOptions options(final HttpLimits limits) {
        final HttpServerOptions options = new HttpServerOptions();
        if (config.tls() != null) {
            // HTTP/1.1 alone: a connection is guarded as one that has one request under way.
            options.setSsl(true)
                    .setUseAlpn(false)
                    .setKeyCertOptions(config.tls().options());
        }
        return options.setHttp2ClearTextEnabled(false)
                // No web sockets here: without their extensions each request passes one handler less.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setHandle100ContinueAutomatically(true)
                .setMaxInitialLineLength(limits.requestLineBytesMax())
                .setMaxHeaderSize(limits.headBytesMax());
    }

    /** What is not HTTP, or too long in its head, never becomes an exchange; its connection ends. */
    private static void refuse(final HttpServerRequest request) {
        final Throwable cause = request.decoderResult().cause();
        final String name = cause == null ? "" : cause.getClass().getSimpleName();
        final EdgeCode code =
                switch (name) {
                    case "TooLongHttpLineException" -> EdgeCode.URI_TOO_LONG;
                    case "TooLongHttpHeaderException" -> EdgeCode.HEADERS_TOO_LARGE;
                    default -> EdgeCode.REQUEST_INVALID;
                };
        request.response()
                .setStatusCode(code.status())
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Connection", "close")
                .end("{\"type\":\"about:blank\",\"status\":" + code.status() + ",\"code\":\"" + code + "\"}");
        request.connection().close();
    }
}
