package io.miaojie.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many records are a burst, and so are some when the processors are busy with them; fewer leave them taken. */
@Timeout(10)
class BurstTest {
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(LoadWatch.PERIOD_MS);

    private final Burst burst = new Burst(0, 0);
    private long nowNs;
    private long sequence;
    private boolean isBurst;
    private int askedCount;

    @ParameterizedTest(name = "{0} records a second, busy {1}: burst {2}, taken {3}")
    @CsvSource({
        "     0, 1.0, false, false",
        " 1_700, 1.0, false, false",
        " 2_000, 0.5, false, false",
        " 2_000, 0.7, false, true",
        " 4_000, 1.0, false, true",
        " 8_000, 0.5, false, false",
        " 8_000, 1.0, true,  true",
        " 8_000, -1,  false, false",
        " 8_000, NaN, false, false",
        "19_000, 0.7, false, true",
        "29_000, 0.5, false, false",
        "40_000, 0.5, true,  false",
        "40_000, -1,  true,  false"
    })
    void tellsABurstAndWhetherProcessorsAreTaken(
            final String perSecond, final double busy, final boolean expectedBurst, final boolean expectedTaken) {
        look(Integer.parseInt(perSecond.replace("_", "")), busy, 5_000);
        assertEquals(expectedBurst, isBurst);
        assertEquals(expectedTaken, burst.isTaken());
    }

    @Test
    void isNotMovedByOneStallNorByOneBatch() {
        look(20_000, 1, 5_000);
        look(0, 1, LoadWatch.PERIOD_MS);
        assertTrue(isBurst);
        look(0, 0, 5_000);
        look(40_000, 1, LoadWatch.PERIOD_MS);
        assertFalse(isBurst);
    }

    @Test
    void takesProcessorsForTakenWhileManyHaveOnlyBegunToCome() {
        look(17_000, 0.1, 100);
        assertTrue(burst.isTaken());
        look(17_000, 0.1, 850);
        assertTrue(burst.isTaken());
        look(17_000, 0.1, 150);
        assertFalse(burst.isTaken());
        look(0, 0, 5_000);
        look(17_000, 0.1, 100);
        assertTrue(burst.isTaken(), "each time");
    }

    @Test
    void doesNotBeginAnewWhereMoreAndFewerAlternate() {
        look(2_000, 0.1, 5_000);
        for (int i = 0; i < 20; i++) {
            look(1_500, 0.1, 300);
            look(2_100, 0.1, 300);
            assertFalse(burst.isTaken());
        }
    }

    @Test
    void endsWithinTwoSecondsOfTheLastRecord() {
        look(100_000, 1, 5_000);
        look(0, 1, 2_000);
        assertFalse(isBurst);
    }

    @Test
    void takesASecondLookAtTheSameMomentForNothing() {
        look(40_000, 1, 5_000);
        assertTrue(burst.look(nowNs, sequence, () -> 0));
    }

    @Test
    void doesNotAskHowBusyTheProcessorsAreWhileThatDecidesNothing() {
        look(1_700, 1, 5_000);
        assertEquals(0, askedCount);
        look(2_000, 1, LoadWatch.PERIOD_MS);
        assertEquals(1, askedCount, "from the first look on");
    }

    private void look(final long perSecond, final double busy, final long forMs) {
        for (long leftMs = forMs; leftMs > 0; leftMs -= LoadWatch.PERIOD_MS) {
            nowNs += PERIOD_NS;
            sequence += perSecond * LoadWatch.PERIOD_MS / 1_000;
            isBurst = burst.look(nowNs, sequence, () -> {
                askedCount++;
                return busy;
            });
        }
    }
}
