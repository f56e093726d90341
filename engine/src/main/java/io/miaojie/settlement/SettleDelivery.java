package io.miaojie.settlement;

import io.miaojie.settlement.campaign.RewardLines;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.DeliveryCommandDecoder;
import io.miaojie.wire.codec.DeliveryCommandDecoder.LinesDecoder;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.RefundResult;

/**
 * Settles {@code DeliveryCommand}: goods received. Parked like a refund when the order is not known yet.
 *
 * <p>Allocates: nothing but slabs as they are reached.
 */
final class SettleDelivery {
    private static final int HEADER = DeliveryCommandDecoder.idHeaderLength();

    private final Orders orders;
    private final Replies replies;
    private final Effects effects;
    private final RewardLines lines;
    private final OrderFacts facts;
    private final DeliveryCommandDecoder command = new DeliveryCommandDecoder();
    private final Slice orderId = new Slice();
    private final Slice lineId = new Slice();
    private int groupAt;
    private int count;
    private int unknownCount;

    SettleDelivery(final State state, final Replies replies, final OrderRoom room) {
        this.orders = state.orders();
        this.replies = replies;
        this.effects = room.effects();
        this.lines = room.lines();
        this.facts = room.facts();
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
        if (orderId.isEmpty()) {
            effects.skip(ResultCode.ORDER_UNKNOWN);
            return effects.write(call, RefundResult.RECORDED.value(), 0);
        }
        lines.load(order);
        countUnknown(call);
        if (unknownCount > 0 && !lines.takes(unknownCount)) {
            effects.skip(ResultCode.LINE_UNKNOWN);
            return effects.write(call, RefundResult.RECORDED.value(), 0);
        }
        final ResultCode full = facts.firstFull(order, unknownCount);
        if (full != ResultCode.OK) {
            return replies.turnAway(call, full);
        }
        return record(call, merchant, order);
    }

    private void decode(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        groupAt = command.limit();
        final LinesDecoder group = command.lines();
        count = group.count();
        while (group.hasNext()) {
            group.next().skipLineId();
        }
        command.skipId();
        command.skipSource();
        orderId.wrap(call.in(), command.limit() + HEADER, command.skipOrderId());
    }

    private void countUnknown(final Call call) {
        unknownCount = 0;
        final LinesDecoder group = group();
        while (group.hasNext()) {
            group.next();
            lineId.wrap(call.in(), command.limit() + HEADER, group.skipLineId());
            unknownCount += lines.find(lineId) < 0 ? 1 : 0;
        }
    }

    private int record(final Call call, final int merchant, final int known) {
        final int order = facts.order(merchant, orderId, known);
        final boolean isParked = orders.state(order) == OrderState.PARKED;
        if (orders.has(order, Orders.DELIVERED)) {
            effects.skip(ResultCode.DELIVERED_ALREADY);
        }
        if (count == 0) {
            orders.set(order, Orders.DELIVERED_WHOLE);
        } else {
            deliverLines(call, order, isParked);
        }
        if (isParked) {
            return effects.write(call, RefundResult.PARKED.value(), orders.currency(order));
        }
        facts.follow(order, lines, call.nowNs());
        return effects.write(call, RefundResult.SETTLED.value(), orders.currency(order));
    }

    private void deliverLines(final Call call, final int order, final boolean isParked) {
        boolean isUnknown = false;
        final LinesDecoder group = group();
        while (group.hasNext()) {
            final int pieces = group.next().quantity();
            lineId.wrap(call.in(), command.limit() + HEADER, group.skipLineId());
            final int found = lines.find(lineId);
            final int line = found < 0 ? lines.addUnknown(order, lineId) : found;
            isUnknown |= !lines.isKnown(line);
            lines.deliver(line, pieces);
        }
        if (isUnknown && !isParked) {
            effects.skip(ResultCode.LINE_UNKNOWN);
        }
    }

    private LinesDecoder group() {
        command.limit(groupAt);
        return command.lines();
    }
}
