package io.miaojie.api.client;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Calls one server with one API key. Thread: any; answers arrive on the client's own event loop. */
public final class ApiClient {
    /** One answer: HTTP status, the {@code Miaojie-Sequence} header (0 when absent) and the body. */
    public record Answer(int status, long sequence, boolean replayed, JsonObject body) {
        /** Returns the body, or fails with everything known when the status is not 200. */
        public JsonObject expectOk() {
            if (status != 200) {
                throw new IllegalStateException("unexpected answer status=" + status + " body=" + body);
            }
            return body;
        }
    }

    private static final long CALL_TIMEOUT_S = 60;

    private final Context loop;
    private final HttpClient http;
    private final URI server;
    private final String key;

    /**
     * Makes a client.
     *
     * @param connectionsMax most connections at a time
     */
    public ApiClient(final Vertx vertx, final URI server, final String key, final int connectionsMax) {
        this(
                vertx.getOrCreateContext(),
                vertx.createHttpClient(
                        new HttpClientOptions().setKeepAlive(true).setConnectTimeout(5_000),
                        new PoolOptions().setHttp1MaxSize(connectionsMax).setMaxWaitQueueSize(-1)),
                server,
                key);
    }

    private ApiClient(final Context loop, final HttpClient http, final URI server, final String key) {
        this.loop = loop;
        this.http = http;
        this.server = server;
        this.key = key;
    }

    /** Returns a client of the same server and connections that calls with another key. */
    public ApiClient withKey(final String otherKey) {
        return new ApiClient(loop, http, server, otherKey);
    }

    /** Sends a request and waits for its answer. */
    public Answer call(final HttpMethod method, final String path, final JsonObject body) {
        return await(send(method, path, body == null ? null : body.toBuffer()));
    }

    /** Posts JSON and waits for its answer. */
    public Answer post(final String path, final JsonObject body) {
        return call(HttpMethod.POST, path, body);
    }

    /** Reads a resource and waits for it. */
    public Answer get(final String path) {
        return call(HttpMethod.GET, path, null);
    }

    /** Sends a request; the answer arrives on the event loop. */
    public Future<Answer> send(final HttpMethod method, final String path, final Buffer body) {
        return onLoop(() -> open(method, path, "application/json").compose(request -> {
            final var sent = body == null ? request.send() : request.send(body);
            return sent.compose(response -> response.body().map(bytes -> answer(response, bytes)));
        }));
    }

    private static Answer answer(final HttpClientResponse response, final Buffer body) {
        final String sequence = response.getHeader("Miaojie-Sequence");
        return new Answer(
                response.statusCode(),
                sequence == null ? 0 : Long.parseLong(sequence),
                "true".equals(response.getHeader("Idempotent-Replayed")),
                body.length() == 0 ? new JsonObject() : new JsonObject(body));
    }

    /** Begins a call on the event loop: begun elsewhere, a body could arrive before anybody listens for it. */
    <T> Future<T> onLoop(final Supplier<Future<T>> call) {
        return Future.future(promise -> loop.runOnContext(now -> call.get().onComplete(promise)));
    }

    Future<HttpClientRequest> open(final HttpMethod method, final String path, final String contentType) {
        final RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost(server.getHost())
                .setPort(server.getPort())
                .setURI(path);
        if (key != null) {
            options.putHeader("Authorization", "Bearer " + key);
        }
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.DELETE)) {
            options.putHeader("Content-Type", contentType);
        }
        return http.request(options);
    }

    static <T> T await(final Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(CALL_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an answer", e);
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof final RequestRefusedException refused) {
                throw refused;
            }
            throw new ServerUnavailableException("no answer: " + e.getCause(), e);
        } catch (final TimeoutException e) {
            throw new ServerUnavailableException("no answer within " + CALL_TIMEOUT_S + " s", e);
        }
    }

    /** Closes the connections. */
    public void close() {
        await(http.close());
    }
}
