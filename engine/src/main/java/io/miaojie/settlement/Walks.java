package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Campaign;
import io.miaojie.settlement.campaign.Consequence;
import io.miaojie.settlement.campaign.GroupTimers;
import io.miaojie.settlement.campaign.RewardLines;
import io.miaojie.settlement.campaign.SaleKind;
import io.miaojie.settlement.campaign.Seat;
import io.miaojie.settlement.part.OrderSums;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.Rosters;
import io.miaojie.settlement.part.Timers;
import io.miaojie.wire.codec.OrderState;

/**
 * The timers of groups: tells kinds of deadlines, and walks over the entries of a group in slices. A slice is as much
 * as fits the record at hand; the rest follows by a timer that is due at once, behind all others that are, so that
 * nobody waits for a walk to end. What a kind says is to become of an entry's order is carried out here.
 *
 * <p>Units: minor, epoch nanoseconds. Allocates: nothing.
 */
final class Walks {
    private final Orders orders;
    private final OrderSums sums;
    private final Rosters rosters;
    private final Timers timers;
    private final GroupTimers groupTimers;
    private final Effects effects;
    private final RewardLines lines;
    private final OrderFacts facts;
    private final Seats seats;
    private final EndOrder endOrder;
    private final MoneyBack moneyBack;
    private final SaleCredits credits;
    private final Bookings bookings;
    private final Consequence consequence = new Consequence();

    Walks(final State state, final OrderRoom room, final EndOrder endOrder) {
        this.orders = state.orders();
        this.sums = state.orders().sums();
        this.rosters = state.rosters();
        this.timers = state.timers();
        this.groupTimers = new GroupTimers(state.rosters(), state.timers());
        this.effects = room.effects();
        this.lines = room.lines();
        this.facts = room.facts();
        this.seats = room.seats();
        this.endOrder = endOrder;
        this.moneyBack = new MoneyBack(state, effects);
        this.bookings = room.bookings();
        this.credits = new SaleCredits(state, room.money(), effects);
    }

    /** The timer of a group's deadline has fired. */
    void deadline(final Call call, final int group) {
        if (groupTimers.hasCome(group, call.nowNs())) {
            final SaleKind kind = seats.kindOf(group);
            kind.onDeadline(seats.of(group, -1, call.nowNs()));
        }
    }

    /**
     * The end of a version of a campaign has come: its kind is told, unless the version in force ends later, or never.
     */
    void end(final Call call, final Campaign campaign) {
        final boolean hasEnded = campaign.current().definition().hasEnded(call.nowNs());
        if (hasEnded && campaign.group() >= 0) {
            seats.kindOf(campaign.group()).onCampaignEnd(seats.of(campaign.group(), -1, call.nowNs()));
        }
    }

    /**
     * Walks on over a group. The walk counts as a timer that fired when it has passed its last entry.
     *
     * @param entriesMax at most so many entries, above 0
     * @return how many entries it passed
     */
    int walk(final Call call, final int group, final int entriesMax) {
        final SaleKind kind = seats.kindOf(group);
        int entry = rosters.cursor(group);
        rosters.setCursor(group, -1);
        if (rosters.firstEntry(group) < 0) {
            return walkGroups(call, group, entry, entriesMax);
        }
        int passed = 0;
        while (entry >= 0 && passed < entriesMax && !effects.isFull()) {
            kind.onWalk(seats.of(group, entry, call.nowNs()), consequence.clear());
            carryOut(call, entry);
            passed++;
            entry = rosters.next(entry);
            if (rosters.cursor(group) >= 0) { // it was begun anew, with a timer of its own
                return passed;
            }
        }
        if (entry >= 0) {
            groupTimers.walkOn(group, entry, call.nowNs());
        } else {
            timers.countFired(Timers.GROUP_WALK);
            kind.onWalked(seats.of(group, -1, call.nowNs()));
        }
        return passed;
    }

