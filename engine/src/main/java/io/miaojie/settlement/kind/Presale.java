package io.miaojie.settlement.kind;

import static io.miaojie.settlement.kind.PresaleTerms.DEPOSIT;
import static io.miaojie.settlement.kind.PresaleTerms.MIN_BOOKINGS;
import static io.miaojie.settlement.kind.PresaleTerms.PER_MEMBER;
import static io.miaojie.settlement.kind.PresaleTerms.SKUS;

import io.miaojie.settlement.campaign.Consequence;
import io.miaojie.settlement.campaign.SaleKind;
import io.miaojie.settlement.campaign.Seat;
import io.miaojie.settlement.campaign.Terms;
import io.miaojie.settlement.part.Rosters;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.ResultCode;

/**
 * 预售返款: bookings with a deposit; the price falls by the number of bookings and by how soon they came; then it goes
 * ahead and the balance is asked for, or it is called off and everything goes back.
 *
 * <p>At any time the deposits held are those of bookings that wait for their balance or for the decision: each deposit
 * is applied, returned or forfeited once.
 */
final class Presale implements SaleKind {
    /** Registers of the campaign's one group. BOOKED: bookings that have paid and not gone back. */
    private static final int BOOKED = 0;

    /** Bookings that are still to be paid, in part or whole. */
    private static final int OPEN = 1;

    /** Deposits, minor, by what became of them; states of entries say the same one by one. */
    private static final int HELD = 2;

    private static final int APPLIED = 3;
    private static final int RETURNED_DEPOSITS = 4;
    private static final int FORFEITED_DEPOSITS = 5;

    /** Price of one piece by the number of all bookings, fixed at the close; 0: not yet, or it counts invitees. */
    private static final int COUNT_PRICE = 6;

    /** How many bookings have got their rank. */
    private static final int RANKS = 7;

    /** Registers of what a member has: bookings that it has or holds, bookings of whom it brought. */
    private static final int BOOKINGS = 0;

    private static final int INVITED = 1;

    /** States of an entry. */
    private static final int UNPAID = 1;

    private static final int DEPOSIT_PAID = 2;
    private static final int BALANCE_DUE = 3;
    private static final int PAID = 4;
    private static final int RELEASED = 5;
    private static final int RETURNED = 6;
    private static final int FORFEITED = 7;
    private static final int REFUNDED = 8;
    private static final int CALLED_OFF = 9;

    /** States of the group: its phases. */
    private static final int BOOKING = 0;

    private static final int CLOSED = 1;
    private static final int GO = 2;
    private static final int NO_GO = 3;
    private static final int BALANCE_WINDOW = 4;
    private static final int DONE = 5;

    @Override
    public KindDescriptor descriptor() {
        return PresaleTerms.DESCRIPTOR;
    }

    @Override
    public boolean isSound(final Terms terms) {
        return PresaleTerms.isSound(terms);
    }

    @Override
    public boolean follows(final Terms before, final Terms after) {
        return PresaleTerms.follows(before, after);
    }

    @Override
    public long opening(final Terms terms, final int register) {
        return 0;
    }

    /**
     * Says {@code BOOKING_CLOSED}, {@code SKU_NOT_IN_PRESALE}, {@code BOOKING_ALONE}, {@code BOOKING_LIMIT}, in this
     * order.
     */
    @Override
    public int admit(final Seat seat) {
        if (seat.groupState() != BOOKING) {
            return PresaleTerms.BOOKING_CLOSED;
        }
        if (!seat.terms().admits(SKUS, seat.sku())) {
            return PresaleTerms.SKU_NOT_IN_PRESALE;
        }
        return seat.isAlone() ? limit(seat) : PresaleTerms.BOOKING_ALONE;
    }

    @Override
    public int readmit(final Seat seat) {
        final boolean mayBook = seat.groupState() == BOOKING && seat.state() == RELEASED && seat.isOnSale();
        return mayBook ? limit(seat) : PresaleTerms.BOOKING_CLOSED;
    }

