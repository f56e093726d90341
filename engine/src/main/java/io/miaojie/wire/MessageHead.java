package io.miaojie.wire;

import io.miaojie.wire.codec.EnvelopeDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;

/**
 * The head of a command or query that stands in an array from its first byte on: SBE's header, and the envelope with
 * which its body begins.
 *
 * <p>Errors: {@link IndexOutOfBoundsException} where the array is shorter than the head. Units: epoch nanoseconds.
 */
public final class MessageHead {
    /** Where the body begins. */
    public static final int BODY_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH;

    private static final int BLOCK_LENGTH_OFFSET = MessageHeaderDecoder.blockLengthEncodingOffset();
    private static final int TEMPLATE_ID_OFFSET = MessageHeaderDecoder.templateIdEncodingOffset();
    private static final int VERSION_OFFSET = MessageHeaderDecoder.versionEncodingOffset();
    private static final int KEY_INDEX_OFFSET = BODY_OFFSET + EnvelopeDecoder.keyIndexEncodingOffset();
    private static final int DIGEST_HIGH_OFFSET = BODY_OFFSET + EnvelopeDecoder.digestHighEncodingOffset();
    private static final int DIGEST_LOW_OFFSET = BODY_OFFSET + EnvelopeDecoder.digestLowEncodingOffset();
    private static final int FINGERPRINT_OFFSET = BODY_OFFSET + EnvelopeDecoder.fingerprintEncodingOffset();
    private static final int AT_NS_OFFSET = BODY_OFFSET + EnvelopeDecoder.atNsEncodingOffset();

    private MessageHead() {}

    /** Returns how long the fixed fields of the body are. */
    public static int blockLength(final byte[] message) {
        return LittleEndian.shortAt(message, BLOCK_LENGTH_OFFSET);
    }

    public static int templateId(final byte[] message) {
        return message[TEMPLATE_ID_OFFSET] & 0xFF;
    }

    /** Returns the version of the schema that the message was written by. */
    public static int version(final byte[] message) {
        return message[VERSION_OFFSET] & 0xFF;
    }

    /** Returns the place of the key that it was sent with. */
    public static int keyIndex(final byte[] message) {
        return LittleEndian.intAt(message, KEY_INDEX_OFFSET);
    }

    /** Returns the upper half of the digest of its id; both are 0 when it has none. */
    public static long digestHigh(final byte[] message) {
        return LittleEndian.longAt(message, DIGEST_HIGH_OFFSET);
    }

    /** Returns the lower half of the digest. */
    public static long digestLow(final byte[] message) {
        return LittleEndian.longAt(message, DIGEST_LOW_OFFSET);
    }

    /** Returns the hash of the fields that a repeat has to have too. */
    public static long fingerprint(final byte[] message) {
        return LittleEndian.longAt(message, FINGERPRINT_OFFSET);
    }

    /** Returns the business time, 0: none is said. */
    public static long atNs(final byte[] message) {
        return LittleEndian.longAt(message, AT_NS_OFFSET);
    }
}
