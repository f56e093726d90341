package io.miaojie.api.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Attempts are spent by address, come back with time, and are forgotten in order. */
@Timeout(10)
class GuessesTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final Guesses guesses = new Guesses(new GuessLimits(3, 1_000, 4));

    /** {@code System.nanoTime} may begin anywhere, also just before it turns negative. */
    private final long startNs = Long.MAX_VALUE - SECOND_NS;

    @Test
    void eachAttemptIsSpentAndOneComesBackAfterItsTime() {
        spend("10.0.0.1", 3);
        assertTrue(guesses.isSpent("10.0.0.1", startNs));
        assertTrue(guesses.isSpent("10.0.0.1", startNs + SECOND_NS - 1));
        assertFalse(guesses.isSpent("10.0.0.1", startNs + SECOND_NS));
        guesses.count("10.0.0.1", startNs + SECOND_NS);
        assertTrue(guesses.isSpent("10.0.0.1", startNs + SECOND_NS));
        assertFalse(guesses.isSpent("10.0.0.2", startNs));
    }

    @Test
    void aPauseBringsNoMoreThanAllOfThem() {
        spend("10.0.0.1", 1);
        final long laterNs = startNs + 1_000 * SECOND_NS;
        for (int i = 0; i < 3; i++) {
            assertFalse(guesses.isSpent("10.0.0.1", laterNs), "attempt " + i);
            guesses.count("10.0.0.1", laterNs);
        }
        assertTrue(guesses.isSpent("10.0.0.1", laterNs));
    }

    @Test
    void oneNetworkOfIpv6IsOneAddress() {
        spend("2001:db8:0:1:0:0:0:1", 3);
        assertTrue(guesses.isSpent("2001:db8:0:1:ffff:0:0:9", startNs));
        assertFalse(guesses.isSpent("2001:db8:0:2:0:0:0:1", startNs));
    }

    @Test
    void theAddressThatWasQuietLongestIsForgotten() {
        spend("10.0.0.1", 3);
        for (int i = 2; i < 5; i++) {
            spend("10.0.0." + i, 1);
        }
        assertTrue(guesses.isSpent("10.0.0.1", startNs));
        spend("10.0.0.9", 1);
        spend("10.0.0.10", 1);
        assertEquals(4, guesses.addressCount());
        assertTrue(guesses.isSpent("10.0.0.1", startNs));
    }

    private void spend(final String address, final int count) {
        for (int i = 0; i < count; i++) {
            guesses.count(address, startNs);
        }
    }
}
