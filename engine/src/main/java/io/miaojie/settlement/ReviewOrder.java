package io.miaojie.settlement;

import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.ReviewOrderCommandDecoder;
import io.miaojie.wire.codec.RiskVerdict;

/** Settles {@code ReviewOrderCommand}: an operator decides on an order that is held, once. */
final class ReviewOrder {
    private static final int HEADER = ReviewOrderCommandDecoder.orderIdHeaderLength();

    private final Orders orders;
    private final Replies replies;
    private final Effects effects;
    private final OrderReviews reviews;
    private final ReviewOrderCommandDecoder command = new ReviewOrderCommandDecoder();
    private final Slice id = new Slice();

    ReviewOrder(final State state, final Replies replies, final OrderRoom room) {
        this.orders = state.orders();
        this.replies = replies;
        this.effects = room.effects();
        this.reviews = room.reviews();
    }

    /**
     * Refuses with {@code ROLE_FORBIDS}, {@code TERMS_CONTRADICT} (no such verdict), {@code NO_SUCH_ORDER},
     * {@code ORDER_STATE_FORBIDS} (it is not held).
     */
    int settle(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        command.skipRequestId();
        id.wrap(call.in(), command.limit() + HEADER, command.skipOrderId());
        final int order = orders.find(call.key().merchant(), id);
        final boolean isReleased = command.verdictRaw() == RiskVerdict.RELEASE.value();
        if (!Roles.mayOperate(call.key())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        if (!isReleased && command.verdictRaw() != RiskVerdict.REJECT.value()) {
            return replies.refuse(call, ResultCode.TERMS_CONTRADICT);
        }
        if (order < 0) {
            return replies.refuse(call, ResultCode.NO_SUCH_ORDER);
        }
        if (!reviews.isHeld(order)) {
            return replies.refuse(call, ResultCode.ORDER_STATE_FORBIDS);
        }
        effects.begin(-1, order);
        reviews.end(order, isReleased);
        return effects.write(call, orders.state(order).value(), orders.currency(order));
    }
}
