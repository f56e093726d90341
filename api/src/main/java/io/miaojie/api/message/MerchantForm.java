package io.miaojie.api.message;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.Slice;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.codec.CreateMerchantCommandEncoder;

/** A new merchant as a client sends it, written as {@code CreateMerchantCommand}. */
public final class MerchantForm {
    private static final int NAME_LENGTH_MAX = 200;
    private static final int UTC_OFFSET_MINUTES = 480;
    private static final long ID = 1;
    private static final long NAME = 1 << 1;
    private static final long UTC_OFFSET = 1 << 2;
    private static final long CURRENCY = 1 << 3;
    private static final long ACTOR = 1 << 4;

    private final JsonReader in;
    private long mask;
    private long id;
    private long name;
    private long actor = Slice.ABSENT;
    private int utcOffsetMinutes = UTC_OFFSET_MINUTES;
    private int currency = Currencies.byCode("CNY").number();

    /** Reads the fields of the object that the reader has opened, to its end. */
    public MerchantForm(final JsonReader in) {
        this.in = in;
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            read(field);
        }
        in.close();
        if ((mask & ID) == 0) {
            throw in.missingField("id");
        }
        if ((mask & NAME) == 0) {
            throw in.missingField("name");
        }
    }

    /** Writes the command into the scratch. */
    public void write(final CommandScratch out, final ApiKey key) {
        final byte[] text = in.text();
        final CreateMerchantCommandEncoder encoder = new CreateMerchantCommandEncoder()
                .wrapAndApplyHeader(out.buffer(), 0, out.header)
                .utcOffsetMinutes((short) utcOffsetMinutes)
                .currency(currency)
                .putId(text, Slice.offset(id), Slice.length(id))
                .putName(text, Slice.offset(name), Slice.length(name))
                .putActor(text, Slice.offset(actor), Slice.length(actor));
        out.fingerprint.begin();
        if ((mask & UTC_OFFSET) != 0) {
            out.fingerprint.field(2, utcOffsetMinutes);
        }
        if ((mask & CURRENCY) != 0) {
            out.fingerprint.field(3, currency);
        }
        PaymentForm.slice(out.fingerprint, 11, text, name);
        PaymentForm.slice(out.fingerprint, 50, text, actor);
        out.identify(ApiKey.NO_MERCHANT, IdSpace.MERCHANT, text, Slice.ABSENT, id);
        out.seal(encoder.envelope(), key, out.fingerprint.end(), 0);
        out.end(encoder.encodedLength());
    }

    private void read(final String field) {
        switch (field) {
            case "id" -> {
                mask = in.once(mask, ID);
                id = in.id();
            }
            case "name" -> {
                mask = in.once(mask, NAME);
                name = in.text(NAME_LENGTH_MAX);
            }
            case "utc_offset_minutes" -> {
                mask = in.once(mask, UTC_OFFSET);
                utcOffsetMinutes = (int) in.integer(-720, 840);
            }
            case "actor" -> {
                mask = in.once(mask, ACTOR);
                actor = in.id();
            }
            case "currency" -> {
                mask = in.once(mask, CURRENCY);
                currency = in.currency();
            }
            default -> throw in.unknownField();
        }
    }
}
