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

    /** One probe: so many slots wait, and are answered in one batch after so long, with nothing behind them. */
    private void drains(final int slots, final int tookMs) {
        begins(slots);
        answers(slots, 0, tookMs);
    }

    /** So many slots wait behind what was answered. */
    private void begins(final int waiting) {
        backlog.drained(committed, committed + waiting, TimeUnit.MILLISECONDS.toNanos(nowMs));
    }

    /** A batch of so many slots, after so long; so many have come meanwhile and wait. */
    private void answers(final int slots, final int waiting, final int tookMs) {
        committed += slots;
        nowMs += tookMs;
        begins(waiting);
    }

    /** Two probes, and as many slots behind the second. */
    private void slowTwice(final int slots, final int tookMs) {
        begins(slots);
        answers(slots, slots, tookMs);
        answers(slots, slots, tookMs);
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
        drains(1_000, 20);
        assertEquals(SLOTS, limit());
    }

    @Test
    void takesWhatDrainsWithinTheBoundAtTheRateThatWasSeen() {
        slowTwice(2_000, 1_000);
        assertEquals(200, limit());
        answers(2_000, 150, 1_000);
        answers(150, 150, WAIT_MAX_MS);
        answers(150, 150, WAIT_MAX_MS);
        assertEquals(150, limit());
    }

    @Test
    void alwaysTakesTwoCommits() {
        slowTwice(2_000, 60_000);
        assertEquals(2 * COMMIT, limit());
    }

    @Test
    void takesMoreAgainOnceItDrainsFast() {
        slowTwice(2_000, 60_000);
        answers(2_000, 64, 60_000);
        answers(64, 0, 10);
        assertEquals(640, limit());
        drains(0, 1);
        assertEquals(640 + 2 * COMMIT, limit(), "a commit more for each that nothing waits behind");
        for (int i = 0; i < SLOTS / COMMIT; i++) {
            drains(0, 1);
        }
        assertEquals(SLOTS, limit(), "nothing waits");
    }

    @Test
    void letsNoBurstInBehindALull() {
        slowTwice(2 * COMMIT, 40);
        for (int lull = 0; lull < 10; lull++) {
            answers(COMMIT, COMMIT, 20);
            answers(COMMIT, 2, 20);
            answers(2, 3, 20);
            answers(3, 2 * COMMIT, 20);
            assertEquals(COMMIT * WAIT_MAX_MS / 20, limit(), "a force of 20 ms carries one full commit");
        }
    }

    @Test
    void aStallIsNoSlowness() {
        slowTwice(COMMIT, 10);
        answers(COMMIT, COMMIT, WAIT_MAX_MS);
        assertEquals(10 * COMMIT, limit());
        answers(COMMIT, COMMIT, 10);
        assertEquals(10 * COMMIT, limit());
        answers(COMMIT, COMMIT, WAIT_MAX_MS);
        answers(COMMIT, COMMIT, WAIT_MAX_MS);
        assertEquals(2 * COMMIT, limit(), "twice in a row");
    }

    @Test
    void learnsNothingBeforeItsProbeIsAnswered() {
        backlog.drained(0, 2_000, 0);
        backlog.drained(1_999, 3_000, TimeUnit.SECONDS.toNanos(10));
        assertTrue(backlog.admits(SLOTS - 1));
        backlog.drained(2_000, 3_000, TimeUnit.SECONDS.toNanos(10));
        backlog.drained(2_999, 3_000, TimeUnit.SECONDS.toNanos(15));
        assertTrue(backlog.admits(SLOTS - 1));
        backlog.drained(3_000, 3_000, TimeUnit.SECONDS.toNanos(15));
        assertFalse(backlog.admits(2 * COMMIT));
    }
}
