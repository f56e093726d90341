package io.miaojie.api.message;

import io.miaojie.api.digest.Fingerprint;
import io.miaojie.api.digest.PayerHash;
import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.Slice;
import io.miaojie.api.message.form.FieldType;
import io.miaojie.api.message.form.Payer;
import io.miaojie.api.message.form.Signals;
import io.miaojie.api.message.form.Sources;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.wire.codec.Instalment;
import io.miaojie.wire.codec.PaymentCommandEncoder;

/**
 * A payment as a client sends it: read from JSON, written as {@code PaymentCommand}. Used again for each payment of one
 * event loop. Allocates: nothing once grown.
 */
public final class PaymentForm {
    private static final byte[] NOTHING = {};
    private static final long TYPE = 1;
    private static final long ID = 1 << 1;
    private static final long SOURCE = 1 << 2;
    private static final long ORDER_ID = 1 << 3;
    private static final long INSTALMENT = 1 << 4;
    private static final long AMOUNT = 1 << 5;
    private static final long CURRENCY = 1 << 6;
    private static final long PAID_AT = 1 << 7;
    private static final long MEMBER_ID = 1 << 8;
    private static final long LINES = 1 << 9;
    private static final long SHIPPING = 1 << 10;
    private static final long CHANNEL = 1 << 11;
    private static final long STORE_ID = 1 << 12;
    private static final long CLERK_ID = 1 << 13;
    private static final long SHARE_TOKEN = 1 << 14;
    private static final long METADATA = 1 << 15;
    private static final long PAYER = 1 << 16;
    private static final long TYPE_NOT_HERE = 1 << 17;
    private static final long SIGNALS = 1 << 18;

    private final PaymentLines lines = new PaymentLines();
    private final Payer payer = new Payer();
    private final Signals signals = new Signals();
    private final PayerHash payerHash;
    private final PaymentCommandEncoder encoder = new PaymentCommandEncoder();
    private JsonReader in;
    private long mask;
    private long id;
    private long source;
    private long orderId;
    private long memberId;
    private long channel;
    private long storeId;
    private long clerkId;
    private long shareToken;
    private long metadata;
    private long amount;
    private long shipping;
    private long paidAtNs;
    private int currency;
    private Instalment instalment;

    public PaymentForm(final PayerHash payerHash) {
        this.payerHash = payerHash;
    }

    /**
     * Reads the fields of the object that the reader has opened, to its end.
     *
     * @param isEvent whether a {@code type} stands among the fields, as in bulk; the caller has judged it
     */
    public void read(final JsonReader reader, final boolean isEvent) {
        clear(reader);
        mask = isEvent ? 0 : TYPE_NOT_HERE;
        for (String name = in.nextField(); name != null; name = in.nextField()) {
            read(name);
        }
        in.close();
        require(ID, "id");
        require(ORDER_ID, "order_id");
        require(AMOUNT, "amount");
        require(CURRENCY, "currency");
        require(PAID_AT, "paid_at");
        final long sum = lines.sum() + shipping;
        if (sum > JsonReader.AMOUNT_MAX) {
            throw new BadInput(EdgeCode.OUT_OF_RANGE, "/lines", "lines and shipping exceed " + JsonReader.AMOUNT_MAX);
        }
    }

    /** Forgets the id of the payment before. */
    public void forget() {
        id = Slice.ABSENT;
    }

    /** Returns the slice of the id, absent when reading broke off before it. */
    public long id() {
        return id;
    }

    /**
     * Writes the command into the scratch.
     *
     * @param random what random terms draw from; empty when the merchant has none
     */
    public void write(final CommandScratch out, final ApiKey key, final byte[] random) {
        final byte[] text = in.text();
        encoder.wrapAndApplyHeader(out.buffer(), 0, out.header)
                .amountMinor(amount)
                .shippingMinor(shipping)
                .currency(currency)
                .instalment(instalment);
        lines.write(encoder, text);
        encoder.putId(text, Slice.offset(id), Slice.length(id))
                .putSource(text, Slice.offset(source), Slice.length(source))
                .putOrderId(text, Slice.offset(orderId), Slice.length(orderId))
                .putMemberId(text, Slice.offset(memberId), Slice.length(memberId))
                .putChannel(text, Slice.offset(channel), Slice.length(channel))
                .putStoreId(text, Slice.offset(storeId), Slice.length(storeId))
                .putClerkId(text, Slice.offset(clerkId), Slice.length(clerkId))
                .putShareToken(text, Slice.offset(shareToken), Slice.length(shareToken))
                .putMetadata(text, Slice.offset(metadata), Slice.length(metadata));
        final byte[] hash = has(PAYER) ? payer.hash(payerHash, key.merchantIndex(), text) : NOTHING;
        encoder.putPayer(hash, 0, hash.length).putRandom(random, 0, random.length);
        final int signalsLength = has(SIGNALS) ? signals.hash(payerHash, key.merchantIndex(), text) : 0;
        if (signalsLength > 0) { // a payment without signals is no byte longer for them
            encoder.putSignals(signals.bytes(), 0, signalsLength);
        }
        out.identify(key.merchantIndex(), IdSpace.PAYMENT, text, source, id);
        out.seal(encoder.envelope(), key, fingerprint(out.fingerprint, text), paidAtNs);
        out.end(encoder.encodedLength());
    }

