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
 * <p>A batch that had a full commit waiting drained what could be drained. One that had less could have carried a full
 * commit in the same time, and counts as one: forcing takes as long for few. So a lull does not raise the limit for the
 * burst behind it. One slow probe is a stall, two are slowness: the better of the last two sets the limit. Where
 * nothing waits at all it grows, by a commit each time, up to the whole ring, since what was seen is past. Two full
 * commits are always let in: while one is being forced the next gathers, and less than that would make slow disks
 * slower.
 *
 * <p>Thread: the journal thread writes, any reads.
 */
final class Backlog {
    private final long slotCount;
    private final long commitSlotsMax;
    private final long waitMaxNs;
    private final AtomicLong limit;
    private long committed;
    private long waiting;
    private long probedUpTo = -1;
    private long probedNs;

    /** What the probe has drained so far, or could have. */
    private long drainable;

    /** The limit that the last probe alone would have set. */
    private long lastSeen;

    Backlog(final RingConfig config) {
        this.slotCount = config.slotCount();
        this.commitSlotsMax = config.commitSlotsMax();
        this.waitMaxNs = TimeUnit.MILLISECONDS.toNanos(config.waitMaxMs());
        this.limit = new AtomicLong(slotCount);
        this.lastSeen = slotCount;
    }

    /** Tells whether one more may wait behind so many slots. */
    boolean admits(final long waitingSlots) {
        // Acquire only: a limit that is one batch old admits or refuses a few others, and nothing else rests on it.
        return waitingSlots < limit.getAcquire();
    }

    /**
     * Hears of the end of a batch.
     *
     * @param committedUpTo last slot that was answered
     * @param cursor last slot that was claimed
     */
    void drained(final long committedUpTo, final long cursor, final long nowNs) {
        final long slots = committedUpTo - committed;
        drainable += waiting < commitSlotsMax ? Math.max(slots, commitSlotsMax) : slots;
        final boolean isIdle = waiting == 0;
        committed = committedUpTo;
        waiting = Math.max(0, cursor - committedUpTo);
        if (committedUpTo < probedUpTo) {
            return;
        }
        final double shareOfWait = (double) waitMaxNs / Math.max(1, nowNs - probedNs);
        final long seen = isIdle ? limit.getPlain() + commitSlotsMax : (long) (drainable * shareOfWait);
        final long better = Math.max(seen, lastSeen);
        limit.setRelease(Math.max(Math.min(slotCount, 2 * commitSlotsMax), Math.min(slotCount, better)));
        lastSeen = Math.min(slotCount, seen);
        probedUpTo = committedUpTo + waiting;
        probedNs = nowNs;
        drainable = 0;
    }
}
