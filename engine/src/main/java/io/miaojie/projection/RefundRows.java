package io.miaojie.projection;

import io.miaojie.wire.Currencies;
import io.miaojie.wire.codec.DeliveryCommandDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.RefundCommandDecoder;
import io.miaojie.wire.codec.RefundResult;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Rows of refunds and deliveries, one for each fact; what they changed is in the rows of the effects. */
final class RefundRows {
    private final TableRows refunds = TableRows.added(
            "refund",
            "sequence bigint",
            "amount_minor bigint",
            "refunded_at_ns bigint",
            "settled_at_ns bigint",
            "fingerprint bigint",
            "order_index integer",
            "merchant_index integer",
            "goodwill boolean",
            "status text",
            "result text",
            "currency text",
            "source text",
            "refund_id text",
            "order_id text",
            "payment_id text",
            "refund_order_id text",
            "lines jsonb",
            "metadata text",
            "outcome bytea");
    private final TableRows deliveries = TableRows.added(
            "delivery",
            "sequence bigint",
            "delivered_at_ns bigint",
            "settled_at_ns bigint",
            "fingerprint bigint",
            "order_index integer",
            "merchant_index integer",
            "result text",
            "source text",
            "delivery_id text",
            "order_id text",
            "lines jsonb",
            "outcome bytea");

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RefundCommandDecoder refund = new RefundCommandDecoder();
    private final DeliveryCommandDecoder delivery = new DeliveryCommandDecoder();
    private final SbeText text = new SbeText();

    /** Adds the refund of a record whose effects were added just before. */
    void addRefund(final RecordView record, final EffectRows effects) {
        refund.wrapAndApplyHeader(record.buffer(), record.commandOffset(), header);
        final JsonArray lines = new JsonArray();
        for (final RefundCommandDecoder.LinesDecoder line : refund.lines()) {
            lines.add(
                    new JsonObject().put("amount_minor", line.amountMinor()).put("line_id", text.of(line::wrapLineId)));
        }
        final String id = text.of(refund::wrapId);
        final String source = text.of(refund::wrapSource);
        refunds.row(record.shard())
                .bigint(record.sequence())
                .bigint(refund.amountMinor())
                .bigintOrNull(0, record.atNs())
                .bigint(record.nowNs())
                .bigint(record.fingerprint())
                .indexOrNull(effects.firstOrder())
                .integer(record.merchantIndex())
                .bool(refund.goodwill() == 1)
                .text(refund.refundStatus().name())
                .text(RefundResult.get(effects.status()).name())
                .text(Currencies.code(refund.currency()))
                .text(source == null ? PaymentRows.API_SOURCE : source)
                .text(id)
                .textOrNull(text.wrapped(refund::wrapOrderId))
                .textOrNull(text.wrapped(refund::wrapPaymentId))
                .textOrNull(text.wrapped(refund::wrapRefundOrderId))
                .json(lines.encode())
                .textOrNull(text.wrapped(refund::wrapMetadata))
                .bytes(record.buffer(), record.outcomeOffset(), record.outcomeLength());
    }

    /** Adds the delivery of a record whose effects were added just before. */
    void addDelivery(final RecordView record, final EffectRows effects) {
        delivery.wrapAndApplyHeader(record.buffer(), record.commandOffset(), header);
        final JsonArray lines = new JsonArray();
        for (final DeliveryCommandDecoder.LinesDecoder line : delivery.lines()) {
            lines.add(new JsonObject().put("quantity", line.quantity()).put("line_id", text.of(line::wrapLineId)));
        }
        final String id = text.of(delivery::wrapId);
        final String source = text.of(delivery::wrapSource);
        deliveries
                .row(record.shard())
                .bigint(record.sequence())
                .bigintOrNull(0, record.atNs())
                .bigint(record.nowNs())
                .bigint(record.fingerprint())
                .indexOrNull(effects.firstOrder())
                .integer(record.merchantIndex())
                .text(RefundResult.get(effects.status()).name())
                .text(source == null ? PaymentRows.API_SOURCE : source)
                .text(id)
                .textOrNull(text.wrapped(delivery::wrapOrderId))
                .json(lines.encode())
                .bytes(record.buffer(), record.outcomeOffset(), record.outcomeLength());
    }

    List<TableRows> tables() {
        return List.of(refunds, deliveries);
    }

    void clear() {
        tables().forEach(TableRows::clear);
    }
}
