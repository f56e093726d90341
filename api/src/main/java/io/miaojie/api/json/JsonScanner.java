package io.miaojie.api.json;

import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts one JSON document (RFC 8259) into tokens, and refuses what is none. The document is well-formed UTF-8. A text is
 * a run of its bytes or, where it holds escapes, of bytes of the scanner; it is read when it is asked for or passed, so
 * that a value of the wrong type is called that and not malformed.
 *
 * <p>Thread: one. Allocates: nothing once grown to the longest text with escapes.
 */
final class JsonScanner {
    static final int DEPTH_MAX = 16;
    static final int NAME_LENGTH_MAX = 256;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final int HEX_DIGITS = 4;

    private final JsonPath path;
    private byte[] bytes;
    private int first;
    private int end;
    private int at;

    /**
     * Containers that are open; bit {@code d} of {@code arrays} tells whether the one at depth {@code d} is an array.
     */
    private int depth;

    private int arrays;
    private boolean isEmpty;
    private boolean isNamed;
    private boolean isUnread;
    private JsonToken token;

    private byte[] unescaped = new byte[256];
    private byte[] text;
    private int textAt;
    private int textLength;

    /** @param path names the place when a document is too complex */
    JsonScanner(final JsonPath path) {
        this.path = path;
    }

    /** Opens a document. */
    void open(final byte[] source, final int offset, final int length) {
        bytes = source;
        first = offset;
        at = offset;
        end = offset + length;
        depth = 0;
        isNamed = false;
        isUnread = false;
        token = null;
        if (length >= BYTE_ORDER_MARK.length
                && Arrays.equals(bytes, at, at + BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) {
            at += BYTE_ORDER_MARK.length;
        }
    }

    /** Steps to the next token and returns it; a text that was not read is passed. */
    JsonToken next() {
        if (isUnread) {
            read();
        }
        skipSpace();
        token = step();
        return token;
    }

    /** Returns the token that the scanner stands on. */
    JsonToken token() {
        return token;
    }

    /** Returns how many objects and arrays are open. */
    int depth() {
        return depth;
    }

    /** Reads the text that the scanner stands on, unless it was; a name and a number are read already. */
    JsonScanner text() {
        if (isUnread) {
            read();
        }
        return this;
    }

    /** Returns the bytes that hold the name, text or number: UTF-8, but for lone surrogates, which stand as three. */
    byte[] textBytes() {
        return text;
    }

    int textAt() {
        return textAt;
    }

    int textLength() {
        return textLength;
    }

    /** Returns the refusal of a document that is no JSON at this place. */
    BadInput malformed() {
        return new BadInput(EdgeCode.MALFORMED_JSON, null, "not JSON near byte " + (Math.min(at, end) - first));
    }

    private JsonToken step() {
        if (isNamed) {
            expect(':');
            skipSpace();
            isNamed = false;
            return value();
        }
        if (depth == 0) {
            return token == null ? root() : end();
        }
        final int next = peek();
        final boolean isArray = (arrays >> depth & 1) != 0;
        if (next == (isArray ? ']' : '}')) {
            at++;
            depth--;
            isEmpty = false;
            return isArray ? JsonToken.ARRAY_END : JsonToken.OBJECT_END;
        }
        if (!isEmpty) {
            expect(',');
            skipSpace();
        }
        isEmpty = false;
        return isArray ? value() : name();
    }

    private JsonToken root() {
        if (at == end) {
            return JsonToken.END;
        }
        final JsonToken root = value();
        if ((root == JsonToken.INTEGER || root == JsonToken.FRACTION) && at < end && !isSpace(bytes[at])) {
            throw malformed();
        }
        return root;
    }

    private JsonToken end() {
        if (at < end) {
            throw malformed();
        }
        return JsonToken.END;
    }

    private JsonToken name() {
        expect('"');
        read();
        if (textLength > NAME_LENGTH_MAX) {
            throw tooComplex();
        }
        isNamed = true;
        return JsonToken.NAME;
    }

    private JsonToken value() {
        return switch (peek()) {
            case '{' -> enter(JsonToken.OBJECT, 0);
            case '[' -> enter(JsonToken.ARRAY, 1);
            case '"' -> {
                at++;
                isUnread = true;
                yield JsonToken.TEXT;
            }
            case 't' -> word(TRUE, JsonToken.TRUE);
            case 'f' -> word(FALSE, JsonToken.FALSE);
            case 'n' -> word(NULL, JsonToken.NULL);
            default -> number();
        };
    }

    private JsonToken enter(final JsonToken container, final int arrayBit) {
        if (depth == DEPTH_MAX) {
            throw tooComplex();
        }
        at++;
        depth++;
        arrays = arrays & ~(1 << depth) | arrayBit << depth;
        isEmpty = true;
        return container;
    }

    private JsonToken word(final byte[] word, final JsonToken result) {
        for (final byte letter : word) {
            expect(letter);
        }
        // Neither a longer word nor one that goes on in another script.
        if (at < end && (bytes[at] < 0 || Character.isJavaIdentifierPart(bytes[at]))) {
            throw malformed();
        }
        return result;
    }

    private JsonToken number() {
        text = bytes;
        textAt = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
            if (at < end && isDigit(bytes[at])) {
                throw malformed();
            }
        } else {
            digits();
        }
        final int integerEnd = at;
        if (at < end && bytes[at] == '.') {
            at++;
            digits();
        }
        if (at < end && (bytes[at] | 0x20) == 'e') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        textLength = at - textAt;
        return at == integerEnd ? JsonToken.INTEGER : JsonToken.FRACTION;
    }

