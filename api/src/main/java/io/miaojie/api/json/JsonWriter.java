package io.miaojie.api.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Writes JSON into bytes that are used again; commas are its own business. Thread: one. Allocates: nothing once grown,
 * but for texts that are not ASCII or have to be escaped.
 */
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** Bytes of the longest escape. */
    private static final int ESCAPE_LENGTH = 6;

    private byte[] bytes = new byte[4096];
    private int length;

    public JsonWriter reset() {
        length = 0;
        return this;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** Cuts what was written back to this length: to take back an object that was begun. */
    public JsonWriter length(final int shorter) {
        length = shorter;
        return this;
    }

    /** Writes the name of a field; its value follows. The name is plain ASCII. */
    public JsonWriter name(final String name) {
        final int count = name.length();
        reserve(count + 4);
        comma();
        bytes[length++] = '"';
        ascii(name, count);
        bytes[length++] = '"';
        bytes[length++] = ':';
        return this;
    }

    public JsonWriter beginObject() {
        comma();
        return raw('{');
    }

    public JsonWriter endObject() {
        return raw('}');
    }

    public JsonWriter beginArray() {
        comma();
        return raw('[');
    }

    public JsonWriter endArray() {
        return raw(']');
    }

    /** Ends a line of NDJSON. */
    public JsonWriter newLine() {
        return raw('\n');
    }

    public JsonWriter value(final long number) {
        comma();
        return digits(number);
    }

    public JsonWriter value(final boolean truth) {
        comma();
        return ascii(truth ? "true" : "false");
    }

    public JsonWriter nothing() {
        comma();
        return ascii("null");
    }

    public JsonWriter value(final String text) {
        final int count = text.length();
        comma();
        reserve(ESCAPE_LENGTH * count + 2);
        final int start = length;
        bytes[length++] = '"';
        for (int i = 0; i < count; i++) {
            final char character = text.charAt(i);
            if (character >= 0x80) {
                length = start;
                return value(text.getBytes(StandardCharsets.UTF_8));
            }
            escaped((byte) character);
        }
        bytes[length++] = '"';
        return this;
    }

    /** Writes UTF-8 bytes as a string. */
    public JsonWriter value(final DirectBuffer source, final int offset, final int count) {
        comma();
        reserve(ESCAPE_LENGTH * count + 2);
        final int start = length + 1;
        source.getBytes(offset, bytes, start, count);
        if (isPlain(bytes, start, count)) {
            bytes[start - 1] = '"';
            bytes[start + count] = '"';
            length = start + count + 1;
            return this;
        }
        return value(Arrays.copyOfRange(bytes, start, start + count));
    }

    private JsonWriter value(final byte[] utf8) {
        reserve(ESCAPE_LENGTH * utf8.length + 2);
        bytes[length++] = '"';
        for (final byte value : utf8) {
            escaped(value);
        }
        bytes[length++] = '"';
        return this;
    }

    /** Appends whole lines that were written elsewhere. */
    public JsonWriter raw(final byte[] source) {
        reserve(source.length);
        System.arraycopy(source, 0, bytes, length, source.length);
        length += source.length;
        return this;
    }

    /** Writes bytes that are JSON already. */
    public JsonWriter json(final byte[] source, final int offset, final int count) {
        comma();
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
        return this;
    }

    /** Writes a time, epoch nanoseconds from 0, as RFC 3339 in UTC. */
    public JsonWriter time(final long ns) {
        comma();
        reserve(Rfc3339.LENGTH_MAX + 2);
        bytes[length++] = '"';
        length += Rfc3339.put(bytes, length, ns);
        bytes[length++] = '"';
        return this;
    }

    public JsonWriter field(final String name, final long number) {
        return name(name).value(number);
    }

    public JsonWriter field(final String name, final String text) {
        return name(name).value(text);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private void comma() {
        if (length == 0) {
            return;
        }
        final byte last = bytes[length - 1];
        if (last != '{' && last != '[' && last != ':' && last != '\n') {
            raw(',');
        }
    }

    /** Returns whether none of these bytes has to be escaped, as hardly any has in an id. */
    private static boolean isPlain(final byte[] source, final int offset, final int count) {
        for (int i = offset; i < offset + count; i++) {
            if (!isPlain(source[i])) {
                return false;
            }
        }
        return true;
    }

    /** Bytes from 0x80 on are parts of characters that stand as they are. */
    private static boolean isPlain(final byte value) {
        return value != '"' && value != '\\' && (value < 0 || value >= 0x20);
    }

    /** The room is there. */
    private void escaped(final byte value) {
        if (isPlain(value)) {
            bytes[length++] = value;
        } else if (value == '"' || value == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = value;
        } else {
            ascii("\\u00", 4);
            bytes[length++] = HEX[value >> 4];
            bytes[length++] = HEX[value & 15];
        }
    }

    private JsonWriter digits(final long number) {
        if (number < 0) {
            return ascii(Long.toString(number));
        }
        int count = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            count++;
        }
        reserve(count);
        long rest = number;
        for (int i = length + count - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
        return this;
    }

    private JsonWriter ascii(final String text) {
        reserve(text.length());
        ascii(text, text.length());
        return this;
    }

    /** The room is there. */
    private void ascii(final String text, final int count) {
        final byte[] target = bytes;
        final int start = length;
        for (int i = 0; i < count; i++) {
            target[start + i] = (byte) text.charAt(i);
        }
        length = start + count;
    }

    private JsonWriter raw(final int value) {
        reserve(1);
        bytes[length++] = (byte) value;
        return this;
    }

    private void reserve(final int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
    }
}
