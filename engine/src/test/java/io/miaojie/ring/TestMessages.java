package io.miaojie.ring;

import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.PaymentCommandEncoder;
import io.miaojie.wire.codec.PoolQueryEncoder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Messages as the ring sees them: a header, an envelope, and a body that only the core reads. */
final class TestMessages {
    private TestMessages() {}

    static UnsafeBuffer command(final long id, final int length) {
        return command(id, 0, 0, length);
    }

    /** The body repeats the low byte of the id, so that mixed-up bytes are seen. */
    static UnsafeBuffer command(final long id, final long fingerprint, final long atNs, final int length) {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        new PaymentCommandEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .envelope()
                .keyIndex(1)
                .digestHigh(0)
                .digestLow(id)
                .fingerprint(fingerprint)
                .atNs(atNs);
        buffer.setMemory(MessageBytes.MESSAGE_LENGTH_MIN, length - MessageBytes.MESSAGE_LENGTH_MIN, (byte) id);
        return exactly(buffer, length);
    }

    /** A command that arms a timer. */
    static UnsafeBuffer arming(final long id, final long deadlineNs) {
        return arming(id, deadlineNs, 1);
    }

    /** A command that arms timers of one deadline, each of which takes a tick of its own. */
    static UnsafeBuffer arming(final long id, final long deadlineNs, final long timerCount) {
        final UnsafeBuffer command = command(id, 60);
        command.putLong(MessageBytes.MESSAGE_LENGTH_MIN + Long.BYTES, timerCount);
        command.putInt(MessageHeaderEncoder.ENCODED_LENGTH, TestCore.ARMING_KEY);
        command.putLong(MessageBytes.MESSAGE_LENGTH_MIN, deadlineNs);
        return command;
    }

    /** A command that asks for a time. */
    static UnsafeBuffer moving(final long id, final long toNs) {
        final UnsafeBuffer command = command(id, id, toNs, 60);
        command.putInt(MessageHeaderEncoder.ENCODED_LENGTH, TestCore.MOVING_KEY);
        return command;
    }

    /** A command that the core throws on. */
    static UnsafeBuffer poison(final long id) {
        final UnsafeBuffer command = command(id, 60);
        command.putInt(MessageHeaderEncoder.ENCODED_LENGTH, TestCore.POISON_KEY);
        return command;
    }

    /** A command that the core throws on only when it is told of it ahead. */
    static UnsafeBuffer unforeseeable(final long id) {
        final UnsafeBuffer command = command(id, 60);
        command.putInt(MessageHeaderEncoder.ENCODED_LENGTH, TestCore.UNFORESEEABLE_KEY);
        return command;
    }

    static UnsafeBuffer query() {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        new PoolQueryEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        return exactly(buffer, 50);
    }

    private static UnsafeBuffer exactly(final MutableDirectBuffer buffer, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }
}
