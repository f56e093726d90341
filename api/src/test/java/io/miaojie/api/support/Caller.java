package io.miaojie.api.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client with one key. In JSON texts, single quotes stand for double ones. */
public final class Caller {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final String key;

    public Caller(final int port, final String key) {
        this.port = port;
        this.key = key;
    }

    /** The same server with another key; null: none. */
    public Caller with(final String otherKey) {
        return new Caller(port, otherKey);
    }

    /** Returns the key. */
    public String secret() {
        return key;
    }

    public HttpResponse<String> get(final String path) {
        return send(request(path).GET());
    }

    public HttpResponse<String> delete(final String path) {
        return send(request(path).DELETE());
    }

    public HttpResponse<String> post(final String path, final String json) {
        return send("POST", path, "application/json", quoted(json).getBytes(StandardCharsets.UTF_8));
    }

    public HttpResponse<String> put(final String path, final String json) {
        return send("PUT", path, "application/json", quoted(json).getBytes(StandardCharsets.UTF_8));
    }

    public HttpResponse<String> patch(final String path, final String json) {
        return send("PATCH", path, "application/json", quoted(json).getBytes(StandardCharsets.UTF_8));
    }

    public HttpResponse<String> events(final String query, final String lines) {
        return send(
                "POST",
                "/v1/events" + query,
                "application/x-ndjson",
                quoted(lines).getBytes(StandardCharsets.UTF_8));
    }

    public HttpResponse<String> send(final String method, final String path, final String type, final byte[] body) {
        final HttpRequest.Builder request = request(path).method(method, BodyPublishers.ofByteArray(body));
        return send(type == null ? request : request.header("Content-Type", type));
    }

    public HttpResponse<String> send(final HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpRequest.Builder request(final String path) {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    private static String quoted(final String json) {
        return json.replace('\'', '"');
    }
}