    /** Walks on over the groups of a campaign, whose own group has no entries. */
    private int walkGroups(final Call call, final int own, final int from, final int groupsMax) {
        final SaleKind kind = seats.kindOf(own);
        int group = from;
        int passed = 0;
        for (; group >= 0 && passed < groupsMax && !effects.isFull(); passed++) {
            kind.onGroupWalk(seats.of(group, -1, call.nowNs()));
            group = kind.groupBefore(rosters, group);
        }
        if (group >= 0) {
            groupTimers.walkOn(own, group, call.nowNs());
        } else {
            timers.countFired(Timers.GROUP_WALK);
        }
        return passed;
    }

    /** A payment has reached an order that takes part: kinds may settle its entries then and there. */
    void paid(final Call call, final int order) {
        int entry = sums.lastEntry(orders.sumsOf(order));
        for (; entry >= 0; entry = rosters.previous(entry)) {
            final int group = rosters.group(entry);
            final Seat seat = seats.of(group, entry, call.nowNs());
            if (seats.kindOf(group).settlesAtPayment(seat)) {
                seats.kindOf(group).onWalk(seat, consequence.clear());
                carryOut(call, entry);
            }
        }
    }

    private void carryOut(final Call call, final int entry) {
        final int order = rosters.order(entry);
        if (consequence.isAsk()) {
            bookings.ask(entry, consequence.lessMinor(), consequence.withinNs(), call.nowNs());
        }
        if (consequence.isEnd() && orders.state(order) == OrderState.AWAITING) {
            endOrder.cancel(call, order, consequence.code());
        }
        if (orders.state(order) == OrderState.PAID) {
            carryOutPaid(call, entry);
        }
        if (consequence.compensationMinor() > 0) {
            credits.credit(entry, consequence.compensationMinor(), call.nowNs());
        }
    }

    private void carryOutPaid(final Call call, final int entry) {
        final int order = rosters.order(entry);
        if (consequence.isEnd()) {
            giveBack(call, entry, Long.MAX_VALUE);
        } else if (consequence.backMinor() > 0) {
            giveBack(call, entry, consequence.backMinor());
        }
        if (consequence.creditMinor() > 0) {
            credits.credit(entry, consequence.creditMinor(), call.nowNs());
            lines.load(order).takeNet(orders.capturedMinor(order), openRefundMinor(order));
            credits.follow(entry, lines);
        }
    }

    /** Gives back what is left of the entry's line, at most this; with the rest of the order if that is all of it. */
    private void giveBack(final Call call, final int entry, final long mostMinor) {
        final int order = rosters.order(entry);
        final int row = orders.sumsOf(order);
        lines.load(order).takeNet(orders.capturedMinor(order), openRefundMinor(order));
        final int line = lines.lineOf(rosters.line(entry));
        final long lineMinor = lines.baseMinor(line);
        final long leftMinor = moneyBack.leftMinor(order);
        final boolean isAll = mostMinor == Long.MAX_VALUE && lines.isOnlyBase(line);
        final long backMinor = isAll ? leftMinor : Math.min(Math.min(mostMinor, lineMinor), leftMinor);
        if (backMinor <= 0) {
            return;
        }
        final long namedMinor = Math.min(backMinor, lineMinor);
        moneyBack.orderPart(order, backMinor, consequence.code(), call.sequence());
        long openMinor = openRefundMinor(order) + backMinor - namedMinor;
        lines.refund(line, namedMinor);
        if (namedMinor == lineMinor) { // what refunds of no line took from it, it keeps taking: others keep theirs
            final long takenMinor = Math.min(openMinor, lines.unnamedMinor(line));
            lines.refund(line, takenMinor);
            openMinor -= takenMinor;
        }
        sums.set(row, OrderSums.OPEN_REFUND, openMinor);
        effects.orders().touch(order);
        facts.follow(order, lines, call.nowNs());
    }

    private long openRefundMinor(final int order) {
        return sums.get(orders.sumsOf(order), OrderSums.OPEN_REFUND);
    }
}
