package io.miaojie.api.message;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.Slice;
import io.miaojie.api.message.form.FieldType;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.codec.BindingMode;
import io.miaojie.wire.codec.CreateMerchantCommandEncoder;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A new merchant as a client sends it, written as {@code CreateMerchantCommand}. */
public final class MerchantForm {
    private static final int NAME_LENGTH_MAX = 200;
    private static final int UTC_OFFSET_MINUTES = 480;
    private static final long ID = 1;
    private static final long NAME = 1 << 1;
    private static final long UTC_OFFSET = 1 << 2;
    private static final long CURRENCY = 1 << 3;
    private static final long BINDING_MODE = 1 << 4;
    private static final long BINDING_DAYS = 1 << 5;
    private static final long REWARD_CAP = 1 << 6;
    private static final int PPM = 1_000_000;
    private static final int BINDING_DAYS_MAX = 3_660;
    private static final FieldType MODE = FieldType.word(Arrays.stream(BindingMode.values())
            .filter(mode -> mode != BindingMode.NULL_VAL && mode != BindingMode.SBE_UNKNOWN)
            .collect(Collectors.toMap(BindingMode::name, BindingMode::value)));
    private static final long ACTOR = 1 << 7;

    private final JsonReader in;
    private long mask;
    private long id;
    private long name;
    private long actor = Slice.ABSENT;
    private int utcOffsetMinutes = UTC_OFFSET_MINUTES;
    private int currency = Currencies.byCode("CNY").number();
    private BindingMode bindingMode = BindingMode.FIRST_TOUCH;
    private int bindingDays;
    private int rewardCapPpm = PPM;

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
        if (bindingMode == BindingMode.WINDOW && (mask & BINDING_DAYS) == 0) {
            throw in.missingField("binding_days");
        }
        if (bindingMode != BindingMode.WINDOW && (mask & BINDING_DAYS) != 0) {
            throw in.refuse(EdgeCode.INVALID_VALUE, "binding_days", "only with binding_mode WINDOW");
        }
    }

    /** Writes the command into the scratch. */
    public void write(final CommandScratch out, final ApiKey key) {
        final byte[] text = in.text();
        final CreateMerchantCommandEncoder encoder = new CreateMerchantCommandEncoder()
                .wrapAndApplyHeader(out.buffer(), 0, out.header)
                .utcOffsetMinutes((short) utcOffsetMinutes)
                .currency(currency)
                .bindingMode(bindingMode)
                .bindingDays(bindingDays)
                .rewardCapPpm(rewardCapPpm)
                .putId(text, Slice.offset(id), Slice.length(id))
                .putName(text, Slice.offset(name), Slice.length(name))
                .putActor(text, Slice.offset(actor), Slice.length(actor));
        out.fingerprint.begin();
        number(out, UTC_OFFSET, 2, utcOffsetMinutes);
        number(out, CURRENCY, 3, currency);
        number(out, BINDING_MODE, 4, bindingMode.value());
        number(out, BINDING_DAYS, 5, bindingDays);
        number(out, REWARD_CAP, 6, rewardCapPpm);
        PaymentForm.slice(out.fingerprint, 11, text, name);
        PaymentForm.slice(out.fingerprint, 50, text, actor);
        out.identify(ApiKey.NO_MERCHANT, IdSpace.MERCHANT, text, Slice.ABSENT, id);
        out.seal(encoder.envelope(), key, out.fingerprint.end(), 0);
        out.end(encoder.encodedLength());
    }

    private void number(final CommandScratch out, final long bit, final int number, final long value) {
        if ((mask & bit) != 0) {
            out.fingerprint.field(number, value);
        }
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
            default -> readRule(field);
        }
    }

    private void readRule(final String field) {
        switch (field) {
            case "binding_mode" -> {
                mask = in.once(mask, BINDING_MODE);
                bindingMode = BindingMode.get((short) MODE.reading().read(in));
            }
            case "binding_days" -> {
                mask = in.once(mask, BINDING_DAYS);
                bindingDays = (int) in.integer(1, BINDING_DAYS_MAX);
            }
            case "reward_cap_ppm" -> {
                mask = in.once(mask, REWARD_CAP);
                rewardCapPpm = (int) in.integer(0, PPM);
            }
            default -> throw in.unknownField();
        }
    }
}
