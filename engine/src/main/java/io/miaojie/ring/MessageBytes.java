package io.miaojie.ring;

import io.miaojie.settlement.Core;
import io.miaojie.wire.codec.EnvelopeDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of the messages in the ring: one direct buffer, {@code slotBytes} for each slot, a message in as many
 * neighbouring slots as it needs. One that passes the last slot goes on in the first.
 */
final class MessageBytes {
    /** A message holds at least its header and its envelope. */
    static final int MESSAGE_LENGTH_MIN = MessageHeaderDecoder.ENCODED_LENGTH + EnvelopeDecoder.ENCODED_LENGTH;

    private static final int AT_NS_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH + EnvelopeDecoder.atNsEncodingOffset();
    private static final int FIRST_QUERY_ID = 64;
    private static final int FIRST_OUTCOME_ID = 128;

    private final UnsafeBuffer buffer;
    private final int slotBytes;
    private final long indexMask;

    MessageBytes(final int slotCount, final int slotBytes) {
        this.buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(slotCount * slotBytes));
        this.slotBytes = slotBytes;
        this.indexMask = slotCount - 1;
    }

    static boolean isQuery(final DirectBuffer message, final int offset) {
        final int templateId = message.getByte(offset + MessageHeaderDecoder.templateIdEncodingOffset()) & 0xFF;
        return templateId >= FIRST_QUERY_ID && templateId < FIRST_OUTCOME_ID;
    }

    int slotsOf(final int length) {
        return (length + slotBytes - 1) / slotBytes;
    }

    /** Returns the business time in the envelope, which always stands in the first slot. */
    long atNs(final long slotSequence) {
        return buffer.getLong(offsetOf(slotSequence) + AT_NS_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns the time that the message asks for, see {@link Core#timeNs}; what says so stands in the first slot. */
    long timeNs(final Core core, final long slotSequence, final long nowNs) {
        return core.timeNs(nowNs, buffer, offsetOf(slotSequence));
    }

    void put(final long slotSequence, final DirectBuffer source, final int offset, final int length) {
        final int at = offsetOf(slotSequence);
        final int upToEnd = Math.min(length, buffer.capacity() - at);
        buffer.putBytes(at, source, offset, upToEnd);
        buffer.putBytes(0, source, offset + upToEnd, length - upToEnd);
    }

    void copyTo(final long slotSequence, final int length, final MutableDirectBuffer target, final int offset) {
        final int at = offsetOf(slotSequence);
        final int upToEnd = Math.min(length, buffer.capacity() - at);
        target.putBytes(offset, buffer, at, upToEnd);
        target.putBytes(offset + upToEnd, buffer, 0, length - upToEnd);
    }

    /** Tells the core of a message, unless it passes the last slot. */
    void foresee(final Core core, final long slotSequence, final int length) {
        final int at = offsetOf(slotSequence);
        if (at + length <= buffer.capacity()) {
            core.foresee(buffer, at, length);
        }
    }

    private int offsetOf(final long slotSequence) {
        return (int) (slotSequence & indexMask) * slotBytes;
    }
}
