package io.miaojie.api.page;

import io.vertx.core.http.HttpServerRequest;

/**
 * What is said to browsers beside what they asked for: that types are as stated, that addresses are told to nobody,
 * and, over TLS, that there is no way here without it.
 */
public final class BrowserHeaders {
    private static final String YEAR = "max-age=31536000";

    private BrowserHeaders() {}

    /** Puts them on the response to a request. */
    public static void put(final HttpServerRequest request) {
        request.response().putHeader("X-Content-Type-Options", "nosniff").putHeader("Referrer-Policy", "no-referrer");
        if (request.isSSL()) {
            request.response().putHeader("Strict-Transport-Security", YEAR);
        }
    }
}
