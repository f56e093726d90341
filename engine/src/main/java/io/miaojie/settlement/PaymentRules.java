package io.miaojie.settlement;

import io.miaojie.settlement.campaign.CampaignClosing;
import io.miaojie.settlement.campaign.Payment;
import io.miaojie.settlement.part.Orders;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.PaymentStatus;

/** Whether a payment is captured, and whether it may earn. Reads the state and changes nothing. */
final class PaymentRules {
    private static final long EARLY_MAX_NS = 5L * 60 * 1_000_000_000;

    private final Shard shard;
    private final Orders orders;
    private final Bookings bookings;

    PaymentRules(final State state, final Bookings bookings) {
        this.shard = state.shard();
        this.orders = state.orders();
        this.bookings = bookings;
    }

    /**
     * Says why the money is not captured and has to go back.
     *
     * @param order -1: the payment makes it
     * @return {@code LATE_PAYMENT}, {@code CURRENCY_MISMATCH}, {@code DUPLICATE_PAYMENT}, {@code AMOUNT_MISMATCH};
     *     {@code OK}: it is captured
     */
    ResultCode refusal(final int order, final Payment payment) {
        final OrderState state = order < 0 ? OrderState.PARKED : orders.state(order);
        if (state == OrderState.PARKED) {
            return ResultCode.OK;
        }
        if (state == OrderState.EXPIRED || state == OrderState.CANCELLED) {
            return ResultCode.LATE_PAYMENT;
        }
        if (orders.currency(order) != payment.checkout().currency()) {
            return ResultCode.CURRENCY_MISMATCH;
        }
        if (orders.hasCaptured(order, payment.instalment())) {
            return ResultCode.DUPLICATE_PAYMENT;
        }
        return !orders.has(order, Orders.PLACED) || bookings.isDue(order, payment)
                ? ResultCode.OK
                : ResultCode.AMOUNT_MISMATCH;
    }

    /** Returns what the outcome calls this. */
    static PaymentStatus status(final ResultCode refusal) {
        return switch (refusal) {
            case OK -> PaymentStatus.CAPTURED;
            case LATE_PAYMENT -> PaymentStatus.LATE_REFUND_DUE;
            case DUPLICATE_PAYMENT -> PaymentStatus.DUPLICATE_REFUND_DUE;
            default -> PaymentStatus.AMOUNT_MISMATCH;
        };
    }

    /**
     * Says why a captured payment earns nothing at all.
     *
     * @return {@code NO_MEMBER}, {@code OUT_OF_WINDOW}, {@code AMOUNT_OVERFLOW}, {@code ZERO_BASE}, {@code OK}
     */
    ResultCode guard(final Payment payment, final PaymentPlan plan, final long nowNs) {
        if (!plan.hasBuyer) {
            return ResultCode.NO_MEMBER;
        }
        if (!isWithinWindow(payment, nowNs)) {
            return ResultCode.OUT_OF_WINDOW;
        }
        if (!payment.hasAmount()) {
            return ResultCode.AMOUNT_OVERFLOW;
        }
        return payment.amountMinor() == 0 || payment.baseMinor() == 0 && !isPlaced(plan.order)
                ? ResultCode.ZERO_BASE
                : ResultCode.OK;
    }

    /** Outside a sandbox, business time lies within a week before now and minutes behind. */
    boolean isWithinWindow(final Payment payment, final long nowNs) {
        final long atNs = payment.checkout().atNs();
        return shard.isSandbox() || atNs >= nowNs - CampaignClosing.LATE_MAX_NS && atNs <= nowNs + EARLY_MAX_NS;
    }

    private boolean isPlaced(final int order) {
        return order >= 0 && orders.has(order, Orders.PLACED);
    }
}
