package io.miaojie.ring;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The time of day at the start plus the steady nanoseconds since: later corrections of the machine's clock do not reach
 * the log.
 */
final class WallClock implements EngineClock {
    /** A clock set back by at most this much is waited for; more is a mistake that somebody has to look at. */
    static final long BEHIND_MAX_NS = TimeUnit.SECONDS.toNanos(5);

    private static final long PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final LongSupplier steadyNs;
    private volatile long offsetNs; // the ticker asks while the settlement thread moves

    private WallClock(final long wallNs, final MachineClock machine) {
        this.steadyNs = machine.steadyNs();
        this.offsetNs = wallNs - steadyNs.getAsLong();
    }

    /** Starts at the time of day, or at the last record if that stands ahead. */
    static WallClock startedNotBehind(final long lastJournaledNs, final MachineClock machine) {
        return new WallClock(Math.max(lastJournaledNs, machine.timeOfDayNs().getAsLong()), machine);
    }

    static WallClock startedBehind(final long lastJournaledNs, final MachineClock machine) {
        long wallNs = machine.timeOfDayNs().getAsLong();
        if (lastJournaledNs - wallNs > BEHIND_MAX_NS) {
            throw new IllegalStateException("the machine's clock stands before the last record: clockNs=" + wallNs
                    + " lastJournaledNs=" + lastJournaledNs + " behindMaxNs=" + BEHIND_MAX_NS);
        }
        while (wallNs < lastJournaledNs) {
            LockSupport.parkNanos(PARK_NS);
            wallNs = machine.timeOfDayNs().getAsLong();
        }
        return new WallClock(wallNs, machine);
    }

    @Override
    public long nowNs(final long lastNowNs, final long atNs) {
        return Math.max(lastNowNs, offsetNs + steadyNs.getAsLong());
    }

    @Override
    public void moveTo(final long nowNs) {
        offsetNs = nowNs - steadyNs.getAsLong();
    }
}