    private static int limit(final Seat seat) {
        final boolean isFull = seat.terms().has(PER_MEMBER)
                && seat.standing(BOOKINGS) >= seat.terms().scalar(PER_MEMBER);
        return isFull ? PresaleTerms.BOOKING_LIMIT : 0;
    }

    /** Returns what a piece costs in cash: its price by the time, less what the deposit counts for beyond itself. */
    @Override
    public long unitPriceMinor(final Seat seat) {
        return PresaleTerms.timePriceMinor(seat.terms(), seat.startsAtNs(), seat.nowNs())
                - PresaleTerms.bonusMinor(seat.terms());
    }

    @Override
    public long depositMinor(final Seat seat) {
        return seat.terms().scalar(DEPOSIT) * seat.pieces();
    }

    @Override
    public boolean ranksInvitees(final Terms terms) {
        return PresaleTerms.countsInvitees(terms);
    }

    @Override
    public void onOrder(final Seat seat) {
        if (seat.state() == 0) {
            seat.rosters().setSecond(seat.entry(), seat.amountMinor());
        }
        seat.setState(UNPAID);
        seat.raise(OPEN, 1);
        seat.setStanding(BOOKINGS, seat.standing(BOOKINGS) + 1);
    }

    @Override
    public void onDeposit(final Seat seat) {
        if (seat.state() == UNPAID) {
            count(seat);
            seat.setState(DEPOSIT_PAID);
            seat.raise(HELD, depositMinor(seat));
        }
    }

    @Override
    public void onPaid(final Seat seat) {
        final long depositMinor = depositMinor(seat);
        switch (seat.state()) {
            case UNPAID -> {
                count(seat);
                seat.raise(OPEN, -1);
            }
            case DEPOSIT_PAID, BALANCE_DUE -> {
                seat.raise(HELD, -depositMinor);
                seat.raise(OPEN, -1);
            }
            case RETURNED -> { // its deposit was refunded, and still the balance was paid
                seat.raise(RETURNED_DEPOSITS, -depositMinor);
                seat.setStanding(BOOKINGS, seat.standing(BOOKINGS) + 1);
                count(seat);
            }
            default -> {
                return;
            }
        }
        seat.setState(PAID);
        seat.raise(APPLIED, depositMinor);
        finish(seat);
    }

    /** An earnest is forfeited, any other deposit returned, unless the presale was called off. */
    @Override
    public void onEnded(final Seat seat) {
        if (seat.state() == UNPAID) {
            leave(seat, RELEASED);
            seat.raise(OPEN, -1);
        } else if (seat.state() == DEPOSIT_PAID || seat.state() == BALANCE_DUE) {
            final boolean isForfeited = PresaleTerms.isEarnest(seat.terms()) && seat.groupState() != NO_GO;
            final int called = seat.groupState() == NO_GO ? CALLED_OFF : RETURNED;
            discount(seat);
            leave(seat, isForfeited ? FORFEITED : called);
            seat.raise(OPEN, -1);
            seat.raise(HELD, -depositMinor(seat));
            seat.raise(isForfeited ? FORFEITED_DEPOSITS : RETURNED_DEPOSITS, depositMinor(seat));
        }
        finish(seat);
    }

    @Override
    public boolean forfeits(final Seat seat) {
        return seat.state() == FORFEITED;
    }

    @Override
    public void onRefunded(final Seat seat) {
        if (seat.state() == DEPOSIT_PAID || seat.state() == BALANCE_DUE) {
            discount(seat);
            leave(seat, RETURNED);
            seat.raise(OPEN, -1);
            seat.raise(HELD, -depositMinor(seat));
            seat.raise(RETURNED_DEPOSITS, depositMinor(seat));
            finish(seat);
        } else if (seat.state() == PAID) {
            discount(seat);
            leave(seat, REFUNDED);
        }
    }

