package io.miaojie.settlement.campaign;

import io.miaojie.settlement.part.Rosters;
import io.miaojie.wire.ResultCode;

/**
 * A kind whose campaigns sell: lines of orders take part in them, at the campaign's price, and have an entry in a
 * roster for it. The engine finds campaign and group, asks {@link #admit} of every such line before anything changes,
 * and tells the kind what becomes of the order; the kind moves registers and states of {@link Rosters} and nothing
 * else. A group has one deadline, and one walk over its entries at a time, which may be a million: what is to become of
 * each entry's order the kind says as a {@link Consequence}.
 *
 * <p>What decides depends on the record's time alone, never on a time that a caller says.
 *
 * <p>Thread: settlement. Allocates: nothing.
 */
public interface SaleKind extends CampaignKind {
    /** Instead of a group: one that is to be made. */
    int NEW_GROUP = -1;

    /** Returns 0: what sells rewards nobody for a payment; orders earn by other campaigns. */
    @Override
    default int levels(final Terms terms) {
        return 0;
    }

    @Override
    default long ratesPpm(final Terms terms) {
        return 0;
    }

    @Override
    default boolean rewardsSelf(final Terms terms) {
        return false;
    }

    @Override
    default long draw(final Terms terms, final long random) {
        return 0;
    }

    /** Returns minus {@code ZERO_REWARD}. */
    @Override
    default long target(final Terms terms, final RewardLines lines, final int level, final long drawn) {
        return -ResultCode.ZERO_REWARD.number();
    }

    /**
     * Returns what a register of the campaign's own group begins with under these terms. A group that orders open
     * begins with 0 throughout and in state 0; its kind says the rest in {@link #onOrder}.
     */
    long opening(Terms terms, int register);

    /** Returns the entry of who owns a group that is not the campaign's own, -1: nobody. */
    default int owner(final Rosters rosters, final int group) {
        return -1;
    }

    /**
     * Says whether the line may take part. Changes nothing.
     *
     * @return 0: it may; else the number of the code that says why not
     */
    int admit(Seat seat);

    /** Returns the price of one piece, of a line that was admitted. Changes nothing. */
    long unitPriceMinor(Seat seat);

    /** The order was placed: the seat has its entry now, and what it asks for is held. */
    void onOrder(Seat seat);

    /**
     * Returns the deposit of a line that was admitted, or of an entry: its order is paid in a deposit and a balance, or
     * in full. Changes nothing.
     *
     * @return cash, minor; 0: the order is paid like any other
     */
    default long depositMinor(final Seat seat) {
        return 0;
    }

    /** Tells whether the bookings of whom a member brought count for that member: {@link Seat#raiseParent}. */
    default boolean ranksInvitees(final Terms terms) {
        return false;
    }

    /** The deposit of the order was paid. */
    default void onDeposit(final Seat seat) {}

    /** The order was paid in full. */
    void onPaid(Seat seat);

    /** The order expired or was cancelled without being paid. */
    void onEnded(Seat seat);

    /**
     * Tells whether what was captured of an order that has ended unpaid is the merchant's; {@link #onEnded} came first.
     */
    default boolean forfeits(final Seat seat) {
        return false;
    }

    /** All that was paid for the line has been refunded. Told again with each fact that follows. */
    void onRefunded(Seat seat);

    /**
     * Says whether an entry whose order has expired may be held again, because a payment of it came late. Changes
     * nothing.
     *
     * @return 0: it may, and {@link #onOrder} and {@link #onPaid} follow; else the number of a code
     */
    int readmit(Seat seat);

    /**
     * Says in which group an entry is held again that {@link #readmit} took. Changes nothing.
     *
     * @return its own; another: the seat is given a new entry there, of which {@link #onOrder} and {@link #onPaid}
     *     tell; {@link #NEW_GROUP}
     */
    default int route(final Seat seat) {
        return seat.group();
    }

    /** The seat has gone to another group: of this entry, nothing more is told. */
    default void onMoved(final Seat seat) {
        throw new IllegalStateException("an entry of a kind that moves none: entry=" + seat.entry());
    }

    /**
     * Says whether an action that no order makes can be carried out. Changes nothing.
     *
     * @param action its place in the kind's descriptor
     * @param arguments by their place in the action's descriptor, within their bounds; {@link Terms#ABSENT}: not given
     * @return 0: it can; else the number of the code that says why not
     */
    int decide(Seat seat, int action, long[] arguments);

    /** Tells whether operators may act on its campaigns when those are closed: what was sold is not over with that. */
    default boolean actsWhenClosed() {
        return false;
    }

    /** Carries out an action that was decided. */
    void act(Seat seat, int action, long[] arguments);

    /**
     * The deadline of a group has come, see {@link Seat#setDeadline}: once for each that was set. The seat is of the
     * group, with no entry and no member.
     */
    default void onDeadline(final Seat seat) {
        throw new IllegalStateException("a deadline of a kind that sets none: group=" + seat.group());
    }

    /**
     * The campaign has come to its end, as the version in force says it; told again when an end that has come was moved
     * later. The seat is of the campaign's own group, with no entry and no member; of one that nobody has taken part
     * in, nothing is told.
     */
    default void onCampaignEnd(final Seat seat) {}

    /** Returns the group that orders opened before this one, -1: it is the first. */
    default int groupBefore(final Rosters rosters, final int group) {
        return -1;
    }

    /** A walk, see {@link Seat#beginGroupWalk}, passes a group. The seat is of the group. */
    default void onGroupWalk(final Seat seat) {
        throw new IllegalStateException("a walk of a kind that begins none: group=" + seat.group());
    }

    /**
     * A walk, see {@link Seat#beginWalk}, passes an entry: once for each entry of the group in their order, those
     * included that join behind it meanwhile. A walk goes on over as many records as it takes, others settle between
     * them.
     *
     * @param consequence what the kind wants to become of the entry's order; carried out at once, without
     *     {@link #onRefunded} being told of what the walk itself gives back before the entry's state says so
     */
    default void onWalk(final Seat seat, final Consequence consequence) {
        throw new IllegalStateException("a walk of a kind that begins none: group=" + seat.group());
    }

    /**
     * Tells whether an entry whose order a payment has reached is settled at once, as if a walk had passed it: the walk
     * may be behind it already.
     */
    default boolean settlesAtPayment(final Seat seat) {
        return false;
    }

    /**
     * Tells whether what an entry was credited stays, whatever is refunded: it makes good for what the buyer does not
     * get.
     */
    default boolean keepsCredit(final Seat seat) {
        return false;
    }

    /** A walk has passed the last entry. The seat is of the group, with no entry and no member. */
    default void onWalked(final Seat seat) {}

    /** Says what does not hold of a group, null: all does. Reads all of its entries: for verification and tests. */
    String violation(Terms terms, Rosters rosters, int group);
}
