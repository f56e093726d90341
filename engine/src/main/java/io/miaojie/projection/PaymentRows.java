package io.miaojie.projection;

import io.miaojie.wire.Currencies;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import java.util.List;

/** Rows of payments. The row of a payment that made its order is the order's row too. */
final class PaymentRows {
    static final String API_SOURCE = "api";

    private final TableRows payments = TableRows.insert(
            "payment_order",
            "",
            "sequence bigint",
            "amount_minor bigint",
            "shipping_minor bigint",
            "paid_at_ns bigint",
            "settled_at_ns bigint",
            "fingerprint bigint",
            "order_index integer",
            "member_index integer",
            "merchant_index integer",
            "status smallint",
            "instalment smallint",
            "made_order boolean",
            "currency text",
            "source text",
            "payment_id text",
            "order_id text",
            "store_id text",
            "channel text",
            "metadata text",
            "outcome bytea");

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PaymentCommandDecoder command = new PaymentCommandDecoder();
    private final SbeText text = new SbeText();

    /** Adds the payment of a record whose effects were added just before. */
    void add(final RecordView record, final EffectRows effects) {
        command.wrapAndApplyHeader(record.buffer(), record.commandOffset(), header);
        command.lines().forEach(PaymentCommandDecoder.LinesDecoder::sbeSkip);
        command.wrapId(text.view());
        final String paymentId = text.text();
        command.wrapSource(text.view());
        final String source = text.textOrNull();
        command.wrapOrderId(text.view());
        final String orderId = text.text();
        command.skipMemberId();
        command.wrapChannel(text.view());
        final String channel = text.textOrNull();
        command.wrapStoreId(text.view());
        final String storeId = text.textOrNull();
        command.skipClerkId();
        command.skipShareToken();
        command.wrapMetadata(text.view());
        payments.add(
                record.sequence(),
                command.amountMinor(),
                command.shippingMinor(),
                record.atNs(),
                record.nowNs(),
                record.fingerprint(),
                effects.firstOrder(),
                effects.firstOrderMember() < 0 ? null : effects.firstOrderMember(),
                record.merchantIndex(),
                effects.status(),
                command.instalmentRaw(),
                effects.isFirstOrderMade(),
                Currencies.code(command.currency()),
                source == null ? API_SOURCE : source,
                paymentId,
                orderId,
                storeId,
                channel,
                text.textOrNull(),
                record.outcomeBytes());
    }

    List<TableRows> tables() {
        return List.of(payments);
    }

    void clear() {
        payments.clear();
    }
}
