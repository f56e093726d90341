package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Payment;
import io.miaojie.settlement.part.OrderSums;
import io.miaojie.settlement.part.Orders;
import io.miaojie.wire.codec.Instalment;
import io.miaojie.wire.codec.OrderState;

/**
 * Payments that come after their order expired: an order that takes part in campaigns is held again, if they have what
 * it needs and its pool money is there; else the money goes back.
 */
final class LateOrders {
    private final State state;
    private final Orders orders;
    private final PoolSpending spending;
    private final Seats seats;
    private final Bookings bookings;

    LateOrders(final State state, final PoolSpending spending, final Seats seats, final Bookings bookings) {
        this.state = state;
        this.orders = state.orders();
        this.spending = spending;
        this.seats = seats;
        this.bookings = bookings;
    }

    /** Tells whether the payment, which was refused as late, pays an order that can be held again. Changes nothing. */
    boolean mayRevive(final int order, final Payment payment, final long nowNs) {
        final boolean isWhole = orders.state(order) == OrderState.EXPIRED
                && orders.capturedMinor(order) == 0
                && (payment.instalment() == Instalment.FULL.value() || bookings.is(order))
                && bookings.isDue(order, payment)
                && payment.checkout().currency() == orders.currency(order);
        final long poolMinor = isWhole ? poolMinor(order) : 0;
        return isWhole && (poolMinor == 0 || spending.has(pool(order), poolMinor)) && seats.mayReturn(order, nowNs);
    }

    /** Lets the order await its payment again, which follows at once. */
    void revive(final int order, final Call call) {
        final long poolMinor = poolMinor(order);
        orders.setState(order, OrderState.AWAITING);
        if (poolMinor > 0) {
            spending.hold(order, pool(order), poolMinor);
        }
        seats.giveBack(order, call);
    }

    private int pool(final int order) {
        return state.pools().find(orders.member(order), orders.currency(order));
    }

    private long poolMinor(final int order) {
        final OrderSums sums = orders.sums();
        final int row = orders.sumsOf(order);
        return sums.get(row, OrderSums.POOL_SPENDABLE) + sums.get(row, OrderSums.POOL_WITHDRAWABLE);
    }
}
