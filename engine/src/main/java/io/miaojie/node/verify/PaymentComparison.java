package io.miaojie.node.verify;

import io.miaojie.journal.RecordReader;
import io.miaojie.projection.ProjectionReader;
import io.miaojie.projection.ProjectionReader.PaymentRow;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** Compares the payments of the journal with their rows, both in the order of the log. */
final class PaymentComparison {
    private final RecordReader records;
    private final long lastSequence;
    private final Differences differences;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PaymentCommandDecoder command = new PaymentCommandDecoder();
    private long count;

    /**
     * @param records stands at genesis
     * @param lastSequence of the rows
     */
    PaymentComparison(final RecordReader records, final long lastSequence, final Differences differences) {
        this.records = records;
        this.lastSequence = lastSequence;
        this.differences = differences;
    }

    /** Returns how many rows were compared. */
    long run(final ProjectionReader rows) {
        rows.payments(this::compare);
        if (nextPayment()) {
            differences.add("payment has no row: sequence=" + sequence());
        }
        return count;
    }

    private void compare(final PaymentRow row) {
        count++;
        if (!nextPayment()) {
            differences.add("row has no payment in the journal: sequence=" + row.sequence());
            return;
        }
        differences.compare("sequence of payment row " + count, sequence(), row.sequence());
        final String what = "payment at sequence " + sequence();
        differences.compare(what + " amount", command.amountMinor(), row.amountMinor());
        differences.compare(what + " currency", Currencies.code(command.currency()), row.currency());
        compareIds(what, row);
        final byte[] outcome = outcome();
        if (!Arrays.equals(outcome, row.outcome())) {
            differences.add(what + ": outcome bytes differ");
        }
    }

    private void compareIds(final String what, final PaymentRow row) {
        final var lines = command.lines();
        while (lines.hasNext()) {
            lines.next();
            lines.skipLineId();
            lines.skipSku();
            lines.skipCategory();
            lines.skipSellerId();
        }
        differences.compare(
                what + " id",
                text(command::getId, command.idLength()),
                row.name().paymentId());
        command.skipSource();
        differences.compare(
                what + " order",
                text(command::getOrderId, command.orderIdLength()),
                row.name().orderId());
    }

    /** One data field of the command. */
    private interface Field {
        int get(byte[] into, int offset, int length);
    }

    private static String text(final Field field, final int length) {
        final byte[] bytes = new byte[length];
        field.get(bytes, 0, length);
        return new String(bytes, java.nio.charset.StandardCharsets.US_ASCII);
    }

    private boolean nextPayment() {
        while (records.next() && sequence() <= lastSequence) {
            final DirectBuffer buffer = records.buffer();
            final int offset = RecordLayout.commandOffset(records.offset());
            header.wrap(buffer, offset);
            if (header.templateId() == PaymentCommandDecoder.TEMPLATE_ID) {
                command.wrapAndApplyHeader(buffer, offset, header);
                return true;
            }
        }
        return false;
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
