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

    private final TableRows parked = TableRows.insert(
            "shop_order",
            "",
            "sequence bigint",
            "made_at_ns bigint",
            "order_index integer",
            "merchant_index integer",
            "id text");
    /** An order that facts had parked may be placed: its row is the placed order's then. */
    private final TableRows placed = TableRows.insert(
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

    private final TableRows changes = TableRows.insert(
            "order_change",
            "",
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
    private final TableRows refundOrders = TableRows.of(
            "insert into miaojie.refund_order (shard, sequence, amount_minor, made_at_ns, payment_sequence,"
                    + " changed_sequence, changed_at_ns, ordinal, order_index, id, state, reason, currency,"
                    + " merchant_index)"
                    + " select $1::smallint, t.sequence, t.amount_minor, t.made_at_ns, t.payment_sequence,"
                    + " t.sequence, t.made_at_ns, t.ordinal, t.order_index, t.id, t.state, t.reason, t.currency,"
                    + " p.merchant_index from {rows}"
                    + " left join miaojie.payment_order p on p.shard = $1::smallint"
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

    private final TableRows refundOrderStates = TableRows.of(
            "update miaojie.refund_order r set state = t.state, changed_sequence = t.changed_sequence,"
                    + " changed_at_ns = t.changed_at_ns from ("
                    + "select distinct on (sequence, ordinal) * from {rows}"
                    + " order by sequence, ordinal, changed_sequence desc) t"
                    + " where r.shard = $1::smallint and r.sequence = t.sequence and r.ordinal = t.ordinal",
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
            refundOrders.add(
                    record.sequence(),
                    refundOrder.amountMinor(),
                    record.nowNs(),
                    refundOrder.paymentSequence(),
                    refundOrder.ordinal(),
                    order,
                    record.engineId(EngineId.REFUND_ORDER, record.sequence(), refundOrder.ordinal()),
                    state,
                    ResultNames.name(refundOrder.reason()),
                    Currencies.code(refundOrder.refundOrderCurrency()));
        } else {
            refundOrderStates.add(
                    refundOrder.madeSequence(), record.sequence(), record.nowNs(), refundOrder.ordinal(), state);
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
            parked.add(
                    record.sequence(),
                    record.nowNs(),
                    order.order(),
                    record.merchantIndex(),
                    CommandNames.of(record).order());
            return;
        }
        command.wrapAndApplyHeader(record.buffer(), record.commandOffset(), header);
        final String lines = lines();
        final String id = text.of(command::wrapId);
        command.skipMemberId();
        placed.add(
                record.sequence(),
                command.shippingMinor(),
                command.poolSpendMinor(),
                record.atNs(),
                record.nowNs(),
                order.order(),
                record.merchantIndex(),
                member(order),
                Currencies.code(command.currency()),
                id,
                text.of(command::wrapChannel),
                text.of(command::wrapStoreId),
                text.of(command::wrapClerkId),
                text.of(command::wrapShareToken),
                lines,
                text.of(command::wrapMetadata));
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
        changes.add(
                record.sequence(),
                order.payableMinor(),
                order.capturedMinor(),
                order.refundedMinor(),
                order.poolSpendableMinor(),
                order.poolWithdrawableMinor(),
                order.poolReturnedMinor(),
                DefinitionRows.nullIf(0, order.payByNs()),
                DefinitionRows.nullIf(0, order.holdUntilNs()),
                record.nowNs(),
                order.order(),
                member(order),
                (short) order.orderState(),
                (short) record.commandTemplate(),
                (order.orderFlags() & PAUSED) != 0,
                (order.orderFlags() & DELIVERED) != 0);
    }

    private static Integer member(final EffectsReader order) {
        return order.orderMember() < 0 ? null : order.orderMember();
    }
}
