package io.miaojie.settlement;

import io.miaojie.wire.codec.ActionCommandDecoder;
import io.miaojie.wire.codec.AdvanceClockCommandDecoder;
import io.miaojie.wire.codec.AfterSaleCommandDecoder;
import io.miaojie.wire.codec.CancelOrderCommandDecoder;
import io.miaojie.wire.codec.DeliveryCommandDecoder;
import io.miaojie.wire.codec.InstanceQueryDecoder;
import io.miaojie.wire.codec.OrderQueryDecoder;
import io.miaojie.wire.codec.PlaceOrderCommandDecoder;
import io.miaojie.wire.codec.RefundCommandDecoder;
import io.miaojie.wire.codec.ReviewOrderCommandDecoder;
import io.miaojie.wire.codec.TickCommandDecoder;
import org.agrona.DirectBuffer;

/**
 * Everything about orders, what they take part in, and time, but the payment: one class for each message, which bears
 * its name.
 */
final class OrderCommands {
    private final PlaceOrder placeOrder;
    private final EndOrder endOrder;
    private final AfterSale afterSale;
    private final ReviewOrder review;
    private final SettleRefund refund;
    private final SettleDelivery delivery;
    private final Tick tick;
    private final AdvanceClock advanceClock;
    private final OrderQueries queries;
    private final ActOnCampaign act;
    private final InstanceQueries instances;

    OrderCommands(final State state, final Replies replies, final OrderRoom room) {
        placeOrder = new PlaceOrder(state, replies, room);
        endOrder = new EndOrder(state, replies, room);
        afterSale = new AfterSale(state, replies, room);
        review = new ReviewOrder(state, replies, room);
        refund = new SettleRefund(state, replies, room);
        delivery = new SettleDelivery(state, replies, room);
        tick = new Tick(state, replies, room, endOrder);
        advanceClock = new AdvanceClock(state, replies, room.effects());
        queries = new OrderQueries(state, replies, room);
        act = new ActOnCampaign(state, replies, room);
        instances = new InstanceQueries(state, replies, room);
    }

    int settle(final Call call) {
        return switch (call.templateId()) {
            case PlaceOrderCommandDecoder.TEMPLATE_ID -> placeOrder.settle(call);
            case CancelOrderCommandDecoder.TEMPLATE_ID -> endOrder.cancel(call);
            case AfterSaleCommandDecoder.TEMPLATE_ID -> afterSale.settle(call);
            case ReviewOrderCommandDecoder.TEMPLATE_ID -> review.settle(call);
            case RefundCommandDecoder.TEMPLATE_ID -> refund.settle(call);
            case DeliveryCommandDecoder.TEMPLATE_ID -> delivery.settle(call);
            case TickCommandDecoder.TEMPLATE_ID -> tick.settle(call);
            case AdvanceClockCommandDecoder.TEMPLATE_ID -> advanceClock.settle(call);
            case OrderQueryDecoder.TEMPLATE_ID -> queries.answer(call);
            case ActionCommandDecoder.TEMPLATE_ID -> act.settle(call);
            case InstanceQueryDecoder.TEMPLATE_ID -> instances.answer(call);
            default -> throw new IllegalStateException("unknown message: templateId=" + call.templateId());
        };
    }

    /** Returns the time that a message asks for, see {@link Core#timeNs}. */
    long timeNs(final long nowNs, final DirectBuffer in, final int offset) {
        return advanceClock.timeNs(nowNs, in, offset);
    }
}
