package io.miaojie.api.digest;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * SipHash-2-4 with 128 bits of output: a keyed hash that nobody without the key can make collide.
 *
 * <p>Thread: one. Allocates: nothing. Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF", and the
 * authors' reference code for the 128-bit variant.
 */
public final class SipHash {
    private final long key0;
    private final long key1;
    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private long high;
    private long low;

    /** Makes a hash with the two halves of the key, each as a little-endian word. */
    public SipHash(final long key0, final long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /** Hashes these bytes; the result stands in {@link #high} and {@link #low} until the next call. */
    public void hash(final DirectBuffer buffer, final int offset, final int length) {
        v0 = key0 ^ 0x736f6d6570736575L;
        v1 = key1 ^ 0x646f72616e646f6dL ^ 0xee;
        v2 = key0 ^ 0x6c7967656e657261L;
        v3 = key1 ^ 0x7465646279746573L;
        final int end = offset + (length & ~7);
        for (int i = offset; i < end; i += 8) {
            absorb(buffer.getLong(i, ByteOrder.LITTLE_ENDIAN));
        }
        absorb(tail(buffer, end, length));
        v2 ^= 0xee;
        high = squeeze();
        v1 ^= 0xdd;
        low = squeeze();
    }

    /** Returns bytes 0 to 7 of the hash as a little-endian word. */
    public long high() {
        return high;
    }

    /** Returns bytes 8 to 15 of the hash as a little-endian word. */
    public long low() {
        return low;
    }

    private static long tail(final DirectBuffer buffer, final int from, final int length) {
        long word = (long) length << 56;
        for (int i = 0; i < (length & 7); i++) {
            word |= (buffer.getByte(from + i) & 0xFFL) << (8 * i);
        }
        return word;
    }

    private void absorb(final long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }

    private long squeeze() {
        round();
        round();
        round();
        round();
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }
}
