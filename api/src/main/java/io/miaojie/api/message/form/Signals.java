package io.miaojie.api.message.form;

import io.miaojie.api.digest.Fingerprint;
import io.miaojie.api.digest.PayerHash;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.Slice;
import io.miaojie.wire.codec.RiskSignal;

/**
 * What a payment was sent from: a device, an address, in words of the caller's. Only hashes leave the edge. Thread:
 * one.
 */
public final class Signals {
    private static final FieldType VALUE = FieldType.text(128);
    private static final String[] NAMES = {"device", "address"};
    private static final int[] NUMBERS = {RiskSignal.DEVICE.value(), RiskSignal.ADDRESS.value()};
    private static final int FINGERPRINT_NUMBER = 103;
    private static final int ENTRY_LENGTH = 1 + PayerHash.LENGTH;

    private final long[] values = new long[NAMES.length];
    private final byte[] hashes = new byte[NAMES.length * ENTRY_LENGTH];

    /** Reads the object that the reader stands on. */
    public void read(final JsonReader in) {
        long mask = 0;
        values[0] = values[1] = Slice.ABSENT;
        in.beginObject();
        for (String name = in.nextField(); name != null; name = in.nextField()) {
            final int place = NAMES[0].equals(name) ? 0 : 1;
            if (!NAMES[place].equals(name)) {
                throw in.unknownField();
            }
            mask = in.once(mask, 1L << place);
            values[place] = VALUE.reading().read(in);
        }
    }

    /**
     * Hashes what was sent, each behind the number of its signal.
     *
     * @return how many of the {@link #bytes} they are
     */
    public int hash(final PayerHash hash, final int merchantIndex, final byte[] text) {
        int length = 0;
        for (int place = 0; place < NAMES.length; place++) {
            if (values[place] != Slice.ABSENT) {
                hash.ofSignal(merchantIndex, NUMBERS[place], text, values[place]);
                hashes[length++] = (byte) NUMBERS[place];
                length = put(length, hash.low());
                length = put(length, hash.high());
            }
        }
        return length;
    }

    public byte[] bytes() {
        return hashes;
    }

    /** Adds the fields that were sent. */
    public void fingerprint(final Fingerprint out, final byte[] text) {
        for (int place = 0; place < NAMES.length; place++) {
            if (values[place] != Slice.ABSENT) {
                out.field(FINGERPRINT_NUMBER + place, text, Slice.offset(values[place]), Slice.length(values[place]));
            }
        }
    }

    private int put(final int at, final long half) {
        for (int i = 0; i < Long.BYTES; i++) {
            hashes[at + i] = (byte) (half >>> 8 * i);
        }
        return at + Long.BYTES;
    }
}
