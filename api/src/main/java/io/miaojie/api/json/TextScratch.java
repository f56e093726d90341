package io.miaojie.api.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keeps the texts of one document as UTF-8 bytes, one after the other. Grows to the greatest document seen. */
final class TextScratch {
    private static final boolean[] ID_CHARACTERS = new boolean[128];
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    /** Control characters with an escape of their own, and their letters. */
    private static final String SHORT_ESCAPES = "\b\t\n\f\r";

    private static final String SHORT_LETTERS = "btnfr";
    private static final int DELETE = 0x7F;

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:@|*-"
                .chars()
                .forEach(character -> ID_CHARACTERS[character] = true);
    }

    // Byte 0 is never used, so that no slice that holds bytes is Slice.ABSENT.
    private byte[] bytes = new byte[8 * 1024];
    private int length = 1;

    /** Where the object that is being kept begins, and where it must end. */
    private int start;

    private int limit;
    private boolean isBeyond;

    void reset() {
        length = 1;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Keeps an id; {@link Slice#ABSENT} when it is none. */
    long id(final byte[] source, final int offset, final int count) {
        if (count < 1 || count > JsonReader.ID_LENGTH_MAX) {
            return Slice.ABSENT;
        }
        for (int i = offset; i < offset + count; i++) {
            if (source[i] < 0 || !ID_CHARACTERS[source[i]]) {
                return Slice.ABSENT;
            }
        }
        return keep(source, offset, count);
    }

    /** Keeps a text; {@link Slice#ABSENT} when it is empty, too long, or holds what no text may hold. */
    long plain(final byte[] source, final int offset, final int count, final int bytesMax) {
        if (count < 1 || count > bytesMax) {
            return Slice.ABSENT;
        }
        for (int i = offset; i < offset + count; i++) {
            if (isControl(source, i) || Utf8.isSurrogate(source, i)) {
                return Slice.ABSENT;
            }
        }
        return keep(source, offset, count);
    }

    /** Keeps the object that the scanner stands on; {@link Slice#ABSENT} when it is too long. */
    long json(final JsonScanner in, final int bytesMax) {
        start = length;
        limit = length + bytesMax;
        isBeyond = false;
        final int outside = in.depth() - 1;
        copy(in, in.token());
        while (in.depth() > outside) {
            copy(in, in.next());
        }
        final int end = length;
        length = isBeyond ? start : end;
        return isBeyond ? Slice.ABSENT : Slice.of(start, end - start);
    }

    /** Copies one token without white space; numbers keep the digits that were sent. */
    private void copy(final JsonScanner in, final JsonToken token) {
        switch (token) {
            case OBJECT -> begin('{');
            case OBJECT_END -> put('}');
            case ARRAY -> begin('[');
            case ARRAY_END -> put(']');
            case NAME -> {
                string(in);
                put(':');
            }
            case TEXT -> string(in);
            case INTEGER, FRACTION -> {
                comma();
                for (int i = 0; i < in.textLength(); i++) {
                    put(in.textBytes()[in.textAt() + i]);
                }
            }
            case TRUE -> word("true");
            case FALSE -> word("false");
            case NULL -> word("null");
            case END -> throw in.malformed();
        }
    }

    private void begin(final char bracket) {
        comma();
        put(bracket);
    }

    private void word(final String word) {
        comma();
        for (int i = 0; i < word.length(); i++) {
            put(word.charAt(i));
        }
    }

    private void string(final JsonScanner in) {
        comma();
        put('"');
        in.text();
        final byte[] source = in.textBytes();
        for (int i = in.textAt(); i < in.textAt() + in.textLength(); i++) {
            if (Utf8.isSurrogate(source, i)) {
                throw in.malformed();
            }
            escaped(source[i]);
        }
        put('"');
    }

    private void escaped(final byte value) {
        if (value == '"' || value == '\\') {
            put('\\');
            put(value);
        } else if (value < 0 || value >= ' ') {
            put(value);
        } else if (SHORT_ESCAPES.indexOf(value) >= 0) {
            put('\\');
            put(SHORT_LETTERS.charAt(SHORT_ESCAPES.indexOf(value)));
        } else {
            put('\\');
            put('u');
            put('0');
            put('0');
            put(HEX[value >> 4]);
            put(HEX[value & 15]);
        }
    }

    /** A value that follows another is told from a first one by the byte before. */
    private void comma() {
        final byte last = bytes[length - 1];
        if (length > start && last != '{' && last != '[' && last != ':') {
            put(',');
        }
    }

    private void put(final int value) {
        if (length == limit) {
            isBeyond = true;
            return;
        }
        reserve(1);
        bytes[length++] = (byte) value;
    }

    private long keep(final byte[] source, final int offset, final int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        final long slice = Slice.of(length, count);
        length += count;
        return slice;
    }

    private void reserve(final int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
    }

    /** U+0000 to U+001F, U+007F to U+009F. */
    private static boolean isControl(final byte[] source, final int i) {
        final byte value = source[i];
        return value >= 0 && value < ' ' || value == DELETE || value == (byte) 0xC2 && source[i + 1] < (byte) 0xA0;
    }
}
