package io.miaojie.api.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Writes JSON into bytes that are used again; commas are its own business. Thread: one. Allocates: nothing once grown,
 * but for names and texts that are not ASCII.
 */
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final long SECOND_NS = 1_000_000_000L;

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
        comma();
        ascii('"', name);
        reserve(2);
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
        final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        comma();
        raw('"');
        for (final byte value : utf8) {
            escaped(value);
        }
        return raw('"');
    }

    /** Writes UTF-8 bytes as a string. */
    public JsonWriter value(final DirectBuffer source, final int offset, final int count) {
        comma();
        raw('"');
        for (int i = offset; i < offset + count; i++) {
            escaped(source.getByte(i));
        }
        return raw('"');
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

    /** Writes a time as RFC 3339 in UTC. */
    public JsonWriter time(final long ns) {
        return value(Instant.ofEpochSecond(Math.floorDiv(ns, SECOND_NS), Math.floorMod(ns, SECOND_NS))
                .toString());
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

    private void escaped(final byte value) {
        if (value == '"' || value == '\\') {
            raw('\\').raw(value);
        } else if (value >= 0 && value < 0x20) {
            ascii("\\u00").raw(HEX[value >> 4]).raw(HEX[value & 15]);
        } else {
            raw(value);
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

    private void ascii(final char first, final String text) {
        raw(first);
        ascii(text);
    }

    private JsonWriter ascii(final String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
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
