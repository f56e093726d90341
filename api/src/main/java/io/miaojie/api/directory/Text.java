package io.miaojie.api.directory;

import java.nio.charset.StandardCharsets;

/** Variable data of a message as a string. Cold paths only. */
public final class Text {
    /** Copies the bytes of one data field, like the {@code get...} methods of the codecs. */
    @FunctionalInterface
    public interface Field {
        int copy(byte[] target, int offset, int length);
    }

    private Text() {}

    public static String of(final int length, final Field field) {
        final byte[] bytes = new byte[length];
        field.copy(bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
