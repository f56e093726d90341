package io.miaojie.settlement.campaign;

import io.miaojie.settlement.part.Rosters;
import io.miaojie.settlement.part.Timers;

/**
 * The timers of groups: one for the deadline of each and one for a walk over its entries, so that there is always room.
 * A deadline that moves later leaves its timer where it is, and that is armed again when it fires too early.
 *
 * <p>Units: epoch nanoseconds. Allocates: nothing.
 */
public final class GroupTimers {
    private final Rosters rosters;
    private final Timers timers;

    public GroupTimers(final Rosters rosters, final Timers timers) {
        this.rosters = rosters;
        this.timers = timers;
    }

    /**
     * Sets the deadline of a group.
     *
     * @param deadlineNs above 0, and not before that of a timer of the group that is still armed; 0: it has none
     */
    void setDeadline(final int group, final long deadlineNs) {
        final long timerNs = rosters.timerNs(group);
        if (deadlineNs < 0 || deadlineNs > 0 && timerNs > 0 && deadlineNs < timerNs) {
            throw new IllegalArgumentException(
                    "a deadline moves later only: group=" + group + " deadlineNs=" + deadlineNs + " armed=" + timerNs);
        }
        rosters.setDeadline(group, deadlineNs);
        if (deadlineNs > 0 && timerNs == 0) {
            arm(group, deadlineNs);
        }
    }

    /**
     * The deadline timer of a group has fired.
     *
     * @return whether the deadline has come, which is over with that
     */
    public boolean hasCome(final int group, final long nowNs) {
        final long deadlineNs = rosters.deadlineNs(group);
        rosters.setTimer(group, 0);
        if (deadlineNs > nowNs) {
            arm(group, deadlineNs);
            return false;
        }
        rosters.setDeadline(group, 0);
        return deadlineNs > 0;
    }

    /** Begins a walk over all entries of a group, or begins the one anew that is under way. */
    void beginWalk(final int group, final long nowNs) {
        if (rosters.firstEntry(group) >= 0) {
            goOn(group, rosters.firstEntry(group), rosters.cursor(group) >= 0, nowNs);
        }
    }

    /** Begins a walk over the groups of a campaign, from this one on. The campaign's own group has no entries. */
    void beginGroupWalk(final int own, final int first, final long nowNs) {
        if (first >= 0) {
            goOn(own, first, rosters.cursor(own) >= 0, nowNs);
        }
    }

    /** Goes on with a walk in another record, at this entry, or group. */
    public void walkOn(final int group, final int entry, final long nowNs) {
        goOn(group, entry, false, nowNs);
    }

    private void goOn(final int group, final int entry, final boolean isArmed, final long nowNs) {
        rosters.setCursor(group, entry);
        if (!isArmed) {
            timers.arm(nowNs, Timers.GROUP_WALK, group);
        }
    }

    private void arm(final int group, final long deadlineNs) {
        rosters.setTimer(group, deadlineNs);
        timers.arm(deadlineNs, Timers.GROUP_DEADLINE, group);
    }
}
