package io.miaojie.api.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Documents are taken and refused exactly as they are over Jackson: the same values, codes and pointers. */
@Timeout(120)
class JsonReaderTest {
    private static final int DOCUMENTS = 300_000;
    private static final long BOUND = 99;

    @Test
    void agreesWithJacksonOnRandomDocuments() {
        final TreeMap<String, Integer> seen = new TreeMap<>();
        final JsonReader reader = new JsonReader();
        for (long seed = 0; seed < DOCUMENTS; seed++) {
            final byte[] document = RandomDocument.of(seed);
            final String expected = read(new JacksonRules(), document);
            final String actual = read(new ShapeReader.Ours(reader), document);
            // Of two faults the reader may say that the document is malformed, which Jackson sees later.
            final boolean isLate = actual.startsWith("refused MALFORMED_JSON")
                    && expected.startsWith("refused")
                    && JacksonRules.isMalformed(document);
            assertEquals(
                    isLate ? actual : expected,
                    actual,
                    "seed=" + seed + " " + new String(document, StandardCharsets.UTF_8));
            seen.merge(expected.startsWith("refused") ? expected.split(" ")[1] : "taken", 1, Integer::sum);
        }
        assertTrue(
                seen.keySet()
                        .containsAll(Set.of(
                                "taken",
                                "MALFORMED_JSON",
                                "INVALID_UTF8",
                                "UNKNOWN_FIELD",
                                "DUPLICATE_FIELD",
                                "WRONG_TYPE",
                                "NOT_AN_INTEGER",
                                "OUT_OF_RANGE",
                                "INVALID_ID",
                                "INVALID_TEXT",
                                "INVALID_TIME",
                                "CURRENCY_UNKNOWN",
                                "TOO_MANY_ENTRIES")),
                seen::toString);
        assertTrue(seen.get("taken") > DOCUMENTS / 10, seen::toString);
    }

    @Test
    void refusesNamesBeyondTheirLength() {
        assertEquals(EdgeCode.UNKNOWN_FIELD, refusal("{\"" + "n".repeat(256) + "\":1}"));
        assertEquals(EdgeCode.JSON_TOO_COMPLEX, refusal("{\"" + "n".repeat(257) + "\":1}"));
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        assertEquals(EdgeCode.JSON_TOO_COMPLEX, refusal("{\"json\":" + "{\"a\":".repeat(16) + 1 + "}".repeat(17)));
    }

    @Test
    void judgesALongTextByWhatIsAskedOfIt() {
        final String text = "a".repeat(5_000);
        assertEquals(EdgeCode.INVALID_ID, refusal("{\"id\":\"" + text + "\"}"));
        assertEquals(EdgeCode.OUT_OF_RANGE, refusal("{\"json\":{\"a\":\"" + text + "\"}}"));
        assertEquals(EdgeCode.OUT_OF_RANGE, refusal("{\"integer\":" + "9".repeat(5_000) + "}"));
    }

    @Test
    void refusesEveryBeginningOfADocument() {
        final String whole =
                "{\"id\":\"p\",\"text\":\"\\u0041b\",\"integer\":17,\"truth\":true,\"array\":[1,2],\"json\":{}}";
        read(new ShapeReader.Ours(new JsonReader()), bytes(whole));
        for (int length = 0; length < whole.length(); length++) {
            assertEquals(EdgeCode.MALFORMED_JSON, refusal(whole.substring(0, length)));
        }
    }

    @Test
    void makesAWordOnce() {
        final Words words = new Words();
        final byte[] names = bytes("order_idorder_id茶");
        assertSame(words.of(names, 0, 8), words.of(names, 8, 8));
        assertEquals("order_id", words.of(names, 0, 8));
        assertEquals("茶", words.of(names, 16, 3));
        assertEquals("", words.of(names, 0, 0));
    }

    private static EdgeCode refusal(final String document) {
        final ShapeReader reader = new ShapeReader.Ours(new JsonReader());
        return assertThrows(BadInput.class, () -> walk(reader, bytes(document), new StringBuilder()), document)
                .code();
    }

    private static byte[] bytes(final String document) {
        return document.getBytes(StandardCharsets.UTF_8);
    }

    private static String read(final ShapeReader in, final byte[] document) {
        final StringBuilder out = new StringBuilder();
        try {
            walk(in, document, out);
        } catch (final BadInput e) {
            return "refused " + e.code() + " " + e.pointer();
        }
        return out.toString();
    }

    private static void walk(final ShapeReader in, final byte[] document, final StringBuilder out) {
        in.open(document);
        object(in, out);
        in.close();
    }

    private static void object(final ShapeReader in, final StringBuilder out) {
        long mask = 0;
        for (String name = in.nextField(); name != null; name = in.nextField()) {
            final int place = RandomDocument.NAMES.indexOf(name);
            if (place < 0) {
                throw in.refuse(EdgeCode.UNKNOWN_FIELD);
            }
            if ((mask >> place & 1) != 0) {
                throw in.refuse(EdgeCode.DUPLICATE_FIELD);
            }
            mask |= 1L << place;
            out.append(name).append('=');
            value(in, name, out);
            out.append(';');
        }
    }

    private static void value(final ShapeReader in, final String name, final StringBuilder out) {
        switch (name) {
            case "id" -> out.append(in.id());
            case "text" -> out.append(in.text(20));
            case "word" -> out.append(in.word().replaceAll("[\uD800-\uDFFF\uFFFD]", ""));
            case "integer" -> out.append(in.integer(-BOUND, BOUND));
            case "time" -> out.append(in.time());
            case "currency" -> out.append(in.currency());
            case "json" -> out.append(in.json(90));
            case "truth" -> out.append(in.truth());
            case "null" -> {
                out.append(in.isNull());
                in.skip();
            }
            case "skip" -> in.skip();
            case "object" -> {
                in.beginObject();
                object(in, out);
            }
            default -> {
                in.beginArray();
                while (in.nextEntry(3)) {
                    out.append(in.integer(-BOUND, BOUND)).append(',');
                }
            }
        }
    }
}
