package io.miaojie.api.fuzz;

import io.miaojie.api.support.Contract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;

/**
 * Paths, queries and headers as the contract has them, and such as are almost so. Nobody is asked to wait: a request
 * that waits for what never comes is answered with 503 in the end, and rightly.
 */
final class HeadMaker {
    private static final Map<String, List<String>> WORDS = Map.of(
            "wait_s", List.of("0", "-1", "61", "0x0", "00"),
            "min_sequence", List.of("0", "1", "-1", "1.0", "9223372036854775808", "0x1"),
            "cursor", List.of("1", "0", "1.1", "999999999999999999.0", "0.999999999999999999", "1.", ".1"),
            "after", List.of("0", "1", "1-0", "2-99999", "99999999999999-99999", "1-", "-1"),
            "types", List.of("payment", "PAYMENT", "a,b,,c", ",", "grant.made,pool.changed"),
            "limit", List.of("1", "50", "1000", "1001", "0", "-5", "1e2"));

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "\u202e\ud83d\ude00",
            "'; drop schema miaojie cascade; --",
            "x".repeat(65),
            "x".repeat(1_500),
            "../../etc/passwd",
            "9".repeat(30),
            "<script>");

    /** Parts of a path that stand for no text at all, or for a way around. */
    private static final List<String> SEGMENTS =
            List.of("%00", "%ff%fe", "..%2F..", ".", "..", "%2e%2e", "", "a;b=c", "x".repeat(65));

    private static final List<String> HEADERS = List.of("Request-Id", "Prefer", "Last-Event-ID", "If-None-Match");

    private final Contract contract;
    private final BodyMaker bodies;
    private final Random random;

    HeadMaker(final Contract contract, final BodyMaker bodies, final Random random) {
        this.contract = contract;
        this.bodies = bodies;
        this.random = random;
    }

    /** Returns path and query of a request for an operation. */
    String path(final String operation) {
        final StringJoiner path = new StringJoiner("/", "/", "");
        for (final String segment : operation.split(" ")[1].substring(1).split("/")) {
            path.add(segment.startsWith("{") ? random.nextInt(8) == 0 ? one(SEGMENTS) : bodies.id() : segment);
        }
        final StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        final JsonArray parameters = contract.operation(operation).getJsonArray("parameters", new JsonArray());
        for (final Object each : parameters) {
            final JsonObject parameter = contract.resolved((JsonObject) each);
            final boolean isWait = "wait_s".equals(parameter.getString("name")); // absent, it is twenty seconds
            if ("query".equals(parameter.getString("in")) && (isWait || random.nextInt(3) == 0)) {
                for (int i = random.nextInt(20) == 0 ? 2 : 1; i > 0; i--) {
                    query.add(parameter.getString("name") + "="
                            + URLEncoder.encode(value(parameter), StandardCharsets.UTF_8));
                }
            }
        }
        if (random.nextInt(20) == 0) {
            query.add(one(List.of("unknown=1", "=", "&&", "a", "%00=%00", "limit")));
        }
        return path.toString() + query;
    }

    /** Adds what may stand in a head now and then. */
    void addHeaders(final HttpRequest.Builder request) {
        if (random.nextInt(4) == 0) {
            final String text = one(TEXTS).replaceAll("[^ -~]", "?");
            request.header(one(HEADERS), random.nextBoolean() ? one(WORDS.get("after")) : text);
        }
    }

    private String value(final JsonObject parameter) {
        final String name = parameter.getString("name");
        if (random.nextInt(6) == 0 && !name.equals("wait_s")) {
            return one(TEXTS);
        }
        return WORDS.containsKey(name)
                ? one(WORDS.get(name))
                : String.valueOf(bodies.value(parameter.getJsonObject("schema")));
    }

    private <T> T one(final List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
