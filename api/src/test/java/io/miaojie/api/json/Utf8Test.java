package io.miaojie.api.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strict UTF-8, like the JDK's own decoder, and no NUL. */
@Timeout(30)
class Utf8Test {
    @Test
    void agreesWithTheJdkOnRandomBytes() {
        final Random random = new Random(3);
        final byte[] pieces = HexFormat.of().parseHex("41c3a9e4b8ade0a080f09f9880eda080f48fbfbff490808080c0c1fe7f");
        for (int i = 0; i < 200_000; i++) {
            final byte[] bytes = new byte[random.nextInt(1, 24)];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] = pieces[(random.nextInt(pieces.length))];
            }
            assertEquals(
                    isValidToTheJdk(bytes),
                    Utf8.isValid(bytes, 0, bytes.length),
                    HexFormat.of().formatHex(bytes));
        }
    }

    @Test
    void writesEveryCodePointAsTheJdkDoes() {
        final byte[] bytes = new byte[4];
        for (int codePoint = 1; codePoint <= Character.MAX_CODE_POINT; codePoint += 7) {
            if (codePoint >= 0xD800 && codePoint <= 0xDFFF) {
                continue;
            }
            final int length = Utf8.put(bytes, 0, codePoint);
            assertEquals(Character.toString(codePoint), new String(bytes, 0, length, StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "4100", "4141414141414141004141414141414141"})
    void refusesNul(final String hex) {
        final byte[] bytes = HexFormat.of().parseHex(hex);
        assertFalse(Utf8.isValid(bytes, 0, bytes.length));
    }

    private static boolean isValidToTheJdk(final byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (final CharacterCodingException e) {
            return false;
        }
    }
}
