package io.miaojie.settlement.kind;

import io.miaojie.settlement.part.Rosters;

/** What registers and states of {@link GroupBuy} mean, and what follows from them alone. */
final class GroupBuyRoster {
    static final int SEATS = 0;
    static final int HELD_SEATS = 1;
    static final int PAID_SEATS = 2;
    static final int SUBSIDISED = 3;
    static final int REFUNDED_SEATS = 4;
    static final int SUCCEEDED = 5;
    static final int REACHED = 6;
    static final int LINK = 7;

    /** The one register of a standing: seats that are held or paid. */
    static final int ACTIVE = 0;

    /** States of a group; 0 is the campaign's own. */
    static final int OPENING = 1;

    static final int FORMING = 2;
    static final int SUCCESS = 3;
    static final int FAILED_EXPIRED = 4;
    static final int CANCELLED = 5;
    static final int ABANDONED = 6;

    /** States of an entry. */
    static final int HELD = 1;

    static final int PAID = 2;
    static final int RELEASED = 3;
    static final int SUCCEEDED_SEAT = 4;
    static final int REFUNDED = 5;
    static final int MOVED = 6;

    private GroupBuyRoster() {}

    /** Says what does not hold of a group, null: all does. */
    static String violation(final Rosters rosters, final int group) {
        return rosters.groupState(group) == 0 ? violationOfAll(rosters, group) : violationOfOne(rosters, group);
    }

    /** Tells whether a group takes others in: its leader has paid, and it is not over. */
    static boolean isOpen(final Rosters rosters, final int group) {
        final int state = rosters.groupState(group);
        return state == FORMING || state == SUCCESS && rosters.deadlineNs(group) > 0;
    }

    static long room(final Rosters rosters, final int group) {
        long room = rosters.register(group, SEATS);
        for (int register = HELD_SEATS; register <= REFUNDED_SEATS; register++) {
            room -= rosters.register(group, register);
        }
        return room;
    }

    /** Returns the first entry that is paid, else the first that is held, -1: there is none. */
    static int successor(final Rosters rosters, final int group) {
        int held = -1;
        for (int entry = rosters.firstEntry(group); entry >= 0; entry = rosters.next(entry)) {
            if (rosters.state(entry) == PAID) {
                return entry;
            }
            held = held < 0 && rosters.state(entry) == HELD ? entry : held;
        }
        return held;
    }

    private static String violationOfOne(final Rosters rosters, final int group) {
        long held = 0;
        long paid = 0;
        for (int entry = rosters.firstEntry(group); entry >= 0; entry = rosters.next(entry)) {
            final int state = rosters.state(entry);
            held += state == HELD ? 1 : 0;
            paid += state == PAID || state == SUCCEEDED_SEAT ? 1 : 0;
        }
        final int state = rosters.groupState(group);
        final boolean isSuccess = state == SUCCESS;
        final boolean isOver = state > SUCCESS && rosters.cursor(group) < 0;
        final boolean holds = held == rosters.register(group, HELD_SEATS)
                && paid == rosters.register(group, PAID_SEATS)
                && room(rosters, group) >= 0
                && isSuccess == (rosters.register(group, SUCCEEDED) == 1)
                && (state == FORMING || isSuccess || rosters.deadlineNs(group) == 0)
                && (!isOver || held + paid == 0);
        return holds
                ? null
                : "state=" + state + " held=" + held + " paid=" + paid + " of="
                        + rosters.register(group, HELD_SEATS) + "," + rosters.register(group, PAID_SEATS) + " room="
                        + room(rosters, group);
    }

    private static String violationOfAll(final Rosters rosters, final int own) {
        final long[] sums = new long[LINK];
        for (int group = 0; group < rosters.groupCount(); group++) {
            final boolean counts = group != own && rosters.campaign(group) == rosters.campaign(own);
            for (int register = 0; counts && register < LINK; register++) {
                sums[register] += rosters.register(group, register);
            }
        }
        for (int register = 0; register < LINK; register++) {
            if (sums[register] != rosters.register(own, register)) {
                return "register=" + register + " sum=" + sums[register] + " of=" + rosters.register(own, register);
            }
        }
        return null;
    }
}
