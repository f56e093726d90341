package io.miaojie.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** Keeps the texts of one document as UTF-8 bytes, one after the other. Grows to the greatest document seen. */
final class TextScratch {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final boolean[] ID_CHARACTERS = new boolean[128];

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:@|*-"
                .chars()
                .forEach(character -> ID_CHARACTERS[character] = true);
    }

    // Byte 0 is never used, so that no slice that holds bytes is Slice.ABSENT.
    private byte[] bytes = new byte[8 * 1024];
    private int length = 1;

    void reset() {
        length = 1;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Keeps an id; {@link Slice#ABSENT} when it is none. */
    long id(final char[] source, final int offset, final int count) {
        if (count < 1 || count > JsonReader.ID_LENGTH_MAX) {
            return Slice.ABSENT;
        }
        reserve(count);
        for (int i = 0; i < count; i++) {
            final char character = source[offset + i];
            if (character >= 128 || !ID_CHARACTERS[character]) {
                return Slice.ABSENT;
            }
            bytes[length + i] = (byte) character;
        }
        return taken(count);
    }

    /** Keeps a text; {@link Slice#ABSENT} when it is empty, too long, or holds what no text may hold. */
    long plain(final char[] source, final int offset, final int count, final int bytesMax) {
        if (count < 1 || count > bytesMax) {
            return Slice.ABSENT;
        }
        reserve(4 * count);
        int end = length;
        for (int i = 0; i < count; i++) {
            final int codePoint = Character.codePointAt(source, offset + i, offset + count);
            if (Character.isISOControl(codePoint) || codePoint >= 0xD800 && codePoint <= 0xDFFF) {
                return Slice.ABSENT;
            }
            end += Utf8.put(bytes, end, codePoint);
            i += Character.charCount(codePoint) - 1;
        }
        return end - length > bytesMax ? Slice.ABSENT : taken(end - length);
    }

    /** Keeps the object that the parser stands on; {@link Slice#ABSENT} when it is too long. */
    long json(final JsonParser parser, final int bytesMax) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream(bytesMax);
        int depth = 0;
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            do {
                final JsonToken token = parser.currentToken();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                copy(parser, token, generator);
            } while (depth > 0 && parser.nextToken() != null);
        }
        final int count = out.size();
        if (count > bytesMax) {
            return Slice.ABSENT;
        }
        reserve(count);
        System.arraycopy(out.toByteArray(), 0, bytes, length, count);
        return taken(count);
    }

    /** Copies one token; numbers keep the digits that were sent. */
    private static void copy(final JsonParser parser, final JsonToken token, final JsonGenerator generator)
            throws IOException {
        if (token.isNumeric()) {
            generator.writeNumber(parser.getText());
        } else {
            generator.copyCurrentEvent(parser);
        }
    }

    private long taken(final int count) {
        final long slice = Slice.of(length, count);
        length += count;
        return slice;
    }

    private void reserve(final int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
    }
}
