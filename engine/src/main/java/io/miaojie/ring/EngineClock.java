package io.miaojie.ring;

/** Engine time, epoch nanoseconds. Thread: the settlement thread stamps with it; the ticker only asks. */
@FunctionalInterface
public interface EngineClock {
    /**
     * Returns the time to stamp a record with, never below {@code lastNowNs}.
     *
     * @param lastNowNs the stamp before
     * @param atNs business time of the message; 0: none
     */
    long nowNs(long lastNowNs, long atNs);

    /** Goes on from this time, which lies ahead. Thread: settlement. A clock that follows others has nothing to do. */
    default void moveTo(final long nowNs) {}

    /** Returns the clock of a sandbox: it may have been moved ahead, and goes on from where it was. */
    static EngineClock sandbox(final long lastJournaledNs, final MachineClock machine) {
        return WallClock.startedNotBehind(lastJournaledNs, machine);
    }

    /** Returns the time of day, going on evenly from the moment of this call. */
    static EngineClock wall(final long lastJournaledNs, final MachineClock machine) {
        return WallClock.startedBehind(lastJournaledNs, machine);
    }

    /**
     * Returns the largest business time seen: an old ledger settles as if it happened now. Nothing moves in between.
     */
    static EngineClock followingEvents() {
        return Math::max;
    }
}
