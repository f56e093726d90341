package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Payment;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.RefundOrders;
import io.miaojie.wire.ResultCode;

/** Money that was paid and not captured: a refund order tells somebody outside to give it back. */
final class MoneyBack {
    private final Orders orders;
    private final RefundOrders refundOrders;
    private final Effects effects;

    MoneyBack(final State state, final Effects effects) {
        this.orders = state.orders();
        this.refundOrders = state.refundOrders();
        this.effects = effects;
    }

    /** Tells whether a refund order is needed and there is no room for it. */
    boolean isFull(final Payment payment) {
        return payment.amountMinor() > 0 && refundOrders.room() == 0;
    }

    /** Makes a refund order of the whole payment, if anything was paid. */
    void order(final int order, final Payment payment, final ResultCode reason, final long sequence) {
        effects.skip(reason);
        effects.orders().touch(order);
        if (payment.amountMinor() > 0) {
            final int sums = orders.addSums(order);
            final int previous = orders.sums().lastRefundOrder(sums);
            final int made = refundOrders.add(sequence, order, previous, payment.amountMinor(), reason.number());
            orders.sums().setLastRefundOrder(sums, made);
            effects.orders().touchRefundOrder(made);
        }
    }
}
