package io.miaojie.benchmarks.rig;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One connection to the server with one key, on which requests follow each other without waiting for answers. */
final class Api implements AutoCloseable {
    private static final int PIPELINED_MAX = 64;
    private static final long CALL_TIMEOUT_S = 30;

    private final Context loop;
    private final HttpClient http;
    private final URI server;
    private final String key;

    Api(final Vertx vertx, final URI server, final String key) {
        this.loop = vertx.getOrCreateContext();
        this.http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setPipelining(true)
                        .setPipeliningLimit(PIPELINED_MAX)
                        .setTcpNoDelay(true),
                new PoolOptions().setHttp1MaxSize(1));
        this.server = server;
        this.key = key;
    }

    /** Posts JSON and waits for its answer, which must be 200. */
    JsonObject post(final String path, final JsonObject body) {
        return new JsonObject(await(send(HttpMethod.POST, path, "application/json", body.toBuffer())));
    }

    /** Posts JSON; its answer, which must be 200, arrives on the event loop. */
    Future<JsonObject> send(final String path, final Buffer body) {
        return send(HttpMethod.POST, path, "application/json", body).map(JsonObject::new);
    }

    /** Reads a resource and waits for it. */
    Buffer get(final String path) {
        return await(send(HttpMethod.GET, path, null, null));
    }

    /** Posts a block of events; the last line of the answer, its summary, arrives on the event loop. */
    Future<JsonObject> ingest(final Buffer lines) {
        return send(HttpMethod.POST, "/v1/events?answers=summary", "application/x-ndjson", lines)
                .map(answer -> new JsonObject(answer).getJsonObject("summary"));
    }

    @Override
    public void close() {
        await(http.close());
    }

    private Future<Buffer> send(
            final HttpMethod method, final String path, final String contentType, final Buffer body) {
        final RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost(server.getHost())
                .setPort(server.getPort())
                .setURI(path)
                .putHeader("Authorization", "Bearer " + key);
        if (contentType != null) {
            options.putHeader("Content-Type", contentType);
        }
        // Begun on the event loop: begun elsewhere, a body could arrive before anybody listens for it.
        return Future.future(promise -> loop.runOnContext(now -> http.request(options)
                .compose(request -> body == null ? request.send() : request.send(body))
                .compose(response -> response.body().map(answer -> expectOk(response, path, answer)))
                .onComplete(promise)));
    }

    private static Buffer expectOk(final HttpClientResponse response, final String path, final Buffer answer) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    "refused: path=" + path + " status=" + response.statusCode() + " body=" + answer);
        }
        return answer;
    }

    private static <T> T await(final Future<T> future) {
        try {
            return future.await(CALL_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (final TimeoutException e) {
            throw new IllegalStateException("no answer within " + CALL_TIMEOUT_S + " s", e);
        }
    }
}
