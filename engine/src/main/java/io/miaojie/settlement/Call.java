package io.miaojie.settlement;

import io.miaojie.settlement.part.ApiKey;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.codec.EnvelopeDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One command or query being decided: a copy of its bytes on the heap, its envelope, its time, and where the answer
 * goes. Reused.
 */
final class Call {
    private final byte[] message = new byte[RecordLayout.MESSAGE_LENGTH_MAX];
    private final UnsafeBuffer in = new UnsafeBuffer(message);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EnvelopeDecoder envelope = new EnvelopeDecoder();
    private int inLength;
    private MutableDirectBuffer out;
    private int outOffset;
    private long sequence;
    private long nowNs;
    private long digestHigh;
    private long digestLow;
    private ApiKey key;

    void read(final DirectBuffer buffer, final int offset, final int length) {
        buffer.getBytes(offset, message, 0, length);
        inLength = length;
        header.wrap(in, 0);
        envelope.wrap(in, bodyOffset());
        digestHigh = envelope.digestHigh();
        digestLow = envelope.digestLow();
    }

    void place(final long newSequence, final long newNowNs, final MutableDirectBuffer buffer, final int offset) {
        sequence = newSequence;
        nowNs = newNowNs;
        if (out != buffer) { // as in Slice: no barrier for what stays
            out = buffer;
        }
        outOffset = offset;
    }

    MessageHeaderDecoder header() {
        return header;
    }

    EnvelopeDecoder envelope() {
        return envelope;
    }

    /** Returns the message, from the first byte on. */
    UnsafeBuffer in() {
        return in;
    }

    /** Returns where the message ends. */
    int end() {
        return inLength;
    }

    int bodyOffset() {
        return MessageHeaderDecoder.ENCODED_LENGTH;
    }

    /** Returns a copy of the whole message, to be kept as a definition. */
    byte[] copy() {
        return new Slice().wrap(in, 0, inLength).copy();
    }

    MutableDirectBuffer out() {
        return out;
    }

    int outOffset() {
        return outOffset;
    }

    long sequence() {
        return sequence;
    }

    long nowNs() {
        return nowNs;
    }

    /** Tells whether deciding this binds an id. */
    boolean bindsId() {
        return (digestHigh | digestLow) != 0;
    }

    /** Returns the upper half of the id's digest. */
    long digestHigh() {
        return digestHigh;
    }

    long digestLow() {
        return digestLow;
    }

    /** Returns who asks, once admitted. */
    ApiKey key() {
        return key;
    }

    void setKey(final ApiKey newKey) {
        if (key != newKey) {
            key = newKey;
        }
    }
}
