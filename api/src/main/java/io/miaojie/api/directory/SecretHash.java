package io.miaojie.api.directory;

import java.nio.ByteBuffer;

/**
 * SHA-256 of a key's secret. Keys are found by this hash: how long a look-up takes tells nothing about a secret, since
 * nobody can choose how much of a hash agrees; and two hashes are compared in the same time wherever they differ.
 */
public record SecretHash(long first, long second, long third, long fourth) {
    /** Bytes of a hash. */
    public static final int LENGTH = 32;

    /** Compares all bits, wherever the first difference is. */
    @Override
    public boolean equals(final Object other) {
        return other instanceof final SecretHash that
                && ((first ^ that.first) | (second ^ that.second) | (third ^ that.third) | (fourth ^ that.fourth)) == 0;
    }

    /** Some bits of the hash: any of them are as good. */
    @Override
    public int hashCode() {
        return (int) first;
    }

    public static SecretHash of(final byte[] sha256) {
        final ByteBuffer bytes = ByteBuffer.wrap(sha256, 0, LENGTH);
        return new SecretHash(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }
}
