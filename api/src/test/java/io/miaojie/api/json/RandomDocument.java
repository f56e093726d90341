package io.miaojie.api.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Documents of one shape, most of them fit, with bytes changed at random in many: a seed makes one document. */
final class RandomDocument {
    /** Names of the shape; each says how its value is taken. */
    static final List<String> NAMES = List.of(
            "id", "text", "word", "integer", "time", "currency", "json", "truth", "null", "skip", "object", "array");

    private static final List<String> TEXTS = List.of(
            "p-17",
            "a",
            "茶",
            "é",
            "\uD83C\uDF75",
            "\\n",
            "\\u0041",
            "\\u8336",
            "\\uD83C\\uDF75",
            "\\ud83c",
            "\\udf75\\ud83c",
            "\\ud83c\\u0041",
            "\\\\",
            "\\\"",
            "\\/",
            "\\b\\f\\r\\t",
            "\\u001F\\u007f\\u0085",
            "\u007f",
            "\u0085",
            "|*@",
            " ",
            "~/",
            "CNY",
            "2026-11-22T10:00:00+08:00");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "7",
            "99",
            "-5",
            "01",
            "-",
            "1.5",
            "1.",
            ".5",
            "1e3",
            "1E+3",
            "1e",
            "9007199254740991",
            "123456789012345678",
            "1234567890123456789012");
    private static final List<String> SPACES = List.of("", "", "", "", "", " ", "\n", "\t", "\r", "  ");
    private static final String PIECES = "{}[]\",:\\u0x19eE+-.tfn \n\u0001\u001f/'";

    private final Random random;
    private final StringBuilder out = new StringBuilder();

    private RandomDocument(final long seed) {
        random = new Random(seed);
    }

    /** Makes the document of this seed. */
    static byte[] of(final long seed) {
        final RandomDocument document = new RandomDocument(seed);
        if (document.random.nextInt(50) == 0) {
            document.out.append('\uFEFF');
        }
        document.space();
        document.object(0);
        document.space();
        final byte[] bytes = document.out.toString().getBytes(StandardCharsets.UTF_8);
        return document.random.nextInt(3) == 0 ? bytes : document.changed(bytes);
    }

    private void object(final int depth) {
        out.append('{');
        final int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "" : ",");
            space();
            final String name = pick(NAMES);
            out.append('"')
                    .append(random.nextInt(20) == 0 ? escaped(name) : name)
                    .append('"');
            space();
            out.append(':');
            space();
            value(random.nextInt(8) == 0 ? pick(NAMES) : name, depth);
            space();
        }
        out.append('}');
    }

    private void value(final String name, final int depth) {
        switch (name) {
            case "id" -> string(random.nextInt(1, 3));
            case "text", "word", "skip" -> string(random.nextInt(4));
            case "integer" -> out.append(pick(NUMBERS));
            case "time" -> out.append("\"2026-0").append(random.nextInt(10)).append("-01T00:00:00.5Z\"");
            case "currency" -> out.append(random.nextBoolean() ? "\"CNY\"" : "\"\\u0043NY\"");
            case "truth" -> out.append(random.nextBoolean());
            case "null" -> out.append("null");
            case "array" -> array(depth);
            default -> {
                if (depth < 17) {
                    object(depth + (random.nextInt(30) == 0 ? 0 : 1));
                } else {
                    out.append("{}");
                }
            }
        }
    }

    private void array(final int depth) {
        out.append('[');
        final int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "" : ",");
            space();
            value(random.nextInt(8) == 0 && depth < 17 ? pick(NAMES) : "integer", depth + 1);
            space();
        }
        out.append(']');
    }

    private void string(final int parts) {
        out.append('"');
        for (int i = 0; i < parts; i++) {
            out.append(pick(TEXTS).repeat(random.nextInt(12) == 0 ? 9 : 1));
        }
        out.append('"');
    }

    private void space() {
        out.append(pick(SPACES));
    }

    private byte[] changed(final byte[] bytes) {
        final java.io.ByteArrayOutputStream changed = new java.io.ByteArrayOutputStream();
        final int changes = random.nextInt(1, 4);
        int from = 0;
        for (int i = 0; i < changes && from < bytes.length; i++) {
            final int at = random.nextInt(from, bytes.length);
            changed.write(bytes, from, at - from);
            switch (random.nextInt(4)) {
                case 0 -> from = at + 1;
                case 1 -> {
                    changed.write(PIECES.charAt(random.nextInt(PIECES.length())));
                    from = at;
                }
                case 2 -> {
                    changed.write(PIECES.charAt(random.nextInt(PIECES.length())));
                    from = at + 1;
                }
                default -> {
                    changed.write(random.nextInt(20) == 0 ? random.nextInt(256) : bytes[at]);
                    from = random.nextInt(4) == 0 ? bytes.length : at;
                }
            }
        }
        changed.write(bytes, Math.min(from, bytes.length), Math.max(0, bytes.length - from));
        return changed.toByteArray();
    }

    private String pick(final List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static String escaped(final String name) {
        return String.format("\\u%04x", (int) name.charAt(0)) + name.substring(1);
    }
}