    private void digits() {
        if (!isDigit(peek())) {
            throw malformed();
        }
        while (at < end && isDigit(bytes[at])) {
            at++;
        }
    }

    /** Reads from behind the first quote to behind the last. */
    private void read() {
        isUnread = false;
        final int start = at;
        while (true) {
            final int next = peek();
            if (next == '"') {
                text = bytes;
                textAt = start;
                textLength = at++ - start;
                return;
            }
            if (next == '\\') {
                readEscaped(start);
                return;
            }
            if (next >= 0 && next < ' ') {
                throw malformed();
            }
            at++;
        }
    }

    private void readEscaped(final int start) {
        int length = at - start;
        // An escape is never shorter than what it stands for.
        if (unescaped.length < end - start) {
            unescaped = new byte[end - start];
        }
        System.arraycopy(bytes, start, unescaped, 0, length);
        for (int next = peek(); next != '"'; next = peek()) {
            if (next >= 0 && next < ' ') {
                throw malformed();
            }
            at++;
            if (next == '\\') {
                length += Utf8.put(unescaped, length, escape());
            } else {
                unescaped[length++] = (byte) next;
            }
        }
        at++;
        text = unescaped;
        textAt = 0;
        textLength = length;
    }

    /** Reads an escape behind its backslash and returns the code point: two surrogates that belong together are one. */
    private int escape() {
        final int letter = peek();
        at++;
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codePoint(hex());
            default -> throw malformed();
        };
    }

    private int codePoint(final int unit) {
        if (!Character.isHighSurrogate((char) unit) || at + 1 >= end || bytes[at] != '\\' || bytes[at + 1] != 'u') {
            return unit;
        }
        final int back = at;
        at += 2;
        final int low = hex();
        if (Character.isLowSurrogate((char) low)) {
            return Character.toCodePoint((char) unit, (char) low);
        }
        at = back;
        return unit;
    }

    private int hex() {
        int value = 0;
        for (int i = 0; i < HEX_DIGITS; i++) {
            final int digit = peek() < 0 ? -1 : Character.digit(peek(), 16);
            if (digit < 0) {
                throw malformed();
            }
            value = value << 4 | digit;
            at++;
        }
        return value;
    }

    private void skipSpace() {
        while (at < end && isSpace(bytes[at])) {
            at++;
        }
    }

    private int peek() {
        if (at == end) {
            throw malformed();
        }
        return bytes[at];
    }

    private void expect(final int value) {
        if (peek() != value) {
            throw malformed();
        }
        at++;
    }

    private BadInput tooComplex() {
        return new BadInput(EdgeCode.JSON_TOO_COMPLEX, path.pointer(), "nested too deep, or a name that is too long");
    }

    private static boolean isSpace(final int value) {
        return value == ' ' || value == '\n' || value == '\r' || value == '\t';
    }

    private static boolean isDigit(final int value) {
        return value >= '0' && value <= '9';
    }
}
