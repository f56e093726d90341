package io.miaojie.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many may wait follows from how fast they were drained. */
@Timeout(10)
class BacklogTest {
    private static final int SLOTS = 4_096;
    private static final int COMMIT = 32;
    private static final int WAIT_MAX_MS = 100;

    private final Backlog backlog =
            new Backlog(new RingConfig(0, SLOTS, 256, 4 << 20, 1_024, COMMIT, WAIT_MAX_MS, 1, Path.of("unused")));
    private long committed;
    private long nowMs;

    /** One probe: so many slots wait, and are answered after so long, with nothing behind them. */
    private void drains(final int slots, final int tookMs) {
        backlog.drained(committed, committed + slots, TimeUnit.MILLISECONDS.toNanos(nowMs));
        committed += slots;
        nowMs += tookMs;
        backlog.drained(committed, committed, TimeUnit.MILLISECONDS.toNanos(nowMs));
    }

    private int limit() {
        int waiting = 0;
        while (backlog.admits(waiting)) {
            waiting++;
        }
        return waiting;
    }

    @Test
    void takesTheWholeRingUntilItHasSeenSlowness() {
        assertEquals(SLOTS, limit());
        drains(1_000, WAIT_MAX_MS / 2);
        assertEquals(SLOTS, limit());
    }

    @Test
    void takesWhatDrainsWithinTheBoundAtTheRateThatWasSeen() {
        drains(2_000, 1_000);
        assertEquals(200, limit());
        drains(200, WAIT_MAX_MS);
        assertEquals(200, limit());
        drains(150, WAIT_MAX_MS);
        assertEquals(150, limit());
    }

    @Test
    void alwaysTakesTwoCommits() {
        drains(2_000, 60_000);
        assertEquals(2 * COMMIT, limit());
    }

    @Test
    void takesMoreAgainOnceItDrainsFast() {
        drains(2_000, 60_000);
        drains(64, 10);
        assertEquals(8 * COMMIT, limit(), "nothing waited before, and then not for long");
        for (int i = 0; i < 10; i++) {
            drains(0, 1);
        }
        assertEquals(SLOTS, limit());
    }

    @Test
    void learnsNothingBeforeItsProbeIsAnswered() {
        backlog.drained(0, 2_000, 0);
        backlog.drained(1_999, 3_000, TimeUnit.SECONDS.toNanos(10));
        assertTrue(backlog.admits(SLOTS - 1));
        backlog.drained(2_000, 3_000, TimeUnit.SECONDS.toNanos(10));
        assertFalse(backlog.admits(2 * COMMIT));
    }
}
