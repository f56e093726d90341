package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.Rebates;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.PaymentOutcomeDecoder;
import io.miaojie.wire.codec.PaymentOutcomeDecoder.GrantsDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Reads off an outcome, at a fixed place, whether a payment earned what every payment of a bench earns. */
final class GrantProof {
    private static final ByteOrder ORDER = PaymentOutcomeDecoder.BYTE_ORDER;
    private static final int COUNT_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH
            + PaymentOutcomeDecoder.BLOCK_LENGTH
            + GrantsDecoder.sbeHeaderSize()
            - Short.BYTES;

    private GrantProof() {}

    /** Tells whether this is the outcome of a payment with three grants. */
    static boolean holds(final DirectBuffer buffer, final int offset, final int length) {
        return length > COUNT_OFFSET
                && isPayment(buffer, offset)
                && buffer.getShort(offset + COUNT_OFFSET, ORDER) == Rebates.COUNT;
    }

    private static boolean isPayment(final DirectBuffer buffer, final int offset) {
        final int templateId = buffer.getByte(offset + MessageHeaderDecoder.templateIdEncodingOffset()) & 0xFF;
        return templateId == PaymentOutcomeDecoder.TEMPLATE_ID;
    }
}
