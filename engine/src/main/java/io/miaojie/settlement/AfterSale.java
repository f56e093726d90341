package io.miaojie.settlement;

import io.miaojie.settlement.part.Grants;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.AfterSaleCommandDecoder;
import io.miaojie.wire.codec.AfterSaleState;
import io.miaojie.wire.codec.OrderState;

/** Settles {@code AfterSaleCommand}: while an after-sale is open nothing of the order is released. */
final class AfterSale {
    private static final int HEADER = AfterSaleCommandDecoder.orderIdHeaderLength();

    private final Orders orders;
    private final Grants grants;
    private final Replies replies;
    private final Effects effects;
    private final GrantMoney money;
    private final AfterSaleCommandDecoder command = new AfterSaleCommandDecoder();
    private final Slice id = new Slice();

    AfterSale(final State state, final Replies replies, final OrderRoom room) {
        this.orders = state.orders();
        this.grants = state.grants();
        this.replies = replies;
        this.effects = room.effects();
        this.money = room.money();
    }

    /**
     * Refuses with {@code ROLE_FORBIDS}, {@code TERMS_CONTRADICT} (no such state), {@code NO_SUCH_ORDER},
     * {@code ORDER_STATE_FORBIDS}.
     */
    int settle(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        command.skipRequestId();
        id.wrap(call.in(), command.limit() + HEADER, command.skipOrderId());
        final int order = orders.find(call.key().merchant(), id);
        final ResultCode guard = guard(call, order);
        if (guard != ResultCode.OK) {
            return replies.refuse(call, guard);
        }
        effects.begin(-1, order);
        effects.orders().touch(order);
        if (command.state() == AfterSaleState.OPEN) {
            orders.set(order, Orders.FROZEN);
        } else {
            orders.clear(order, Orders.FROZEN);
            for (int grant = orders.lastGrant(order); grant >= 0; grant = grants.previous(grant)) {
                money.releaseDue(grant);
            }
        }
        return effects.write(call, orders.state(order).value(), orders.currency(order));
    }

    private ResultCode guard(final Call call, final int order) {
        if (!Roles.mayIngest(call.key())) {
            return ResultCode.ROLE_FORBIDS;
        }
        if (command.state() != AfterSaleState.OPEN && command.state() != AfterSaleState.CLOSED) {
            return ResultCode.TERMS_CONTRADICT;
        }
        if (order < 0) {
            return ResultCode.NO_SUCH_ORDER;
        }
        final OrderState state = orders.state(order);
        final boolean isPaid = state == OrderState.PAID || state == OrderState.REFUNDED;
        return isPaid ? ResultCode.OK : ResultCode.ORDER_STATE_FORBIDS;
    }
}
