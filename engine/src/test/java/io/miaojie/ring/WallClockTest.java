package io.miaojie.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Engine time follows the clock of the start and never goes back. */
@Timeout(60)
class WallClockTest {
    private final AtomicLong nanoTime = new AtomicLong(77);

    @Test
    void goesOnEvenlyFromTheTimeOfDay() {
        final EngineClock clock = WallClock.startedBehind(0, new MachineClock(() -> 1_000_000, nanoTime::get));
        assertEquals(1_000_000, clock.nowNs(0, 0));
        nanoTime.addAndGet(500);
        assertEquals(1_000_500, clock.nowNs(1_000_000, 0));
        assertEquals(2_000_000, clock.nowNs(2_000_000, 0), "never below the stamp before");
        assertEquals(1_000_500, clock.nowNs(0, 9_000_000), "business time is not engine time");
    }

    @Test
    void waitsForAClockThatIsALittleBehind() {
        final AtomicLong time = new AtomicLong(1_000);
        final long journaledNs = 1_000 + WallClock.BEHIND_MAX_NS;
        final EngineClock clock = WallClock.startedBehind(
                journaledNs, new MachineClock(() -> time.getAndAdd(TimeUnit.SECONDS.toNanos(1)), nanoTime::get));
        assertTrue(clock.nowNs(0, 0) >= journaledNs);
    }

    @Test
    void refusesAClockThatIsFarBehind() {
        final long journaledNs = 1_001 + WallClock.BEHIND_MAX_NS;
        final IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> WallClock.startedBehind(journaledNs, new MachineClock(() -> 1_000, nanoTime::get)));
        assertTrue(refused.getMessage().contains("lastJournaledNs=" + journaledNs), refused.getMessage());
    }

    @Test
    void goesOnFromWhereItIsMoved() {
        final EngineClock clock = WallClock.startedBehind(0, new MachineClock(() -> 1_000_000, nanoTime::get));
        clock.moveTo(5_000_000);
        nanoTime.addAndGet(500);
        assertEquals(5_000_500, clock.nowNs(0, 0));
    }

    @Test
    void theClockOfASandboxGoesOnFromTheLastRecord() {
        final long aheadNs = System.currentTimeMillis() * 1_000_000 + TimeUnit.DAYS.toNanos(30);
        assertTrue(EngineClock.sandbox(aheadNs, MachineClock.REAL).nowNs(0, 0) >= aheadNs);
    }
}
