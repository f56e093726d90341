package io.miaojie.api.message.form;

import io.miaojie.api.digest.Fingerprint;
import io.miaojie.api.digest.PayerHash;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.Slice;

/** Who paid, as the channel knows them: type, app and value. Only the hash of it leaves the edge. Thread: one. */
public final class Payer {
    /** What the channel calls somebody. */
    static final FieldType VALUE = FieldType.text(128);

    private static final long TYPE = 1;
    private static final long APP_ID = 1 << 1;
    private static final int TYPE_NUMBER = 100;
    private static final int APP_ID_NUMBER = 101;
    private static final int VALUE_NUMBER = 102;
    private static final long VALUE_BIT = 1 << 2;

    private final byte[] hashBytes = new byte[PayerHash.LENGTH];
    private long type;
    private long appId;
    private long value;

    /** Reads the object that the reader stands on. */
    public void read(final JsonReader in) {
        long mask = 0;
        appId = Slice.ABSENT;
        in.beginObject();
        for (String name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "type" -> {
                    mask = in.once(mask, TYPE);
                    type = in.id();
                }
                case "app_id" -> {
                    mask = in.once(mask, APP_ID);
                    appId = in.id();
                }
                case "value" -> {
                    mask = in.once(mask, VALUE_BIT);
                    value = VALUE.reading().read(in);
                }
                default -> throw in.unknownField();
            }
        }
        if ((mask & TYPE) == 0) {
            throw in.missingField("type");
        }
        if ((mask & VALUE_BIT) == 0) {
            throw in.missingField("value");
        }
    }

    /** Returns the hash, low half first, each half little-endian; valid until the next. */
    public byte[] hash(final PayerHash hash, final int merchantIndex, final byte[] text) {
        hash.of(merchantIndex, text, type, appId, value);
        for (int i = 0; i < Long.BYTES; i++) {
            hashBytes[i] = (byte) (hash.low() >>> 8 * i);
            hashBytes[Long.BYTES + i] = (byte) (hash.high() >>> 8 * i);
        }
        return hashBytes;
    }

    /** Adds the fields that were sent. */
    public void fingerprint(final Fingerprint out, final byte[] text) {
        out.field(TYPE_NUMBER, text, Slice.offset(type), Slice.length(type));
        if (appId != Slice.ABSENT) {
            out.field(APP_ID_NUMBER, text, Slice.offset(appId), Slice.length(appId));
        }
        out.field(VALUE_NUMBER, text, Slice.offset(value), Slice.length(value));
    }
}
