package io.miaojie.settlement;

import io.miaojie.settlement.part.ApiKey;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.LittleEndian;
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
    private static final int BODY_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int BLOCK_LENGTH_OFFSET = MessageHeaderDecoder.blockLengthEncodingOffset();
    private static final int TEMPLATE_ID_OFFSET = MessageHeaderDecoder.templateIdEncodingOffset();
    private static final int VERSION_OFFSET = MessageHeaderDecoder.versionEncodingOffset();
    private static final int KEY_INDEX_OFFSET = BODY_OFFSET + EnvelopeDecoder.keyIndexEncodingOffset();
    private static final int DIGEST_HIGH_OFFSET = BODY_OFFSET + EnvelopeDecoder.digestHighEncodingOffset();
    private static final int DIGEST_LOW_OFFSET = BODY_OFFSET + EnvelopeDecoder.digestLowEncodingOffset();
    private static final int FINGERPRINT_OFFSET = BODY_OFFSET + EnvelopeDecoder.fingerprintEncodingOffset();
    private static final int AT_NS_OFFSET = BODY_OFFSET + EnvelopeDecoder.atNsEncodingOffset();

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
        return message[TEMPLATE_ID_OFFSET] & 0xFF;
    }

    /** Returns how long the fixed fields of the body are. */
    int blockLength() {
        return LittleEndian.shortAt(message, BLOCK_LENGTH_OFFSET);
    }

    /** Returns the version of the schema that the message was written by. */
    int version() {
        return message[VERSION_OFFSET] & 0xFF;
    }

    int keyIndex() {
        return LittleEndian.intAt(message, KEY_INDEX_OFFSET);
    }

    /** Returns the hash of the fields that a repeat has to have too. */
    long fingerprint() {
        return LittleEndian.longAt(message, FINGERPRINT_OFFSET);
    }

    /** Returns the business time, 0: none is said. */
    long atNs() {
        return LittleEndian.longAt(message, AT_NS_OFFSET);
    }

    /** Returns the upper half of the id's digest. */
    long digestHigh() {
        return LittleEndian.longAt(message, DIGEST_HIGH_OFFSET);
    }

    long digestLow() {
        return LittleEndian.longAt(message, DIGEST_LOW_OFFSET);
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
        return BODY_OFFSET;
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
