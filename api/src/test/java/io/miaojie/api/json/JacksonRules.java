package io.miaojie.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.wire.Currencies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The rules of {@link JsonReader} said again over Jackson, plainly: what the reader is held against. */
final class JacksonRules implements ShapeReader {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxNameLength(256)
                    .build())
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private final Deque<Object> path = new ArrayDeque<>();
    private JsonParser parser;

    /** Tells whether these bytes are no JSON at all, whatever is asked of them. */
    static boolean isMalformed(final byte[] document) {
        try (JsonParser all = FACTORY.createParser(document)) {
            while (all.nextToken() != null) {
                all.getText();
            }
            return false;
        } catch (final IOException e) {
            return true;
        }
    }

    @Override
    public void open(final byte[] document) {
        try {
            final String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw new BadInput(EdgeCode.INVALID_UTF8, null, "NUL");
            }
            parser = FACTORY.createParser(document);
        } catch (final CharacterCodingException e) {
            throw new BadInput(EdgeCode.INVALID_UTF8, null, e.toString());
        } catch (final IOException e) {
            throw refusal(e);
        }
        if (next() == null) {
            throw new BadInput(EdgeCode.MALFORMED_JSON, null, "empty");
        }
        beginObject();
    }

    @Override
    public void close() {
        if (next() != null) {
            throw new BadInput(EdgeCode.MALFORMED_JSON, null, "more");
        }
    }

    @Override
    public String nextField() {
        if (next() == JsonToken.END_OBJECT) {
            path.removeLast();
            return null;
        }
        try {
            final String name = parser.currentName();
            path.removeLast();
            path.addLast(name);
            next();
            return name;
        } catch (final IOException e) {
            throw refusal(e);
        }
    }

    @Override
    public BadInput refuse(final EdgeCode code) {
        return new BadInput(code, pointer(), null);
    }

    @Override
    public void beginObject() {
        require(JsonToken.START_OBJECT);
        path.addLast(-1);
    }

    @Override
    public void beginArray() {
        require(JsonToken.START_ARRAY);
        path.addLast(-1);
    }

    @Override
    public boolean nextEntry(final int entriesMax) {
        if (next() == JsonToken.END_ARRAY) {
            path.removeLast();
            return false;
        }
        final int place = (Integer) path.removeLast() + 1;
        path.addLast(place);
        if (place >= entriesMax) {
            throw refuse(EdgeCode.TOO_MANY_ENTRIES);
        }
        return true;
    }

    @Override
    public Object id() {
        return matching(text().matches("[A-Za-z0-9_.:@|*-]{1,64}"), EdgeCode.INVALID_ID, word());
    }

    @Override
    public Object text(final int bytesMax) {
        final String text = text();
        final boolean isPlain = !text.isEmpty()
                && text.getBytes(StandardCharsets.UTF_8).length <= bytesMax
                && text.codePoints().noneMatch(c -> Character.isISOControl(c) || c >= 0xD800 && c <= 0xDFFF);
        return matching(isPlain, EdgeCode.INVALID_TEXT, text);
    }

    @Override
    public String word() {
        return text();
    }

    @Override
    public long integer(final long min, final long max) {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
            throw refuse(EdgeCode.NOT_AN_INTEGER);
        }
        require(JsonToken.VALUE_NUMBER_INT);
        try {
            final long value = parser.getTextLength() > 18 ? Long.MIN_VALUE : parser.getLongValue();
            matching(value >= min && value <= max, EdgeCode.OUT_OF_RANGE, value);
            return value;
        } catch (final IOException e) {
            throw refusal(e);
        }
    }

    @Override
    public long time() {
        final byte[] text = text().getBytes(StandardCharsets.UTF_8);
        final long ns = Rfc3339.parse(text, 0, text.length);
        matching(ns != Rfc3339.INVALID, EdgeCode.INVALID_TIME, ns);
        return ns;
    }

    @Override
    public int currency() {
        final Currencies.Currency currency = Currencies.byCode(text());
        matching(currency != null, EdgeCode.CURRENCY_UNKNOWN, "");
        return currency.number();
    }

    @Override
    public Object json(final int bytesMax) {
        require(JsonToken.START_OBJECT);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            int depth = 0;
            do {
                final JsonToken token = parser.currentToken();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                requireWhole(token);
                if (token.isNumeric()) {
                    generator.writeNumber(parser.getText());
                } else {
                    generator.copyCurrentEvent(parser);
                }
            } while (depth > 0 && parser.nextToken() != null);
        } catch (final IOException e) {
            throw refusal(e);
        }
        return matching(out.size() <= bytesMax, EdgeCode.OUT_OF_RANGE, out.toString(StandardCharsets.UTF_8));
    }

    @Override
    public boolean truth() {
        final JsonToken token = parser.currentToken();
        matching(token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE, EdgeCode.WRONG_TYPE, "");
        return token == JsonToken.VALUE_TRUE;
    }

    @Override
    public boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    @Override
    public void skip() {
        try {
            parser.skipChildren();
        } catch (final IOException e) {
            throw refusal(e);
        }
    }

    /** Half a character is none: Jackson refuses to write some of them only. */
    private void requireWhole(final JsonToken token) throws IOException {
        if ((token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME)
                && parser.getText().codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
            throw new BadInput(EdgeCode.MALFORMED_JSON, null, "lone surrogate");
        }
    }

    private String text() {
        require(JsonToken.VALUE_STRING);
        try {
            return parser.getText();
        } catch (final IOException e) {
            throw refusal(e);
        }
    }

    private Object matching(final boolean holds, final EdgeCode code, final Object value) {
        if (!holds) {
            throw refuse(code);
        }
        return value;
    }

    private void require(final JsonToken token) {
        matching(parser.currentToken() == token, EdgeCode.WRONG_TYPE, "");
    }

    private JsonToken next() {
        try {
            return parser.nextToken();
        } catch (final IOException e) {
            throw refusal(e);
        }
    }

    private BadInput refusal(final IOException e) {
        return e instanceof StreamConstraintsException
                ? refuse(EdgeCode.JSON_TOO_COMPLEX)
                : new BadInput(EdgeCode.MALFORMED_JSON, null, e.toString());
    }

    private String pointer() {
        final StringBuilder pointer = new StringBuilder();
        for (final Iterator<Object> steps = path.iterator(); steps.hasNext(); ) {
            final Object step = steps.next();
            if (!step.equals(-1)) {
                pointer.append('/').append(step.toString().replace("~", "~0").replace("/", "~1"));
            }
        }
        return pointer.toString();
    }
}
