package io.miaojie.settlement;

import io.miaojie.settlement.part.ApiKey;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.MessageHead;
import io.miaojie.wire.RecordLayout;
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
    private int inLength;
    private MutableDirectBuffer out;
    private int outOffset;
    private long sequence;
    private long nowNs;
    private ApiKey key;

    void read(final DirectBuffer buffer, final int offset, final int length) {
        buffer.getBytes(offset, message, 0, length);
        inLength = length;
    }

    void place(final long newSequence, final long newNowNs, final MutableDirectBuffer buffer, final int offset) {
        sequence = newSequence;
        nowNs = newNowNs;
        if (out != buffer) { // as in Slice: no barrier for what stays
            out = buffer;
        }
        outOffset = offset;
    }

    int templateId() {
        return MessageHead.templateId(message);
    }

    int blockLength() {
        return MessageHead.blockLength(message);
    }

    int version() {
        return MessageHead.version(message);
    }

    int keyIndex() {
        return MessageHead.keyIndex(message);
    }

    long fingerprint() {
        return MessageHead.fingerprint(message);
    }

    long atNs() {
        return MessageHead.atNs(message);
    }

    long digestHigh() {
        return MessageHead.digestHigh(message);
    }

    long digestLow() {
        return MessageHead.digestLow(message);
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
        return MessageHead.BODY_OFFSET;
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
        return (digestHigh() | digestLow()) != 0;
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
