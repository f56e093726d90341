package io.miaojie.projection;

import io.miaojie.wire.Currencies;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.EngineId;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.PlaceOrderCommandDecoder;
import io.miaojie.wire.codec.RefundOrderState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Rows of orders: one when anything but a payment makes it (the row of a payment stands for the order it made), and one
 * for each record that tells of an order in full, with its state after that record. Refund orders have one row each,
 * which follows their state.
 */
final class OrderRows {
    private static final int PAUSED = 1;
    private static final int DELIVERED = 1 << 1;

    private final TableRows parked = TableRows.added(
            "shop_order",
            "sequence bigint",
            "made_at_ns bigint",
            "order_index integer",
            "merchant_index integer",
            "id text");
    /** An order that facts had parked may be placed: its row is the placed order's then. */
    private final TableRows placed = TableRows.upserted(
            "shop_order",
            "on conflict (shard, order_index) do update set shipping_minor = excluded.shipping_minor,"
                    + " pool_spend_minor = excluded.pool_spend_minor, placed_at_ns = excluded.placed_at_ns,"
                    + " member_index = excluded.member_index, currency = excluded.currency,"
                    + " channel = excluded.channel, store_id = excluded.store_id, clerk_id = excluded.clerk_id,"
                    + " share_token = excluded.share_token, lines = excluded.lines, metadata = excluded.metadata",
            "sequence bigint",
            "shipping_minor bigint",
            "pool_spend_minor bigint",
            "placed_at_ns bigint",
            "made_at_ns bigint",
            "order_index integer",
            "merchant_index integer",
            "member_index integer",
            "currency text",
            "id text",
            "channel text",
            "store_id text",
            "clerk_id text",
            "share_token text",
            "lines jsonb",
            "metadata text");

    private final TableRows changes = TableRows.added(
            "order_change",
            "sequence bigint",
            "payable_minor bigint",
            "captured_minor bigint",
            "refunded_minor bigint",
            "pool_spendable_minor bigint",
            "pool_withdrawable_minor bigint",
            "pool_returned_minor bigint",
            "pay_by_ns bigint",
            "hold_until_ns bigint",
            "settled_at_ns bigint",
            "order_index integer",
            "member_index integer",
            "state smallint",
            "cause smallint",
            "release_paused boolean",
            "delivered boolean");
    /** The merchant is that of the payment, which a tick does not name. */
    private final TableRows refundOrders = TableRows.staged(
            "refund_order",
            "insert into miaojie.refund_order (shard, sequence, amount_minor, made_at_ns, payment_sequence,"
                    + " changed_sequence, changed_at_ns, ordinal, order_index, id, state, reason, currency,"
                    + " merchant_index)"
                    + " select t.shard, t.sequence, t.amount_minor, t.made_at_ns, t.payment_sequence,"
                    + " t.sequence, t.made_at_ns, t.ordinal, t.order_index, t.id, t.state, t.reason, t.currency,"
                    + " p.merchant_index from {rows}"
                    + " left join miaojie.payment_order p on p.shard = t.shard"
                    + " and p.sequence = t.payment_sequence",
            "sequence bigint",
            "amount_minor bigint",
            "made_at_ns bigint",
            "payment_sequence bigint",
            "ordinal integer",
            "order_index integer",
            "id text",
            "state text",
            "reason text",
            "currency text");

    private final TableRows refundOrderStates = TableRows.staged(
            "refund_order_state",
            "update miaojie.refund_order r set state = t.state, changed_sequence = t.changed_sequence,"
                    + " changed_at_ns = t.changed_at_ns from ("
                    + "select distinct on (sequence, ordinal) * from {rows}"
                    + " order by sequence, ordinal, changed_sequence desc) t"
                    + " where r.shard = t.shard and r.sequence = t.sequence and r.ordinal = t.ordinal",
            "sequence bigint",
            "changed_sequence bigint",
            "changed_at_ns bigint",
            "ordinal integer",
            "state text");

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PlaceOrderCommandDecoder command = new PlaceOrderCommandDecoder();
    private final SbeText text = new SbeText();

    /** Adds an order of the record at hand. */
    void add(final RecordView record, final EffectsReader order) {
        if (order.isOrderMade() && !record.isPayment()) {
            addMade(record, order);
        }
        if (order.isOrderExtended()) {
            addChange(record, order);
        }
    }

