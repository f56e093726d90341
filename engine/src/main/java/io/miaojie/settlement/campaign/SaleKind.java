package io.miaojie.settlement.campaign;

import io.miaojie.settlement.part.Rosters;

/**
 * A kind whose campaigns sell: lines of orders take part in them, at the campaign's price, and have an entry in a
 * roster for it. The engine finds campaign and group, asks {@link #admit} of every such line before anything changes,
 * and tells the kind what becomes of the order; the kind moves registers and states of {@link Rosters} and nothing
 * else.
 *
 * <p>What decides depends on the record's time alone, never on a time that a caller says.
 *
 * <p>Thread: settlement. Allocates: nothing.
 */
public interface SaleKind extends CampaignKind {
    /** Returns what a register of a group begins with under these terms. */
    long opening(Terms terms, int register);

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
     * Says whether an action that no order makes can be carried out. Changes nothing.
     *
     * @param action its place in the kind's descriptor
     * @param arguments by their place in the action's descriptor, within their bounds; {@link Terms#ABSENT}: not given
     * @return 0: it can; else the number of the code that says why not
     */
    int decide(Seat seat, int action, long[] arguments);

    /** Carries out an action that was decided. */
    void act(Seat seat, int action, long[] arguments);

    /** Says what does not hold of a group, null: all does. Reads all of its entries: for verification and tests. */
    String violation(Rosters rosters, int group);
}
