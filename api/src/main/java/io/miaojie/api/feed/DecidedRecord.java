package io.miaojie.api.feed;

import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.codec.EnvelopeDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One record as the mappings see it: the command, what it was decided to, and when. A flyweight. */
final class DecidedRecord {
    private static final int TEMPLATE_ID_OFFSET = 2;

    private final UnsafeBuffer command = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer outcome = new UnsafeBuffer(0, 0);
    private final EnvelopeDecoder envelope = new EnvelopeDecoder();
    private long sequence;
    private long nowNs;

    DecidedRecord wrap(final DirectBuffer buffer, final int offset) {
        command.wrap(buffer, RecordLayout.commandOffset(offset), RecordLayout.commandLength(buffer, offset));
        outcome.wrap(buffer, RecordLayout.outcomeOffset(buffer, offset), RecordLayout.outcomeLength(buffer, offset));
        envelope.wrap(command, MessageHeaderDecoder.ENCODED_LENGTH);
        sequence = RecordLayout.sequence(buffer, offset);
        nowNs = RecordLayout.nowNs(buffer, offset);
        return this;
    }

    /** Returns the command, from offset 0 on. */
    DirectBuffer command() {
        return command;
    }

    /** Returns the outcome, from offset 0 on. */
    DirectBuffer outcome() {
        return outcome;
    }

    int commandTemplate() {
        return command.getByte(TEMPLATE_ID_OFFSET) & 0xFF;
    }

    int outcomeTemplate() {
        return outcome.getByte(TEMPLATE_ID_OFFSET) & 0xFF;
    }

    /** Returns the place of the key that the command came with. */
    int keyIndex() {
        return envelope.keyIndex();
    }

    long sequence() {
        return sequence;
    }

    /** Returns the engine's time of the decision, epoch nanoseconds. */
    long nowNs() {
        return nowNs;
    }
}