    /** Says {@code PHASE_FORBIDS}: bookings are over already, or it was decided. */
    @Override
    public int decide(final Seat seat, final int action, final long[] arguments) {
        final int phase = seat.groupState();
        final boolean may = phase == BOOKING || phase == CLOSED && action != PresaleTerms.CLOSE;
        return may ? 0 : PresaleTerms.PHASE_FORBIDS;
    }

    @Override
    public boolean actsWhenClosed() {
        return true;
    }

    /** Closes first, where bookings are still taken. */
    @Override
    public void act(final Seat seat, final int action, final long[] arguments) {
        if (seat.groupState() == BOOKING) {
            close(seat);
        }
        if (action == PresaleTerms.CLOSE) {
            awaitDecision(seat);
        } else {
            decided(seat, action == PresaleTerms.GO);
        }
    }

    @Override
    public void onCampaignEnd(final Seat seat) {
        if (seat.groupState() == BOOKING) {
            close(seat);
            awaitDecision(seat);
        }
    }

    /** Nobody has decided in time. */
    @Override
    public void onDeadline(final Seat seat) {
        if (seat.groupState() == CLOSED) {
            decideByCount(seat);
        }
    }

    @Override
    public boolean settlesAtPayment(final Seat seat) {
        return seat.groupState() >= GO;
    }

    @Override
    public boolean keepsCredit(final Seat seat) {
        return seat.state() == CALLED_OFF;
    }

    @Override
    public void onWalk(final Seat seat, final Consequence consequence) {
        if (seat.groupState() == NO_GO) {
            callOff(seat, consequence);
        } else {
            settle(seat, consequence);
        }
    }

    @Override
    public void onWalked(final Seat seat) {
        seat.setGroupState(seat.groupState() == GO ? BALANCE_WINDOW : DONE);
        finish(seat);
    }

    @Override
    public String violation(final Terms terms, final Rosters rosters, final int group) {
        final long[] counted = new long[RANKS];
        for (int entry = rosters.firstEntry(group); entry >= 0; entry = rosters.next(entry)) {
            final int state = rosters.state(entry);
            final long depositMinor = terms.scalar(DEPOSIT) * rosters.pieces(entry);
            counted[BOOKED] += state == DEPOSIT_PAID || state == BALANCE_DUE || state == PAID ? 1 : 0;
            counted[OPEN] += state == UNPAID || state == DEPOSIT_PAID || state == BALANCE_DUE ? 1 : 0;
            counted[HELD] += state == DEPOSIT_PAID || state == BALANCE_DUE ? depositMinor : 0;
            counted[APPLIED] += state == PAID || state == REFUNDED ? depositMinor : 0;
            counted[RETURNED_DEPOSITS] += state == RETURNED || state == CALLED_OFF ? depositMinor : 0;
            counted[FORFEITED_DEPOSITS] += state == FORFEITED ? depositMinor : 0;
        }
        for (int register = BOOKED; register <= FORFEITED_DEPOSITS; register++) {
            if (counted[register] != rosters.register(group, register)) {
                return PresaleTerms.DESCRIPTOR.view().counters().get(register) + "=" + rosters.register(group, register)
                        + " of entries=" + counted[register];
            }
        }
        return null;
    }

    /** Takes no more bookings. From now on no number of bookings changes a price. */
    private static void close(final Seat seat) {
        final Terms terms = seat.terms();
        seat.setGroupState(CLOSED);
        if (!PresaleTerms.countsInvitees(terms)) {
            seat.raise(COUNT_PRICE, PresaleTerms.countPriceMinor(terms, seat.register(BOOKED)));
        }
    }

    private void awaitDecision(final Seat seat) {
        final long withinNs = PresaleTerms.decideWithinNs(seat.terms());
        if (withinNs == 0) {
            decideByCount(seat);
        } else {
            seat.setDeadline(seat.nowNs() + withinNs);
        }
    }

