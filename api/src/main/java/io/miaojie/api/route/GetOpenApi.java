package io.miaojie.api.route;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Hands out the contract. */
final class GetOpenApi implements Endpoint {
    private final String contract = contract();

    @Override
    public void handle(final Exchange exchange) {
        exchange.text("application/yaml", contract);
    }

    private static String contract() {
        try (InputStream in = GetOpenApi.class.getResourceAsStream("/openapi.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