    /** Adds a refund order of an order. */
    void addRefundOrder(final RecordView record, final EffectsReader refundOrder, final int order) {
        final String state =
                RefundOrderState.get((short) refundOrder.refundOrderState()).name();
        if (refundOrder.madeSequence() == record.sequence()) {
            refundOrders
                    .row(record.shard())
                    .bigint(record.sequence())
                    .bigint(refundOrder.amountMinor())
                    .bigint(record.nowNs())
                    .bigint(refundOrder.paymentSequence())
                    .integer(refundOrder.ordinal())
                    .integer(order)
                    .text(record.engineId(EngineId.REFUND_ORDER, record.sequence(), refundOrder.ordinal()))
                    .text(state)
                    .text(ResultNames.name(refundOrder.reason()))
                    .text(Currencies.code(refundOrder.refundOrderCurrency()));
        } else {
            refundOrderStates
                    .row(record.shard())
                    .bigint(refundOrder.madeSequence())
                    .bigint(record.sequence())
                    .bigint(record.nowNs())
                    .integer(refundOrder.ordinal())
                    .text(state);
        }
    }

    List<TableRows> tables() {
        return List.of(parked, placed, changes, refundOrders, refundOrderStates);
    }

    void clear() {
        tables().forEach(TableRows::clear);
    }

    private void addMade(final RecordView record, final EffectsReader order) {
        if (record.commandTemplate() != PlaceOrderCommandDecoder.TEMPLATE_ID) {
            parked.row(record.shard())
                    .bigint(record.sequence())
                    .bigint(record.nowNs())
                    .integer(order.order())
                    .integer(record.merchantIndex())
                    .text(CommandNames.of(record).order());
            return;
        }
        command.wrapAndApplyHeader(record.buffer(), record.commandOffset(), header);
        final String lines = lines();
        final String id = text.of(command::wrapId);
        command.skipMemberId();
        placed.row(record.shard())
                .bigint(record.sequence())
                .bigint(command.shippingMinor())
                .bigint(command.poolSpendMinor())
                .bigintOrNull(0, record.atNs())
                .bigint(record.nowNs())
                .integer(order.order())
                .integer(record.merchantIndex())
                .indexOrNull(order.orderMember())
                .text(Currencies.code(command.currency()))
                .text(id)
                .textOrNull(text.wrapped(command::wrapChannel))
                .textOrNull(text.wrapped(command::wrapStoreId))
                .textOrNull(text.wrapped(command::wrapClerkId))
                .textOrNull(text.wrapped(command::wrapShareToken))
                .json(lines)
                .textOrNull(text.wrapped(command::wrapMetadata));
    }

    private String lines() {
        final JsonArray lines = new JsonArray();
        for (final PlaceOrderCommandDecoder.LinesDecoder line : command.lines()) {
            final JsonObject entry = new JsonObject();
            entry.put("amount_minor", line.amountMinor()).put("quantity", line.quantity());
            entry.put("line_id", text.of(line::wrapLineId)).put("sku", text.of(line::wrapSku));
            entry.put("category", text.of(line::wrapCategory)).put("seller_id", text.of(line::wrapSellerId));
            final String campaign = text.of(line::wrapCampaignId);
            final String action = text.of(line::wrapAction);
            final String group = text.of(line::wrapGroupId);
            if (campaign != null) {
                entry.put("campaign_id", campaign).put("action", action).put("group_id", group);
            }
            lines.add(entry);
        }
        return lines.encode();
    }

    private void addChange(final RecordView record, final EffectsReader order) {
        changes.row(record.shard())
                .bigint(record.sequence())
                .bigint(order.payableMinor())
                .bigint(order.capturedMinor())
                .bigint(order.refundedMinor())
                .bigint(order.poolSpendableMinor())
                .bigint(order.poolWithdrawableMinor())
                .bigint(order.poolReturnedMinor())
                .bigintOrNull(0, order.payByNs())
                .bigintOrNull(0, order.holdUntilNs())
                .bigint(record.nowNs())
                .integer(order.order())
                .indexOrNull(order.orderMember())
                .smallint(order.orderState())
                .smallint(record.commandTemplate())
                .bool((order.orderFlags() & PAUSED) != 0)
                .bool((order.orderFlags() & DELIVERED) != 0);
    }
}
