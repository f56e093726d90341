package io.miaojie.node.verify;

import io.miaojie.journal.RecordReader;
import io.miaojie.projection.ProjectionReader;
import io.miaojie.projection.ProjectionReader.FactAmount;
import io.miaojie.projection.ProjectionReader.FactRow;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.codec.DeliveryCommandDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import io.miaojie.wire.codec.RefundCommandDecoder;
import io.miaojie.wire.codec.SettledOutcomeDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** Compares the payments, refunds and deliveries of the journal with their rows, both in the order of the log. */
final class FactComparison {
    private final RecordReader records;
    private final long lastSequence;
    private final Differences differences;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PaymentCommandDecoder payment = new PaymentCommandDecoder();
    private final RefundCommandDecoder refund = new RefundCommandDecoder();
    private final DeliveryCommandDecoder delivery = new DeliveryCommandDecoder();
    private int template;
    private String id;
    private String orderId;
    private FactAmount amount;
    private long count;

    /**
     * @param records stands at genesis
     * @param lastSequence of the rows
     */
    FactComparison(final RecordReader records, final long lastSequence, final Differences differences) {
        this.records = records;
        this.lastSequence = lastSequence;
        this.differences = differences;
    }

    /** Returns how many rows were compared. */
    long run(final ProjectionReader rows) {
        rows.facts(this::compare);
        if (nextFact()) {
            differences.add("fact has no row: sequence=" + sequence());
        }
        return count;
    }

    private void compare(final FactRow row) {
        count++;
        if (!nextFact()) {
            differences.add("row has no fact in the journal: sequence=" + row.sequence());
            return;
        }
        differences.compare("sequence of fact row " + count, sequence(), row.sequence());
        final String what = "fact at sequence " + sequence();
        differences.compare(what + " type", template, row.commandTemplate());
        differences.compare(what + " id", id, row.name().id());
        differences.compare(what + " order", orderId, row.name().orderId());
        differences.compare(what + " amount", amount, row.amount());
        if (!Arrays.equals(outcome(), row.outcome())) {
            differences.add(what + ": outcome bytes differ");
        }
    }

    /** Moves to the next fact that was taken; those that were refused have no row. */
    private boolean nextFact() {
        while (records.next() && sequence() <= lastSequence) {
            final DirectBuffer buffer = records.buffer();
            header.wrap(buffer, RecordLayout.outcomeOffset(buffer, records.offset()));
            final boolean isTaken = header.templateId() == SettledOutcomeDecoder.TEMPLATE_ID;
            header.wrap(buffer, RecordLayout.commandOffset(records.offset()));
            template = header.templateId();
            if (isTaken && read(buffer, RecordLayout.commandOffset(records.offset()))) {
                return true;
            }
        }
        return false;
    }

    private boolean read(final DirectBuffer buffer, final int offset) {
        switch (template) {
            case PaymentCommandDecoder.TEMPLATE_ID -> readPayment(buffer, offset);
            case RefundCommandDecoder.TEMPLATE_ID -> readRefund(buffer, offset);
            case DeliveryCommandDecoder.TEMPLATE_ID -> readDelivery(buffer, offset);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void readPayment(final DirectBuffer buffer, final int offset) {
        payment.wrapAndApplyHeader(buffer, offset, header);
        amount = new FactAmount(payment.amountMinor(), Currencies.code(payment.currency()));
        payment.lines().forEach(PaymentCommandDecoder.LinesDecoder::sbeSkip);
        id = text(payment::getId, payment.idLength());
        payment.skipSource();
        orderId = text(payment::getOrderId, payment.orderIdLength());
    }

    private void readRefund(final DirectBuffer buffer, final int offset) {
        refund.wrapAndApplyHeader(buffer, offset, header);
        amount = new FactAmount(refund.amountMinor(), Currencies.code(refund.currency()));
        refund.lines().forEach(RefundCommandDecoder.LinesDecoder::sbeSkip);
        id = text(refund::getId, refund.idLength());
        refund.skipSource();
        orderId = text(refund::getOrderId, refund.orderIdLength());
    }

    private void readDelivery(final DirectBuffer buffer, final int offset) {
        delivery.wrapAndApplyHeader(buffer, offset, header);
        amount = new FactAmount(0, null);
        delivery.lines().forEach(DeliveryCommandDecoder.LinesDecoder::sbeSkip);
        id = text(delivery::getId, delivery.idLength());
        delivery.skipSource();
        orderId = text(delivery::getOrderId, delivery.orderIdLength());
    }

    /** One data field of a command. */
    private interface Field {
        int get(byte[] into, int offset, int length);
    }

    private static String text(final Field field, final int length) {
        final byte[] bytes = new byte[length];
        field.get(bytes, 0, length);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private long sequence() {
        return RecordLayout.sequence(records.buffer(), records.offset());
    }

    private byte[] outcome() {
        final DirectBuffer buffer = records.buffer();
        final byte[] bytes = new byte[RecordLayout.outcomeLength(buffer, records.offset())];
        buffer.getBytes(RecordLayout.outcomeOffset(buffer, records.offset()), bytes);
        return bytes;
    }
}
