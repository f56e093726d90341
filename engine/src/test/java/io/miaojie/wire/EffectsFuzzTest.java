package io.miaojie.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Timeout;

/** Any bytes as effects: they are read to their end, or the reader says that they are none. */
@Timeout(600)
class EffectsFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void bytesAreReadToTheirEndOrRefused(final byte[] bytes) {
        final EffectsReader reader = new EffectsReader().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
        try {
            int entries = 0;
            while (reader.next()) {
                if (++entries > bytes.length) {
                    throw new AssertionError("more entries than bytes");
                }
            }
        } catch (final IndexOutOfBoundsException | IllegalStateException refused) {
            return; // cut short, too many numbers, an unknown note
        }
    }
}
