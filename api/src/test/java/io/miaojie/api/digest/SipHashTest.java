package io.miaojie.api.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.bouncycastle.crypto.macs.SipHash128;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ours against Bouncy Castle's, and against the vector of the reference code. */
@Timeout(30)
class SipHashTest {
    @Test
    void agreesWithBouncyCastleOnEveryLengthUpTo300() {
        final Random random = new Random(42);
        for (int length = 0; length <= 300; length++) {
            final byte[] key = new byte[16];
            final byte[] text = new byte[length + 3];
            random.nextBytes(key);
            random.nextBytes(text);
            final SipHash128 theirs = new SipHash128();
            theirs.init(new KeyParameter(key));
            theirs.update(text, 3, length);
            final byte[] expected = new byte[16];
            theirs.doFinal(expected, 0);

            final ByteBuffer words = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
            final SipHash ours = new SipHash(words.getLong(0), words.getLong(8));
            ours.hash(new UnsafeBuffer(text), 3, length);
            final ByteBuffer hash = ByteBuffer.wrap(expected).order(ByteOrder.LITTLE_ENDIAN);
            assertEquals(hash.getLong(0), ours.high(), "length " + length);
            assertEquals(hash.getLong(8), ours.low(), "length " + length);
        }
    }

    @Test
    void agreesWithTheVectorOfTheReferenceCode() {
        final SipHash hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
        hash.hash(new UnsafeBuffer(new byte[0]), 0, 0);
        assertEquals(0xe6a825ba047f81a3L, hash.high());
        assertEquals(0x930255c71472f66dL, hash.low());
    }

    @Test
    void fingerprintsHashNumbersLittleEndian() {
        final byte[] bytes = {7, 8, 0, 0, 0, 0, 0, 0, 1, 9, 2, 0, 0, 0, 5, 6};
        final SipHash hash = new SipHash(1, 2);
        hash.hash(new UnsafeBuffer(bytes), 0, bytes.length);
        final Fingerprint fields = new Fingerprint(new SipHash(1, 2));
        assertEquals(
                hash.high(),
                fields.begin()
                        .field(7, 0x0100_0000_0000_0008L)
                        .field(9, new byte[] {5, 6}, 0, 2)
                        .end());
    }

    @Test
    void fingerprintsTellFieldsAndBordersApart() {
        final Fingerprint fields = new Fingerprint(new SipHash(1, 2));
        final byte[] text = {1, 2, 3, 4};
        final long whole = fields.begin().field(1, text, 0, 4).end();
        assertNotEquals(whole, fields.begin().field(2, text, 0, 4).end());
        assertNotEquals(
                whole, fields.begin().field(1, text, 0, 2).field(1, text, 2, 2).end());
        assertEquals(whole, fields.begin().field(1, text, 0, 4).end());
    }
}
