package io.miaojie.settlement;

import io.miaojie.settlement.campaign.RewardLines;
import io.miaojie.settlement.part.Grants;
import io.miaojie.settlement.part.OrderLines;
import io.miaojie.settlement.part.OrderSums;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.Pools;
import io.miaojie.settlement.part.RefundOrders;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.EffectsWriter;
import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.OrderAnswerEncoder;
import io.miaojie.wire.codec.OrderAnswerEncoder.LinesEncoder;
import io.miaojie.wire.codec.OrderQueryDecoder;

/** Answers {@code OrderQuery}: the order, what refunds have left of its lines, its grants. Changes nothing. */
final class OrderQueries {
    /** The lines give way when they and the rest would pass the bound of a message. */
    private static final int LINES_LENGTH_MAX = RecordLayout.MESSAGE_LENGTH_MAX - EffectsWriter.LENGTH_MAX - 1_000;

    private final Orders orders;
    private final OrderLines table;
    private final Grants grants;
    private final Pools pools;
    private final RefundOrders refundOrders;
    private final Replies replies;
    private final Effects effects;
    private final RewardLines lines;
    private final Bookings bookings;
    private final Seats seats;
    private final OrderReviews reviews;
    private final OrderQueryDecoder query = new OrderQueryDecoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OrderAnswerEncoder answer = new OrderAnswerEncoder();
    private final Slice id = new Slice();

    OrderQueries(final State state, final Replies replies, final OrderRoom room) {
        this.orders = state.orders();
        this.table = state.orderLines();
        this.grants = state.grants();
        this.pools = state.pools();
        this.refundOrders = state.refundOrders();
        this.replies = replies;
        this.effects = room.effects();
        this.lines = room.lines();
        this.bookings = room.bookings();
        this.seats = room.seats();
        this.reviews = room.reviews();
    }

    /** Refuses with {@code ROLE_FORBIDS}; says {@code NO_SUCH_ORDER}. */
    int answer(final Call call) {
        if (!Roles.mayReadPools(call.key())) {
            return replies.turnAway(call, ResultCode.ROLE_FORBIDS);
        }
        query.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        id.wrap(call.in(), query.limit() + OrderQueryDecoder.orderIdHeaderLength(), query.skipOrderId());
        final int order = orders.find(call.key().merchant(), id);
        final int currency = order < 0 ? 0 : orders.currency(order);
        answer.wrapAndApplyHeader(call.out(), call.outOffset(), header)
                .code((order < 0 ? ResultCode.NO_SUCH_ORDER : ResultCode.OK).number())
                .currency(currency);
        writeLines(order);
        effects.begin(-1, -1);
        if (order >= 0) {
            touch(order, currency);
        }
        return call.outOffset() - effects.writeEntries(call, answer.limit(), currency);
    }

    private void writeLines(final int order) {
        lines.load(order);
        if (order >= 0) {
            final long openMinor = orders.sums().get(orders.sumsOf(order), OrderSums.OPEN_REFUND);
            lines.takeNet(orders.capturedMinor(order), openMinor);
        }
        final boolean isWhole = order >= 0 && orders.has(order, Orders.DELIVERED_WHOLE);
        final LinesEncoder group = answer.linesCount(lines.count());
        final int begin = answer.limit();
        for (int line = 0; line < lines.count() && answer.limit() - begin < LINES_LENGTH_MAX; line++) {
            if (lines.isKnown(line)) {
                write(group.next(), line, isWhole || lines.isDelivered(line));
            }
        }
        group.resetCountToIndex();
    }

    private void write(final LinesEncoder group, final int line, final boolean isDelivered) {
        group.dueMinor(lines.dueMinor(line)).netMinor(lines.baseMinor(line)).delivered((short) (isDelivered ? 1 : 0));
        table.id(lines.row(line), id);
        group.putLineId(id.buffer(), id.offset(), id.length());
        table.sku(lines.row(line), id);
        group.putSku(id.buffer(), id.offset(), id.length());
        table.category(lines.row(line), id);
        group.putCategory(id.buffer(), id.offset(), id.length());
    }

    private void touch(final int order, final int currency) {
        effects.orders().touch(order);
        reviews.tell(order);
        final int buyer = orders.member(order);
        final int pool = buyer < 0 ? -1 : pools.find(buyer, currency);
        if (pool >= 0) {
            effects.touchPool(pool);
        }
        for (int grant = orders.lastGrant(order); grant >= 0; grant = grants.previous(grant)) {
            effects.orders().touchGrant(grant, pools.find(grants.member(grant), currency), 0, 0);
        }
        int refundOrder = orders.sums().lastRefundOrder(orders.sumsOf(order));
        for (; refundOrder >= 0 && !effects.isFull(); refundOrder = refundOrders.previous(refundOrder)) {
            effects.orders().touchRefundOrder(refundOrder);
        }
        seats.tell(order);
        bookings.tell(order);
    }
}
