package io.miaojie.api.digest;

import io.miaojie.api.json.Slice;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The keyed hash by which the engine knows an outside identity: 128 bits of (merchant, type, app, value). The identity
 * itself never leaves the edge. Thread: one.
 */
public final class PayerHash {
    /** Bytes of a hash. */
    public static final int LENGTH = 16;

    // Far from the numbers of id spaces, which stand at the same place before the ids of writes.
    private static final byte DOMAIN = (byte) 0xF0;
    private static final int SIGNAL_DOMAIN = 0xF0;
    private static final int TEXTS_OFFSET = 5;

    private final SipHash hash;
    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[1024]);
    private int length;

    public PayerHash(final SipHash hash) {
        this.hash = hash;
    }

    /** Hashes an identity; each part is a {@link Slice} of the text, the app absent where there is none. */
    public PayerHash of(
            final int merchantIndex, final byte[] text, final long type, final long appId, final long value) {
        bytes.putInt(0, merchantIndex);
        bytes.putByte(Integer.BYTES, DOMAIN);
        length = TEXTS_OFFSET;
        add(text, type);
        add(text, appId);
        add(text, value);
        hash.hash(bytes, 0, length);
        return this;
    }

    /** Hashes what a payment was sent from: a kind of signal by its number, and a slice of the text. */
    public PayerHash ofSignal(final int merchantIndex, final int signal, final byte[] text, final long value) {
        bytes.putInt(0, merchantIndex);
        bytes.putByte(Integer.BYTES, (byte) (SIGNAL_DOMAIN + signal));
        length = TEXTS_OFFSET;
        add(text, value);
        hash.hash(bytes, 0, length);
        return this;
    }

    public long high() {
        return hash.high();
    }

    public long low() {
        return hash.low();
    }

    private void add(final byte[] text, final long slice) {
        bytes.putByte(length, (byte) Slice.length(slice));
        bytes.putBytes(length + 1, text, Slice.offset(slice), Slice.length(slice));
        length += 1 + Slice.length(slice);
    }
}
