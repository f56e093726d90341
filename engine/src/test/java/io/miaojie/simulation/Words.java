package io.miaojie.simulation;

import io.miaojie.wire.Currencies;
import io.miaojie.wire.codec.EnvelopeEncoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;

/** What all encoders of deeds share: room, texts, and the seal of the envelope. */
final class Words {
    static final int BODY = MessageHeaderEncoder.ENCODED_LENGTH;

    private static final int ROOM = 8 * 1024;
    private static final int SHORT_ROOM = 512;

    private Words() {}

    /** One {@code put…} of an encoder. */
    @FunctionalInterface
    interface Field {
        Object put(byte[] bytes, int offset, int length);
    }

    static UnsafeBuffer room() {
        return new UnsafeBuffer(new byte[ROOM]);
    }

    /** Room for a message with one id or two. */
    static UnsafeBuffer shortRoom() {
        return new UnsafeBuffer(new byte[SHORT_ROOM]);
    }

    static void put(final Field field, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        field.put(bytes, 0, bytes.length);
    }

    /** Puts a 128-bit value of this low half, or nothing for 0. */
    static void putHalf(final Field field, final long low) {
        final byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(low)
                .array();
        field.put(bytes, 0, low == 0 ? 0 : bytes.length);
    }

    static int currency(final String code) {
        return Currencies.byCode(code).number();
    }

    /**
     * Cuts a message to its length and binds it: the digest is of (space, type, id) whatever the key, the fingerprint
     * of all that was said but the key.
     */
    static UnsafeBuffer seal(final UnsafeBuffer buffer, final Deed.Head head, final int bodyLength) {
        final UnsafeBuffer message = new UnsafeBuffer(Arrays.copyOf(buffer.byteArray(), BODY + bodyLength));
        final EnvelopeEncoder envelope =
                new EnvelopeEncoder().wrap(message, BODY).atNs(head.atNs());
        final UUID said = UUID.nameUUIDFromBytes(message.byteArray());
        final String name = head.space() + '/' + message.getByte(Short.BYTES) + '/' + head.id();
        final UUID digest = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        envelope.keyIndex(head.key())
                .digestHigh(digest.getMostSignificantBits())
                .digestLow(digest.getLeastSignificantBits())
                .fingerprint(said.getMostSignificantBits());
        return message;
    }
}
