package io.miaojie.api.fuzz;

import io.miaojie.api.support.Contract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Bodies as the contract has them, and bodies that are almost so: first made by the schema, or taken from the example,
 * then broken in up to three places. All chances come from one seed.
 */
final class BodyMaker {
    private static final int DEPTH_MAX = 6;
    private static final List<String> IDS = List.of("u1", "u2", "O1", "O2", "c1", "c2", "k9", "w1", "t1", "x");
    private static final Map<String, List<String>> WORDS = Map.of(
            "Id", IDS,
            "Currency", List.of("CNY", "USD", "PTS", "XXX"),
            "Time", List.of("2026-01-15T12:34:56+08:00", "2026-01-15T12:34:56.123456789Z", "2261-01-01T00:00:00Z"),
            "Word", List.of("tea", "\u8336", "A"));

    /** Texts that have broken readers of texts. */
    private static final List<String> HOSTILE_TEXTS = List.of(
            "",
            "\u0000",
            "\ud83d\ude00",
            "\ufffe",
            "\u202e",
            "'; drop schema miaojie cascade; --",
            "x".repeat(70_000),
            "../../etc/passwd",
            "${jndi:ldap://127.0.0.1:1/a}",
            "<script>");

    private static final List<Object> HOSTILE_VALUES = List.of(
            -1, 0, 1L << 53, Long.MAX_VALUE, Long.MIN_VALUE, 1.5, 1e300, true, new JsonArray(), new JsonObject(), "7");

    /** What no tree of JSON can hold, put in the place of a value. */
    private static final List<String> HOSTILE_RAW = List.of(
            "1e999999999",
            "-",
            "0123",
            "1".repeat(5_000),
            "[".repeat(3_000),
            "{\"a\":".repeat(500),
            "\"\\ud800\"",
            "\"\\u0000\"",
            "nul",
            "\"",
            "\u0001",
            "NaN");

    private final Contract contract;
    private final Random random;

    BodyMaker(final Contract contract, final Random random) {
        this.contract = contract;
        this.random = random;
    }

    /** Returns a body for an operation, mostly a little wrong. */
    String body(final String operation) {
        final Object example = contract.request(operation);
        final boolean isMade = random.nextInt(3) > 0;
        Object body = isMade ? value(contract.requestSchema(operation), 0) : ((JsonObject) example).copy();
        if (body instanceof final JsonObject object && object.containsKey("id") && random.nextInt(4) > 0) {
            object.put("id", "f" + random.nextInt(1_000_000));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            body = broken(body);
        }
        return raw(text(body));
    }

    /** Returns an id that may stand in a path. */
    String id() {
        return IDS.get(random.nextInt(IDS.size()));
    }

    /** Returns a value that has this schema, but for its pattern. */
    Object value(final JsonObject schema) {
        return value(schema, 0);
    }

    private Object value(final JsonObject schema, final int depth) {
        final String ref = schema.getString("$ref");
        if (ref != null) {
            final String name = ref.substring(ref.lastIndexOf('/') + 1);
            return WORDS.containsKey(name) ? one(WORDS.get(name)) : value(contract.component("schemas", name), depth);
        }
        final JsonArray choice =
                schema.getJsonArray("enum", schema.getJsonArray("anyOf", schema.getJsonArray("oneOf")));
        if (choice != null) {
            final Object chosen = choice.getValue(random.nextInt(choice.size()));
            return schema.containsKey("enum") ? chosen : value((JsonObject) chosen, depth);
        }
        final Object type = schema.getValue("type", "object");
        return switch (type instanceof final JsonArray types
                ? types.getString(random.nextInt(types.size()))
                : (String) type) {
            case "string" ->
                one(List.of("a", "P1D", "PT24H", "seller:s1", "platform", "https://shop.example/tea", "\u8336"));
            case "integer", "number" -> number(schema);
            case "boolean" -> random.nextBoolean();
            case "null" -> null;
            case "array" -> array(schema, depth);
            default -> object(schema, depth);
        };
    }

    private long number(final JsonObject schema) {
        final long min = schema.getLong("minimum", 0L);
        final long max = schema.getLong("maximum", (1L << 53) - 1);
        return switch (random.nextInt(4)) {
            case 0 -> min;
            case 1 -> max;
            default -> min + Math.floorMod(random.nextLong(), Math.max(1, Math.min(10_000, max - min)));
        };
    }

    private JsonArray array(final JsonObject schema, final int depth) {
        final JsonArray array = new JsonArray();
        for (int i = depth > DEPTH_MAX ? 0 : random.nextInt(4); i > 0; i--) {
            array.add(value(schema.getJsonObject("items", new JsonObject().put("type", "string")), depth + 1));
        }
        return array;
    }

    private JsonObject object(final JsonObject schema, final int depth) {
        final JsonObject object = new JsonObject();
        final JsonArray required = schema.getJsonArray("required", new JsonArray());
        for (final Map.Entry<String, Object> field : schema.getJsonObject("properties", new JsonObject())) {
            if (required.contains(field.getKey()) || depth < DEPTH_MAX && random.nextInt(3) == 0) {
                object.put(field.getKey(), value((JsonObject) field.getValue(), depth + 1));
            }
        }
        return object;
    }

    /** Breaks one place of a tree, found by walking down at random. */
    private Object broken(final Object tree) {
        if (tree instanceof final JsonObject object && !object.isEmpty() && random.nextInt(8) > 0) {
            final String name = one(new ArrayList<>(object.fieldNames()));
            switch (random.nextInt(5)) {
                case 0 -> object.remove(name);
                case 1 -> object.put(name + "_", object.getValue(name));
                default -> object.put(name, broken(object.getValue(name)));
            }
            return object;
        }
        if (tree instanceof final JsonArray array && !array.isEmpty() && random.nextInt(4) > 0) {
            final int place = random.nextInt(array.size());
            final Object broken = broken(array.getValue(place));
            if (random.nextInt(20) == 0) {
                for (int i = 0; i < 2_100; i++) {
                    array.add(broken);
                }
            }
            return broken == null ? array.setNull(place) : array.set(place, broken);
        }
        return random.nextBoolean() ? one(HOSTILE_VALUES) : random.nextInt(9) == 0 ? null : one(HOSTILE_TEXTS);
    }

    /** Now and then breaks the text itself: a value that is none, a field twice, an end that is missing. */
    private String raw(final String text) {
        final int colon = text.indexOf(':', random.nextInt(text.length()));
        return switch (random.nextInt(24)) {
            case 0 -> text.substring(0, random.nextInt(text.length()));
            case 1 -> text + text;
            case 2 -> text.replaceFirst("\\{", "{\"id\":\"twice\",");
            case 3 -> colon < 0 ? text : text.substring(0, colon + 1) + one(HOSTILE_RAW) + text.substring(colon + 1);
            case 4 -> colon < 0 ? text : text.substring(0, colon + 1) + one(HOSTILE_RAW);
            case 5 -> "\ufeff" + text;
            default -> text;
        };
    }

    private static String text(final Object tree) {
        return tree instanceof final JsonObject object
                ? object.encode()
                : new JsonArray().add(tree).encode();
    }

    private <T> T one(final List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
