package io.miaojie.settlement;

import io.miaojie.settlement.campaign.RewardLines;
import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.CancelOrderCommandDecoder;
import io.miaojie.wire.codec.OrderState;

/**
 * Ends an order that awaits its payment: by {@code CancelOrderCommand}, or by its timer. Its pool money goes back, and
 * so does what it holds of campaigns; what was captured of it becomes refund orders, and what that had earned is
 * clawed.
 */
final class EndOrder {
    private static final int HEADER = CancelOrderCommandDecoder.orderIdHeaderLength();

    private final Orders orders;
    private final Members members;
    private final Replies replies;
    private final Effects effects;
    private final PoolSpending spending;
    private final Seats seats;
    private final RewardLines lines;
    private final OrderFacts facts;
    private final MoneyBack moneyBack;
    private final Bookings bookings;
    private final CancelOrderCommandDecoder command = new CancelOrderCommandDecoder();
    private final Slice id = new Slice();

    EndOrder(final State state, final Replies replies, final OrderRoom room) {
        this.orders = state.orders();
        this.members = state.members();
        this.replies = replies;
        this.effects = room.effects();
        this.spending = room.spending();
        this.seats = room.seats();
        this.lines = room.lines();
        this.facts = room.facts();
        this.moneyBack = new MoneyBack(state, effects);
        this.bookings = room.bookings();
    }

    /** Refuses with {@code ROLE_FORBIDS}, {@code NO_SUCH_ORDER}, {@code ORDER_STATE_FORBIDS}. */
    int cancel(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        command.skipRequestId();
        id.wrap(call.in(), command.limit() + HEADER, command.skipOrderId());
        if (!Roles.mayIngest(call.key())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        final int order = orders.find(call.key().merchant(), id);
        if (order < 0) {
            return replies.refuse(call, ResultCode.NO_SUCH_ORDER);
        }
        if (orders.state(order) != OrderState.AWAITING) {
            return replies.refuse(call, ResultCode.ORDER_STATE_FORBIDS);
        }
        effects.begin(-1, order);
        end(call, order, OrderState.CANCELLED);
        return effects.write(call, OrderState.CANCELLED.value(), orders.currency(order));
    }

    /**
     * A deadline has come: nothing happens unless it still awaits a payment, and has no later deadline, or none yet. No
     * command says whose it is.
     */
    void expire(final Call call, final int order) {
        if (bookings.isExpired(order, call.nowNs())) {
            end(call, order, OrderState.EXPIRED);
            members.id(orders.member(order), id);
            effects.note(
                    EffectNote.ORDER_EXPIRED, order, orders.merchant(order), id.buffer(), id.offset(), id.length());
        }
    }

    /** A campaign ends it, which says why: nothing happens unless it still awaits its payment. */
    void cancel(final Call call, final int order, final int reason) {
        if (orders.state(order) == OrderState.AWAITING) {
            end(call, order, OrderState.CANCELLED, reason);
        }
    }

    private void end(final Call call, final int order, final OrderState state) {
        final ResultCode reason = state == OrderState.EXPIRED ? ResultCode.ORDER_EXPIRED : ResultCode.ORDER_CANCELLED;
        end(call, order, state, reason.number());
    }

    private void end(final Call call, final int order, final OrderState state, final int reason) {
        effects.orders().touch(order);
        spending.release(order);
        orders.setState(order, state);
        seats.ended(order, call.nowNs());
        if (giveBackCaptured(call, order, reason)) {
            lines.load(order);
            facts.follow(order, lines, call.nowNs());
        }
    }

    /**
     * Decides what becomes of the cash that was captured of an order that ends: all of it is to be given back, unless a
     * campaign says that it is forfeited. Then it earns nothing all the same: nothing was sold.
     *
     * @return whether the order's sums have changed
     */
    private boolean giveBackCaptured(final Call call, final int order, final int reason) {
        if (seats.forfeits(order)) {
            bookings.tellForfeit(order);
            return moneyBack.forfeit(order);
        }
        return moneyBack.orderCaptured(order, reason, call.sequence());
    }
}
