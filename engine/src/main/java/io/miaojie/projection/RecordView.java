package io.miaojie.projection;

import io.miaojie.wire.EngineId;
import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.codec.EnvelopeDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import org.agrona.DirectBuffer;

/** The record whose rows are being made. A reused view. Thread: the projector's. */
final class RecordView {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EnvelopeDecoder envelope = new EnvelopeDecoder();
    private final KeyOwners keyOwners;
    private DirectBuffer buffer;
    private int offset;
    private int commandTemplate;
    private int outcomeTemplate;
    private long sequence;
    private long nowNs;

    RecordView(final KeyOwners keyOwners) {
        this.keyOwners = keyOwners;
    }

    RecordView wrap(final DirectBuffer newBuffer, final int newOffset) {
        buffer = newBuffer;
        offset = newOffset;
        outcomeTemplate = header.wrap(buffer, outcomeOffset()).templateId();
        commandTemplate = header.wrap(buffer, commandOffset()).templateId();
        envelope.wrap(buffer, commandOffset() + MessageHeaderDecoder.ENCODED_LENGTH);
        sequence = RecordLayout.sequence(buffer, offset);
        nowNs = RecordLayout.nowNs(buffer, offset);
        return this;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int commandOffset() {
        return RecordLayout.commandOffset(offset);
    }

    int outcomeOffset() {
        return RecordLayout.outcomeOffset(buffer, offset);
    }

    /** Returns the message id of the command: the cause of whatever the record changed. */
    int commandTemplate() {
        return commandTemplate;
    }

    boolean isPayment() {
        return commandTemplate == PaymentCommandDecoder.TEMPLATE_ID;
    }

    int outcomeTemplate() {
        return outcomeTemplate;
    }

    /** Returns the id that the engine made for something of the record with this sequence. */
    String engineId(final String prefix, final long madeSequence, final int ordinal) {
        return EngineId.of(prefix, shard(), madeSequence, ordinal);
    }

    int shard() {
        return RecordLayout.shard(buffer, offset);
    }

    long sequence() {
        return sequence;
    }

    long nowNs() {
        return nowNs;
    }

    /** Returns the business time of the command, 0: it has none. */
    long atNs() {
        return envelope.atNs();
    }

    long fingerprint() {
        return envelope.fingerprint();
    }

    /**
     * Returns the merchant of the command's key.
     *
     * @throws ProjectionException when no record has made this key
     */
    int merchantIndex() {
        return keyOwners.merchant(envelope.keyIndex());
    }

    int outcomeLength() {
        return RecordLayout.outcomeLength(buffer, offset);
    }
}
