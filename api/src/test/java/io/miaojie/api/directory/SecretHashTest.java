package io.miaojie.api.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No bit of a hash is left out where hashes are compared. */
@Timeout(10)
class SecretHashTest {
    @Test
    void everyBitMakesAnotherHash() {
        final byte[] bytes = new byte[SecretHash.LENGTH];
        new Random(1).nextBytes(bytes);
        final SecretHash hash = SecretHash.of(bytes);
        assertEquals(hash, SecretHash.of(bytes.clone()));
        for (int bit = 0; bit < 8 * SecretHash.LENGTH; bit++) {
            final byte[] other = bytes.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertNotEquals(hash, SecretHash.of(other), "bit=" + bit);
        }
    }
}
