package io.miaojie.settlement;

import io.miaojie.settlement.campaign.RewardLines;
import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.part.OrderSums;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.RefundCommandDecoder;
import io.miaojie.wire.codec.RefundCommandDecoder.LinesDecoder;
import io.miaojie.wire.codec.RefundResult;
import io.miaojie.wire.codec.RefundStatus;

/**
 * Settles {@code RefundCommand}: raises the sums of its order and draws the consequences. A refund of an order that
 * nobody has paid or placed is parked: the order is known from then on, and its sums wait for the payment.
 *
 * <p>Units: minor. Allocates: nothing but slabs as they are reached.
 */
final class SettleRefund {
    private static final int HEADER = RefundCommandDecoder.idHeaderLength();

    private final Orders orders;
    private final Replies replies;
    private final Effects effects;
    private final RewardLines lines;
    private final RiskSignals risk;
    private final OrderFacts facts;
    private final RefundOrderClosing closing;
    private final RefundCommandDecoder command = new RefundCommandDecoder();
    private final Slice orderId = new Slice();
    private final Slice refundOrderId = new Slice();
    private final Slice lineId = new Slice();
    private int groupAt;
    private long amountMinor;
    private long namedMinor;
    private int unknownCount;

    SettleRefund(final State state, final Replies replies, final OrderRoom room) {
        this.orders = state.orders();
        this.replies = replies;
        this.effects = room.effects();
        this.lines = room.lines();
        this.risk = new RiskSignals(state);
        this.facts = room.facts();
        this.closing = new RefundOrderClosing(state, effects);
    }

    /** Refuses with {@code ROLE_FORBIDS}, a full table. */
    int settle(final Call call) {
        decode(call);
        if (!Roles.mayIngest(call.key())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        final int merchant = call.key().merchant();
        final int order = orders.find(merchant, orderId);
        effects.begin(-1, order);
        if (!refundOrderId.isEmpty()) {
            closing.close(merchant, refundOrderId, command.refundStatus());
            return effects.write(call, RefundResult.RECORDED.value(), command.currency());
        }
        final ResultCode guard = guard(order);
        if (guard != ResultCode.OK) {
            effects.skip(guard);
            return effects.write(call, RefundResult.RECORDED.value(), command.currency());
        }
        lines.load(order);
        countLines(call);
        final ResultCode full = facts.firstFull(order, unknownCount);
        if (full != ResultCode.OK) {
            return replies.turnAway(call, full);
        }
        return record(call, merchant, order);
    }

    private void decode(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        amountMinor = command.amountMinor();
        groupAt = command.limit();
        final LinesDecoder group = command.lines();
        while (group.hasNext()) {
            group.next().skipLineId();
        }
        command.skipId();
        command.skipSource();
        orderId.wrap(call.in(), command.limit() + HEADER, command.skipOrderId());
        command.skipPaymentId();
        refundOrderId.wrap(call.in(), command.limit() + HEADER, command.skipRefundOrderId());
    }

    /**
     * Says why the refund changes nothing.
     *
     * @return {@code REFUND_NOT_SUCCESSFUL}, {@code AMOUNT_OVERFLOW}, {@code ORDER_UNKNOWN} (none is named),
     *     {@code CURRENCY_MISMATCH}, {@code OK}
     */
    private ResultCode guard(final int order) {
        if (command.refundStatus() != RefundStatus.SUCCESS) {
            return ResultCode.REFUND_NOT_SUCCESSFUL;
        }
        if (!Money.isAmount(amountMinor)) {
            return ResultCode.AMOUNT_OVERFLOW;
        }
        if (orderId.isEmpty()) {
            return ResultCode.ORDER_UNKNOWN;
        }
        final int currency = order < 0 ? 0 : orders.currency(order);
        return currency == 0 || currency == command.currency() ? ResultCode.OK : ResultCode.CURRENCY_MISMATCH;
    }

    /** Sums the lines; more than the amount contradicts it, and the refund counts as one without lines. */
    private void countLines(final Call call) {
        namedMinor = 0;
        unknownCount = 0;
        final LinesDecoder group = group();
        while (group.hasNext()) {
            final long minor = group.next().amountMinor();
            lineId.wrap(call.in(), command.limit() + HEADER, group.skipLineId());
            namedMinor = Money.isAmount(minor) && Money.isAmount(namedMinor) ? namedMinor + minor : -1;
            unknownCount += lines.find(lineId) < 0 ? 1 : 0;
        }
        if (namedMinor < 0 || namedMinor > amountMinor) {
            effects.skip(ResultCode.LINES_MISMATCH);
            namedMinor = 0;
            unknownCount = 0;
        }
        if (unknownCount > 0 && !lines.takes(unknownCount)) {
            effects.skip(ResultCode.LINE_UNKNOWN);
            namedMinor = 0;
            unknownCount = 0;
        }
    }

    private int record(final Call call, final int merchant, final int known) {
        final int order = facts.order(merchant, orderId, known);
        if (orders.currency(order) == 0) {
            orders.setCurrency(order, command.currency());
        }
        if (orders.sums().get(orders.sumsOf(order), OrderSums.REFUNDED) == 0) {
            risk.seeRefund(merchant, orders.beneficiary(order, 1));
        }
        if (command.goodwill() == 1) {
            raise(order, OrderSums.GOODWILL, amountMinor);
        } else {
            refundLines(call, order);
            raise(order, OrderSums.OPEN_REFUND, amountMinor - namedMinor);
        }
        raise(order, OrderSums.REFUNDED, amountMinor);
        if (orders.state(order) == OrderState.PARKED) {
            return effects.write(call, RefundResult.PARKED.value(), command.currency());
        }
        if (orders.sums().get(orders.sumsOf(order), OrderSums.REFUNDED) > orders.capturedMinor(order)) {
            effects.skip(ResultCode.EXCEEDS_PAID);
        }
        facts.follow(order, lines, call.nowNs());
        return effects.write(call, RefundResult.SETTLED.value(), command.currency());
    }

    private void refundLines(final Call call, final int order) {
        final boolean isParked = orders.state(order) == OrderState.PARKED;
        boolean isUnknown = false;
        final LinesDecoder group = group();
        while (namedMinor > 0 && group.hasNext()) {
            final long minor = group.next().amountMinor();
            lineId.wrap(call.in(), command.limit() + HEADER, group.skipLineId());
            final int found = lines.find(lineId);
            final int line = found < 0 ? lines.addUnknown(order, lineId) : found;
            isUnknown |= !lines.isKnown(line);
            lines.refund(line, minor);
        }
        if (isUnknown && !isParked) {
            effects.skip(ResultCode.LINE_UNKNOWN);
        }
    }

    private void raise(final int order, final int column, final long byMinor) {
        final int row = orders.addSums(order);
        final long sumMinor = orders.sums().get(row, column) + byMinor;
        orders.sums().set(row, column, Math.min(Money.MINOR_MAX, sumMinor));
    }

    private LinesDecoder group() {
        command.limit(groupAt);
        return command.lines();
    }
}
