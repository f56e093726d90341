package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Payment;
import io.miaojie.settlement.part.Instalments;
import io.miaojie.settlement.part.OrderSums;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.RefundOrders;
import io.miaojie.wire.ResultCode;

/**
 * Money that an order does not keep: a refund order tells somebody outside to give it back.
 *
 * <p>Units: minor. Allocates: nothing.
 */
final class MoneyBack {
    private final Orders orders;
    private final OrderSums sums;
    private final Instalments instalments;
    private final RefundOrders refundOrders;
    private final Effects effects;

    MoneyBack(final State state, final Effects effects) {
        this.orders = state.orders();
        this.sums = state.orders().sums();
        this.instalments = state.instalments();
        this.refundOrders = state.refundOrders();
        this.effects = effects;
    }

    /** Tells whether a refund order is needed and there is no room for it. */
    boolean isFull(final Payment payment) {
        return payment.amountMinor() > 0 && refundOrders.room() == 0;
    }

    /** Makes a refund order of a whole payment that is not captured, if anything was paid. */
    void order(final int order, final Payment payment, final ResultCode reason, final long sequence) {
        effects.skip(reason);
        effects.orders().touch(order);
        if (payment.amountMinor() > 0) {
            final int currency = payment.checkout().currency();
            add(order, payment.amountMinor(), reason.number(), currency, sequence, sequence);
        }
    }

    /**
     * Remembers a payment that a placed order has captured: all of an order that takes part in campaigns, else those
     * that are not all that the order asks for.
     */
    void keep(final int order, final Payment payment, final long sequence) {
        final int row = orders.sumsOf(order);
        sums.setLastInstalment(row, instalments.add(sequence, payment.amountMinor(), sums.lastInstalment(row)));
    }

    /**
     * Makes a refund order of each instalment that an order has captured, less what refunds have given back already,
     * which counts for the newest first. What they ask for counts as refunded, so that it is asked for once.
     *
     * @return whether there was anything to give back
     */
    boolean orderCaptured(final int order, final int reason, final long sequence) {
        final int row = orders.sumsOf(order);
        final long backMinor = leftMinor(order);
        if (backMinor > 0) {
            orderPart(order, backMinor, reason, sequence);
            sums.set(row, OrderSums.OPEN_REFUND, sums.get(row, OrderSums.OPEN_REFUND) + backMinor);
        }
        return backMinor > 0;
    }

    /**
     * Lets the merchant keep what was captured: nothing goes back, and no line is worth anything to a reward.
     *
     * @return whether there was anything to keep
     */
    boolean forfeit(final int order) {
        final int row = orders.sumsOf(order);
        final long capturedMinor = orders.capturedMinor(order);
        sums.set(row, OrderSums.OPEN_REFUND, sums.get(row, OrderSums.OPEN_REFUND) + capturedMinor);
        return capturedMinor > 0;
    }

    /** Returns what was captured of an order and not refunded. */
    long leftMinor(final int order) {
        return Math.max(0, orders.capturedMinor(order) - sums.get(orders.sumsOf(order), OrderSums.REFUNDED));
    }

    /**
     * Makes refund orders of a part of what is left of the captured payments of an order, the newest first, and counts
     * it as refunded.
     *
     * @param amountMinor at most {@link #leftMinor}
     * @param reason number of the code that says why
     */
    void orderPart(final int order, final long amountMinor, final int reason, final long sequence) {
        final int row = orders.sumsOf(order);
        long goneMinor = sums.get(row, OrderSums.REFUNDED);
        long dueMinor = amountMinor;
        int instalment = sums.lastInstalment(row);
        for (; instalment >= 0 && dueMinor > 0; instalment = instalments.previous(instalment)) {
            final long paidMinor = instalments.amountMinor(instalment);
            final long backMinor = Math.min(dueMinor, Math.max(0, paidMinor - goneMinor));
            goneMinor = Math.max(0, goneMinor - paidMinor);
            dueMinor -= backMinor;
            if (backMinor > 0) {
                add(order, backMinor, reason, orders.currency(order), instalments.sequence(instalment), sequence);
            }
        }
        sums.set(row, OrderSums.REFUNDED, sums.get(row, OrderSums.REFUNDED) + amountMinor);
    }

    private void add(
            final int order,
            final long amountMinor,
            final int reason,
            final int currency,
            final long paymentSequence,
            final long sequence) {
        final int row = orders.addSums(order);
        final int previous = sums.lastRefundOrder(row);
        final int made = refundOrders.add(sequence, order, previous, amountMinor, reason, currency, paymentSequence);
        sums.setLastRefundOrder(row, made);
        effects.orders().touchRefundOrder(made);
    }
}
