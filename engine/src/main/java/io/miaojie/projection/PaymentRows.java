package io.miaojie.projection;

import io.miaojie.wire.Currencies;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import java.util.List;

/** Rows of payments. The row of a payment that made its order is the order's row too. */
final class PaymentRows {
    static final String API_SOURCE = "api";

    private final TableRows payments = TableRows.added(
            "payment_order",
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
            "payment_id text",
            "source text",
            "order_id text",
            "channel text",
            "store_id text",
            "metadata text",
            "outcome bytea");

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PaymentCommandDecoder command = new PaymentCommandDecoder();
    private final SbeText text = new SbeText();

    /** Adds the payment of a record whose effects were added just before. */
    void add(final RecordView record, final EffectRows effects) {
        command.wrapAndApplyHeader(record.buffer(), record.commandOffset(), header);
        command.lines().forEach(PaymentCommandDecoder.LinesDecoder::sbeSkip);
        payments.row(record.shard())
                .bigint(record.sequence())
                .bigint(command.amountMinor())
                .bigint(command.shippingMinor())
                .bigintOrNull(0, record.atNs())
                .bigint(record.nowNs())
                .bigint(record.fingerprint())
                .integer(effects.firstOrder())
                .indexOrNull(effects.firstOrderMember())
                .integer(record.merchantIndex())
                .smallint(effects.status())
                .smallint(command.instalmentRaw())
                .bool(effects.isFirstOrderMade())
                .text(Currencies.code(command.currency()));
        addTexts();
        payments.bytes(record.buffer(), record.outcomeOffset(), record.outcomeLength());
    }

    /** Adds the texts of the command in the order in which they stand there. */
    private void addTexts() {
        command.wrapId(text.view());
        payments.text(text.view());
        command.wrapSource(text.view());
        if (text.view().capacity() == 0) {
            payments.text(API_SOURCE);
        } else {
            payments.text(text.view());
        }
        command.wrapOrderId(text.view());
        payments.text(text.view());
        command.skipMemberId();
        command.wrapChannel(text.view());
        payments.textOrNull(text.view());
        command.wrapStoreId(text.view());
        payments.textOrNull(text.view());
        command.skipClerkId();
        command.skipShareToken();
        command.wrapMetadata(text.view());
        payments.textOrNull(text.view());
    }

    List<TableRows> tables() {
        return List.of(payments);
    }

    void clear() {
        payments.clear();
    }
}
