package io.miaojie.benchmarks.baseline;

import io.miaojie.benchmarks.rig.ServerProcess;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;

/**
 * A bare Vert.x server that parses the payment and answers it as JSON: what HTTP costs alone. Leaves out everything
 * that a payment is about: it decides nothing, remembers nothing and forces nothing.
 */
public final class EchoServer {
    private EchoServer() {}

    /** Serves until it is stopped. */
    public static void main(final String[] args) {
        final Vertx vertx =
                Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
        vertx.createHttpServer(new HttpServerOptions().setTcpNoDelay(true))
                .requestHandler(request -> request.body().onSuccess(body -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(new JsonObject(body).toBuffer())))
                .listen(0, "127.0.0.1")
                .onSuccess(server -> ServerProcess.announce(server.actualPort()));
    }
}
