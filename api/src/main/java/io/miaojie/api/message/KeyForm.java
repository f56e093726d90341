package io.miaojie.api.message;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.directory.SecretHash;
import io.miaojie.api.directory.Text;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.json.Slice;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.wire.codec.CreateKeyCommandDecoder;
import io.miaojie.wire.codec.CreateKeyCommandEncoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.Role;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.agrona.DirectBuffer;

/** A new API key as a client sends it, written as {@code CreateKeyCommand}. */
public final class KeyForm {
    private static final long ID = 1;
    private static final long MERCHANT_ID = 1 << 1;
    private static final long ROLE = 1 << 2;
    private static final long STORE_ID = 1 << 3;
    private static final long ACTOR = 1 << 4;

    private final JsonReader in;
    private long mask;
    private long id;
    private long merchantId;
    private long storeId;
    private long actor = Slice.ABSENT;
    private Role role;

    /** Reads the fields of the object that the reader has opened, to its end. */
    public KeyForm(final JsonReader in) {
        this.in = in;
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            read(field);
        }
        in.close();
        require(ID, "id");
        require(MERCHANT_ID, "merchant_id");
        require(ROLE, "role");
    }

    public String merchantId() {
        return new String(in.text(), Slice.offset(merchantId), Slice.length(merchantId), StandardCharsets.US_ASCII);
    }

    /**
     * Writes the command into the scratch.
     *
     * @param merchantIndex of the merchant named; the ids of keys are the merchant's
     * @param sha256 of the secret; not part of what a repeat is compared by
     */
    public void write(final CommandScratch out, final ApiKey key, final int merchantIndex, final byte[] sha256) {
        final byte[] text = in.text();
        final CreateKeyCommandEncoder encoder = new CreateKeyCommandEncoder()
                .wrapAndApplyHeader(out.buffer(), 0, out.header)
                .role(role);
        for (int i = 0; i < SecretHash.LENGTH; i++) {
            encoder.secretHash(i, (short) (sha256[i] & 0xFF));
        }
        encoder.putId(text, Slice.offset(id), Slice.length(id))
                .putMerchantId(text, Slice.offset(merchantId), Slice.length(merchantId))
                .putStoreId(text, Slice.offset(storeId), Slice.length(storeId))
                .putActor(text, Slice.offset(actor), Slice.length(actor));
        out.fingerprint.begin().field(2, role.value());
        PaymentForm.slice(out.fingerprint, 11, text, merchantId);
        PaymentForm.slice(out.fingerprint, 12, text, storeId);
        PaymentForm.slice(out.fingerprint, 50, text, actor);
        out.identify(merchantIndex, IdSpace.KEY, text, Slice.ABSENT, id);
        out.seal(encoder.envelope(), key, out.fingerprint.end(), 0);
        out.end(encoder.encodedLength());
    }

    /** Writes what a {@code CreateKeyCommand} says, but for the hash, into an object that was begun. */
    public static void describe(final DirectBuffer command, final JsonWriter out) {
        final CreateKeyCommandDecoder in =
                new CreateKeyCommandDecoder().wrapAndApplyHeader(command, 0, new MessageHeaderDecoder());
        final String role = in.role().name().toLowerCase(Locale.ROOT);
        out.field("id", Text.of(in.idLength(), in::getId))
                .field("merchant_id", Text.of(in.merchantIdLength(), in::getMerchantId))
                .field("role", role);
        if (in.storeIdLength() > 0) {
            out.field("store_id", Text.of(in.storeIdLength(), in::getStoreId));
        }
    }

    private void read(final String field) {
        switch (field) {
            case "id" -> {
                mask = in.once(mask, ID);
                id = in.id();
            }
            case "merchant_id" -> {
                mask = in.once(mask, MERCHANT_ID);
                merchantId = in.id();
            }
            case "role" -> {
                mask = in.once(mask, ROLE);
                role = role();
            }
            case "actor" -> {
                mask = in.once(mask, ACTOR);
                actor = in.id();
            }
            case "store_id" -> {
                mask = in.once(mask, STORE_ID);
                storeId = in.id();
            }
            default -> throw in.unknownField();
        }
    }

    private Role role() {
        return switch (in.word()) {
            case "read" -> Role.READ;
            case "ingest" -> Role.INGEST;
            case "operate" -> Role.OPERATE;
            case "admin" -> Role.ADMIN;
            default -> throw in.refuse(EdgeCode.INVALID_VALUE, "read, ingest, operate or admin");
        };
    }

    private void require(final long bit, final String name) {
        if ((mask & bit) == 0) {
            throw in.missingField(name);
        }
    }
}
