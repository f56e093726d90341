package io.miaojie.settlement;

import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.RefundOrders;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.EngineId;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.RefundOrderState;
import io.miaojie.wire.codec.RefundStatus;

/** Moves a refund order on by what the channel says of the refund that it asked for. No reward rests on its money. */
final class RefundOrderClosing {
    private final RefundOrders refundOrders;
    private final Orders orders;
    private final Shard shard;
    private final Effects effects;

    RefundOrderClosing(final State state, final Effects effects) {
        this.refundOrders = state.refundOrders();
        this.orders = state.orders();
        this.shard = state.shard();
        this.effects = effects;
    }

    /** Says {@code REFUND_ORDER_UNKNOWN}; one that succeeded stays so. */
    void close(final int merchant, final Slice id, final RefundStatus status) {
        final int row = find(id);
        if (row < 0 || orders.merchant(refundOrders.order(row)) != merchant) {
            effects.skip(ResultCode.REFUND_ORDER_UNKNOWN);
            return;
        }
        final RefundOrderState next =
                switch (status) {
                    case SUCCESS -> RefundOrderState.SUCCEEDED;
                    case PROCESSING -> RefundOrderState.SUBMITTED;
                    default -> RefundOrderState.ABNORMAL;
                };
        if (refundOrders.state(row) != RefundOrderState.SUCCEEDED.value()) {
            refundOrders.setState(row, next.value());
        }
        effects.orders().touchRefundOrder(row);
    }

    private int find(final Slice id) {
        final boolean isOne = EngineId.isOf(EngineId.REFUND_ORDER, id.buffer(), id.offset(), id.length())
                && EngineId.shard(id.buffer(), id.offset()) == shard.number();
        return isOne
                ? refundOrders.find(
                        EngineId.sequence(id.buffer(), id.offset()), EngineId.ordinal(id.buffer(), id.offset()))
                : -1;
    }
}
