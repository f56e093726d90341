package io.miaojie.api.digest;

import java.nio.ByteOrder;
import org.agrona.ExpandableArrayBuffer;

/**
 * 64 bits over the fields that a client sent, each with its number, in the order of the numbers, so that the order of
 * the fields in the JSON does not matter and a field added to the API later changes nothing. Numbers are little endian
 * on every machine: a journal moves between them. Thread: one.
 */
public final class Fingerprint {
    private final SipHash hash;
    private final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer(1024);
    private int length;

    public Fingerprint(final SipHash hash) {
        this.hash = hash;
    }

    /** Forgets all fields. */
    public Fingerprint begin() {
        length = 0;
        return this;
    }

    public Fingerprint field(final int number, final long value) {
        bytes.putByte(length, (byte) number);
        bytes.putLong(length + 1, value, ByteOrder.LITTLE_ENDIAN);
        length += 1 + Long.BYTES;
        return this;
    }

    public Fingerprint field(final int number, final byte[] source, final int offset, final int count) {
        bytes.putByte(length, (byte) number);
        bytes.putInt(length + 1, count, ByteOrder.LITTLE_ENDIAN);
        bytes.putBytes(length + 1 + Integer.BYTES, source, offset, count);
        length += 1 + Integer.BYTES + count;
        return this;
    }

    /** Returns the fingerprint of the fields since {@link #begin}. */
    public long end() {
        hash.hash(bytes, 0, length);
        return hash.high();
    }
}
