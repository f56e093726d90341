package io.miaojie.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids that the engine makes are read back to what they were made of. */
@Timeout(30)
class EngineIdTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1, 0, rf0000000000001000",
        "7, 1000, 31, rf07000000000z800z",
        "255, 36028797018963967, 32767, rf7zzzzzzzzzzzzzzz"
    })
    void isReadBack(final int shard, final long sequence, final int ordinal, final String text) {
        final String id = EngineId.of(EngineId.REFUND_ORDER, shard, sequence, ordinal);
        assertEquals(text, id);
        final UnsafeBuffer bytes = buffer(id);
        assertTrue(EngineId.isOf(EngineId.REFUND_ORDER, bytes, 0, bytes.capacity()));
        assertEquals(shard, EngineId.shard(bytes, 0));
        assertEquals(sequence, EngineId.sequence(bytes, 0));
        assertEquals(ordinal, EngineId.ordinal(bytes, 0));
    }

    @Test
    void otherTextsAreNone() {
        for (final String text : new String[] {
            "",
            "rf",
            "wd0000000000001000",
            "rf000000000000100",
            "rf00000000000010000",
            "rf000000000000100l",
            "RF0000000000001000"
        }) {
            final UnsafeBuffer bytes = buffer(text);
            assertFalse(EngineId.isOf(EngineId.REFUND_ORDER, bytes, 0, bytes.capacity()), text);
        }
    }

    private static UnsafeBuffer buffer(final String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }
}
