package io.miaojie.api.directory;

import java.nio.ByteBuffer;

/**
 * SHA-256 of a key's secret. Keys are found by this hash: how long a look-up takes tells nothing about a secret, since
 * nobody can choose how much of a hash agrees.
 */
public record SecretHash(long first, long second, long third, long fourth) {
    /** Bytes of a hash. */
    public static final int LENGTH = 32;

    public static SecretHash of(final byte[] sha256) {
        final ByteBuffer bytes = ByteBuffer.wrap(sha256, 0, LENGTH);
        return new SecretHash(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }
}