    /** Returns whether the key may send this payment: a key of one store sends payments of that store only. */
    public boolean isCoveredBy(final ApiKey key) {
        return key.covers(in.text(), Slice.offset(storeId), Slice.length(storeId));
    }

    private void read(final String name) {
        switch (name) {
            case "id" -> {
                once(ID);
                id = in.id();
            }
            case "source" -> {
                once(SOURCE);
                source = Sources.SOURCE.reading().read(in);
            }
            case "order_id" -> {
                once(ORDER_ID);
                orderId = in.id();
            }
            case "instalment" -> {
                once(INSTALMENT);
                instalment = instalment();
            }
            case "amount" -> {
                once(AMOUNT);
                amount = in.amount();
            }
            case "currency" -> {
                once(CURRENCY);
                currency = in.currency();
            }
            case "paid_at" -> {
                once(PAID_AT);
                paidAtNs = in.time();
            }
            case "member_id" -> {
                once(MEMBER_ID);
                memberId = in.id();
            }
            default -> readOptional(name);
        }
    }

    private void readOptional(final String name) {
        switch (name) {
            case "lines" -> {
                once(LINES);
                lines.read(in);
            }
            case "shipping_amount" -> {
                once(SHIPPING);
                shipping = in.amount();
            }
            case "channel" -> {
                once(CHANNEL);
                channel = in.id();
            }
            case "store_id" -> {
                once(STORE_ID);
                storeId = in.id();
            }
            case "clerk_id" -> {
                once(CLERK_ID);
                clerkId = in.id();
            }
            case "share_token" -> {
                once(SHARE_TOKEN);
                shareToken = in.id();
            }
            case "payer" -> {
                once(PAYER);
                payer.read(in);
            }
            case "signals" -> {
                once(SIGNALS);
                signals.read(in);
            }
            case "metadata" -> {
                once(METADATA);
                metadata = in.json(FieldType.METADATA_LENGTH_MAX);
            }
            default -> readType(name);
        }
    }

    private void readType(final String name) {
        if (!"type".equals(name) || (mask & TYPE_NOT_HERE) != 0) {
            throw in.unknownField();
        }
        once(TYPE);
        in.word();
    }

    private void once(final long bit) {
        mask = in.once(mask, bit);
    }

    private void require(final long bit, final String name) {
        if ((mask & bit) == 0) {
            throw in.missingField(name);
        }
    }

    private Instalment instalment() {
        return switch (in.word()) {
            case "full" -> Instalment.FULL;
            case "deposit" -> Instalment.DEPOSIT;
            case "balance" -> Instalment.BALANCE;
            default -> throw in.refuse(EdgeCode.INVALID_VALUE, "full, deposit or balance");
        };
    }

    /** Field numbers are those of {@code PaymentCommand} in the schema; the id and its source are in the digest. */
    private long fingerprint(final Fingerprint out, final byte[] text) {
        out.begin();
        number(out, PAID_AT, 1, paidAtNs);
        number(out, AMOUNT, 2, amount);
        number(out, SHIPPING, 3, shipping);
        number(out, CURRENCY, 4, currency);
        number(out, INSTALMENT, 5, instalment.value());
        if ((mask & LINES) != 0) {
            lines.fingerprint(out, text);
        }
        slice(out, 32, text, orderId);
        slice(out, 33, text, memberId);
        slice(out, 34, text, channel);
        slice(out, 35, text, storeId);
        slice(out, 36, text, clerkId);
        slice(out, 37, text, shareToken);
        slice(out, 38, text, metadata);
        if (has(PAYER)) {
            payer.fingerprint(out, text);
        }
        if (has(SIGNALS)) {
            signals.fingerprint(out, text);
        }
        return out.end();
    }

    private boolean has(final long bit) {
        return (mask & bit) != 0;
    }

    private void number(final Fingerprint out, final long bit, final int number, final long value) {
        if (has(bit)) {
            out.field(number, value);
        }
    }

    static void slice(final Fingerprint out, final int number, final byte[] text, final long slice) {
        if (slice != Slice.ABSENT) {
            out.field(number, text, Slice.offset(slice), Slice.length(slice));
        }
    }

    private void clear(final JsonReader reader) {
        in = reader;
        mask = 0;
        id = source = orderId = memberId = channel = storeId = clerkId = shareToken = metadata = Slice.ABSENT;
        shipping = 0;
        instalment = Instalment.FULL;
        lines.clear();
    }
}
