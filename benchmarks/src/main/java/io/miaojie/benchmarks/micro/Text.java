package io.miaojie.benchmarks.micro;

import java.nio.charset.StandardCharsets;

/** Text as the bytes of a message. */
final class Text {
    /** A byte field of an encoder: {@code encoder::putId}. */
    @FunctionalInterface
    interface Field {
        Object put(byte[] bytes, int offset, int length);
    }

    private Text() {}

    static void put(final Field field, final String text) {
        final byte[] bytes = bytes(text);
        field.put(bytes, 0, bytes.length);
    }

    static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
