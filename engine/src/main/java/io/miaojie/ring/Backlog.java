package io.miaojie.ring;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many slots may wait, so that none waits long: as many as the journal drains within a bound of time. How fast it
 * drains is seen by a probe, one at a time:
 *
 * <pre>
 *   at the end of a batch    committed ====|---- waiting ----| cursor      the probe: so many slots, and the time
 *   later                    ==================== committed >|             they took so long
 * </pre>
 *
 * <p>While a probe takes at most half the bound the limit doubles, up to the whole ring: a burst finds room. When it
 * takes longer, the limit is what drains within the bound at the rate that was seen. Two full commits are always let
 * in: while one is being forced the next gathers, and less than that would make slow disks slower.
 *
 * <p>Thread: the journal thread writes, any reads.
 */
final class Backlog {
    private final long slotCount;
    private final long floorSlots;
    private final long waitMaxNs;
    private final AtomicLong limit;
    private long probedFrom = -1;
    private long probedUpTo = -1;
    private long probedNs;

    Backlog(final RingConfig config) {
        this.slotCount = config.slotCount();
        this.floorSlots = Math.min(slotCount, 2L * config.commitSlotsMax());
        this.waitMaxNs = TimeUnit.MILLISECONDS.toNanos(config.waitMaxMs());
        this.limit = new AtomicLong(slotCount);
    }

    /** Tells whether one more may wait behind so many slots. */
    boolean admits(final long waitingSlots) {
        // Acquire only: a limit that is one batch old admits or refuses a few others, and nothing else rests on it.
        return waitingSlots < limit.getAcquire();
    }

    /**
     * Hears of the end of a batch.
     *
     * @param committed last slot that was answered
     * @param cursor last slot that was claimed
     */
    void drained(final long committed, final long cursor, final long nowNs) {
        if (committed < probedUpTo) {
            return;
        }
        final long slots = probedUpTo - probedFrom;
        final long tookNs = nowNs - probedNs;
        final boolean isShort = slots == 0 || tookNs <= waitMaxNs / 2;
        final long next = isShort ? 2 * limit.getPlain() : (long) ((double) slots * waitMaxNs / tookNs);
        limit.setRelease(Math.max(floorSlots, Math.min(slotCount, next)));
        probedFrom = committed;
        probedUpTo = Math.max(cursor, committed);
        probedNs = nowNs;
    }
}
