package io.miaojie.api.message.form;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** What the edge draws: tokens, visitors, and the bytes that random terms draw from. Thread: one. */
public final class Chance {
    /** Bytes that random terms draw from. */
    public static final int BYTES = 16;

    private static final byte[] BASE_58 =
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);
    private static final int TOKEN_LENGTH = 16;

    private final SecureRandom random = new SecureRandom();

    /** Returns 16 random bytes. */
    public byte[] bytes() {
        final byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Returns 16 random digits of base 58, 93 bits: nobody guesses one. */
    public byte[] token() {
        final byte[] token = new byte[TOKEN_LENGTH];
        for (int i = 0; i < TOKEN_LENGTH; i++) {
            token[i] = BASE_58[random.nextInt(BASE_58.length)];
        }
        return token;
    }
}
