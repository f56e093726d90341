package io.miaojie.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine's own codes. */
@Timeout(60)
class ResultCodeTest {
    @Test
    void numbersAreUniqueAndBelowThoseOfKinds() {
        final Set<Integer> numbers = new HashSet<>();
        for (final ResultCode code : ResultCode.values()) {
            assertTrue(numbers.add(code.number()), code.name());
            assertTrue(code.number() >= 0 && code.number() < 256, code.name());
        }
    }

    @Test
    void onlyFullTablesAndHistoryAreUnavailable() {
        for (final ResultCode code : ResultCode.values()) {
            final boolean isFull = code.name().endsWith("_FULL") || code == ResultCode.NEEDS_HISTORY;
            assertEquals(isFull, code.category() == CodeCategory.UNAVAILABLE, code.name());
        }
    }
}
