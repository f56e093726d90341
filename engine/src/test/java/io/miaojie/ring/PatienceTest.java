package io.miaojie.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a stage yields for what comes next, and when it parks at once. */
class PatienceTest {
    private static final long YIELD_NS = 50_000;

    private final Patience patience = new Patience(YIELD_NS);

    @Test
    void yieldsFromTheStart() {
        assertEquals(YIELD_NS, patience.yieldNs());
    }

    @Test
    void parksAtOnceWhenMessagesComeOneByOne() {
        waits(TimeUnit.MILLISECONDS.toNanos(5), 8);
        assertEquals(0, patience.yieldNs());
    }

    @Test
    void yieldsOnThroughSingleLongWaits() {
        waits(10_000, 100);
        waits(TimeUnit.MILLISECONDS.toNanos(5), 1);
        assertEquals(YIELD_NS, patience.yieldNs(), "a collection or a slow force says nothing of what comes");
    }

    @Test
    void yieldsAgainAfterADozenShortWaitsWhateverThePause() {
        waits(TimeUnit.DAYS.toNanos(1), 1_000);
        int shortWaits = 0;
        while (patience.yieldNs() == 0) {
            waits(10_000, 1);
            shortWaits++;
        }
        assertTrue(shortWaits > 1 && shortWaits <= 16, "shortWaits=" + shortWaits);
    }

    private void waits(final long ns, final int times) {
        for (int i = 0; i < times; i++) {
            patience.waited(ns);
        }
    }
}
