package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Payment;
import io.miaojie.settlement.part.OrderLines;
import io.miaojie.settlement.part.OrderSums;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.Rosters;
import io.miaojie.settlement.part.Timers;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.codec.Instalment;
import io.miaojie.wire.codec.OrderState;

/**
 * Orders that are paid in a deposit and a balance: which payments they ask for, and until when. Once its deposit is
 * paid, such an order has no deadline until its balance is asked for.
 *
 * <p>Units: minor, epoch nanoseconds. Allocates: nothing.
 */
final class Bookings {
    private static final int DUE = 1;
    private static final int FORFEITED = 2;
    private static final int ASKED = 3;

    private final Orders orders;
    private final OrderLines lines;
    private final Rosters rosters;
    private final OrderSums sums;
    private final Timers timers;
    private final Seats seats;
    private final Effects effects;
    private final Slice id = new Slice();

    Bookings(final State state, final Seats seats, final Effects effects) {
        this.orders = state.orders();
        this.lines = state.orderLines();
        this.rosters = state.rosters();
        this.sums = state.orders().sums();
        this.timers = state.timers();
        this.seats = seats;
        this.effects = effects;
    }

    /** Tells whether the order is paid in a deposit and a balance, or in full. */
    boolean is(final int order) {
        return seats.depositMinor(order) > 0;
    }

    /** Tells whether a placed order asks for a payment like this one: never more, and nothing in another order. */
    boolean isDue(final int order, final Payment payment) {
        final long payableMinor = sums.get(orders.sumsOf(order), OrderSums.PAYABLE);
        final long leftMinor = payableMinor - orders.capturedMinor(order);
        final long depositMinor = seats.depositMinor(order);
        if (!payment.hasAmount()) {
            return false;
        }
        if (payment.instalment() == Instalment.FULL.value()) {
            return payment.amountMinor() == payableMinor && leftMinor == payableMinor;
        }
        if (depositMinor == 0) {
            return payment.amountMinor() <= leftMinor;
        }
        return payment.instalment() == Instalment.DEPOSIT.value()
                ? payment.amountMinor() == depositMinor && leftMinor == payableMinor
                : payment.instalment() == Instalment.BALANCE.value()
                        && orders.hasCaptured(order, Instalment.DEPOSIT.value())
                        && payment.amountMinor() == leftMinor;
    }

    /** A payment of a placed order was captured, and it is not paid in full: of a booking, its deposit. */
    void deposited(final int order, final long nowNs) {
        if (is(order)) {
            sums.set(orders.sumsOf(order), OrderSums.HOLD_UNTIL_NS, 0);
            seats.deposited(order, nowNs);
        }
    }

    /**
     * Asks for the balance of an order that awaits it: this much less than it was to pay, until a deadline. Its one
     * line costs less by as much.
     */
    void ask(final int entry, final long lessMinor, final long withinNs, final long nowNs) {
        final int order = rosters.order(entry);
        final int line = rosters.line(entry);
        final int row = orders.sumsOf(order);
        final long untilNs = PlaceOrder.holdUntilNs(nowNs, withinNs);
        sums.set(row, OrderSums.PAYABLE, sums.get(row, OrderSums.PAYABLE) - lessMinor);
        sums.set(row, OrderSums.HOLD_UNTIL_NS, untilNs);
        timers.arm(untilNs, Timers.ORDER_EXPIRY, order);
        lines.setDue(line, lines.dueMinor(line) - lessMinor, lines.quantity(line));
        effects.orders().touch(order);
        final long balanceMinor = sums.get(row, OrderSums.PAYABLE) - orders.capturedMinor(order);
        final long payByNs = PlaceOrder.payByNs(untilNs);
        effects.tellBooking(DUE, rosters.version(entry), order, balanceMinor, payByNs, orders.id(order, id));
    }

    /** Tells of the deposit that an order asks for first, if it is a booking. */
    void tell(final int order) {
        final long depositMinor = seats.depositMinor(order);
        if (depositMinor > 0) {
            final int entry = sums.lastEntry(orders.sumsOf(order));
            effects.tellBooking(ASKED, rosters.version(entry), order, depositMinor, 0, orders.id(order, id));
        }
    }

    /** Tells that what was captured of a booking is forfeited. */
    void tellForfeit(final int order) {
        final int entry = sums.lastEntry(orders.sumsOf(order));
        final long keptMinor = orders.capturedMinor(order);
        effects.tellBooking(FORFEITED, rosters.version(entry), order, keptMinor, 0, orders.id(order, id));
    }

    /** Tells whether the order's deadline has come, of those that timers were armed for. */
    boolean isExpired(final int order, final long nowNs) {
        final long untilNs = sums.get(orders.sumsOf(order), OrderSums.HOLD_UNTIL_NS);
        return orders.state(order) == OrderState.AWAITING && untilNs != 0 && untilNs <= nowNs;
    }
}