    private void decideByCount(final Seat seat) {
        final Terms terms = seat.terms();
        decided(seat, !terms.has(MIN_BOOKINGS) || seat.register(BOOKED) >= terms.scalar(MIN_BOOKINGS));
    }

    private void decided(final Seat seat, final boolean isGo) {
        seat.setDeadline(0);
        seat.setGroupState(isGo ? GO : NO_GO);
        if (seat.rosters().firstEntry(seat.group()) < 0) {
            onWalked(seat);
        } else {
            seat.beginWalk();
        }
    }

    /** Gives a booking its final price: it lowers the balance that is asked for, or comes back if all was paid. */
    private static void settle(final Seat seat, final Consequence consequence) {
        final Rosters rosters = seat.rosters();
        final int entry = seat.entry();
        final long bookedMinor = rosters.second(entry);
        final long finalMinor = Math.min(bookedMinor, finalMinor(seat));
        if (seat.state() == DEPOSIT_PAID) {
            rosters.setPieces(entry, seat.pieces(), finalMinor);
            rosters.setSecond(entry, finalMinor);
            seat.setState(BALANCE_DUE);
            consequence.ask(bookedMinor - finalMinor, PresaleTerms.balanceWithinNs(seat.terms()));
        } else if (seat.state() == PAID && finalMinor < seat.amountMinor()) {
            rosters.setPieces(entry, seat.pieces(), finalMinor);
            consequence.credit(bookedMinor - finalMinor);
        } else if (seat.state() == RETURNED) {
            consequence.end(ResultCode.ORDER_CANCELLED.number());
        }
    }

    /** Returns what the pieces of a booking cost in cash by the count ladder. */
    private static long finalMinor(final Seat seat) {
        final Terms terms = seat.terms();
        final long fixedMinor = seat.register(COUNT_PRICE);
        final long priceMinor =
                fixedMinor > 0 ? fixedMinor : PresaleTerms.countPriceMinor(terms, seat.standing(INVITED));
        return (priceMinor - PresaleTerms.bonusMinor(terms)) * seat.pieces();
    }

    /** Everything goes back, and a second deposit into the pool where the terms say so. */
    private void callOff(final Seat seat, final Consequence consequence) {
        final int state = seat.state();
        if (state == PAID) {
            discount(seat);
            leave(seat, CALLED_OFF);
            seat.raise(APPLIED, -depositMinor(seat));
            seat.raise(RETURNED_DEPOSITS, depositMinor(seat));
        }
        if (state == DEPOSIT_PAID || state == PAID) {
            consequence.compensate(PresaleTerms.compensationMinor(seat.terms()) * seat.pieces());
        }
        if (state == UNPAID || state == DEPOSIT_PAID || state == PAID || state == RETURNED) {
            consequence.end(PresaleTerms.PRESALE_CALLED_OFF);
        }
    }

    /** Takes a booking that has paid into account: it gets its rank, and ladders count it while bookings are taken. */
    private static void count(final Seat seat) {
        final Rosters rosters = seat.rosters();
        seat.raise(BOOKED, 1);
        if (rosters.first(seat.entry()) == 0) {
            seat.raise(RANKS, 1);
            rosters.setFirst(seat.entry(), seat.register(RANKS));
        }
        if (seat.groupState() == BOOKING) {
            seat.raiseParent(INVITED, 1);
        }
    }

    /** Forgets a booking that had paid. What ladders have counted at the close stays. */
    private static void discount(final Seat seat) {
        seat.raise(BOOKED, -1);
        if (seat.groupState() == BOOKING) {
            seat.raiseParent(INVITED, -1);
        }
    }

    private static void leave(final Seat seat, final int state) {
        seat.setState(state);
        seat.setStanding(BOOKINGS, seat.standing(BOOKINGS) - 1);
    }

    /** Nothing is to be paid any more. */
    private static void finish(final Seat seat) {
        if (seat.groupState() == BALANCE_WINDOW && seat.register(OPEN) == 0) {
            seat.setGroupState(DONE);
        }
    }
}
