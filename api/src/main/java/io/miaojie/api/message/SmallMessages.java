package io.miaojie.api.message;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.Slice;
import io.miaojie.wire.codec.AccountsQueryEncoder;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.ChangeCampaignStateCommandEncoder;
import io.miaojie.wire.codec.EnvelopeEncoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.RevokeKeyCommandEncoder;
import java.nio.charset.StandardCharsets;

/** Messages that are made of a path and little else: queries, a revocation, a change of state. */
public final class SmallMessages {
    private SmallMessages() {}

    /** Writes a query whose one field, behind the envelope, is an id. */
    public static void query(final CommandScratch out, final ApiKey key, final int templateId, final String id) {
        final byte[] text = ascii(id);
        out.begin(templateId, EnvelopeEncoder.ENCODED_LENGTH);
        final int at = MessageHeaderEncoder.ENCODED_LENGTH;
        out.seal(new EnvelopeEncoder().wrap(out.buffer(), at), key);
        out.buffer().putByte(at + EnvelopeEncoder.ENCODED_LENGTH, (byte) text.length);
        out.buffer().putBytes(at + EnvelopeEncoder.ENCODED_LENGTH + 1, text);
        out.end(EnvelopeEncoder.ENCODED_LENGTH + 1 + text.length);
    }

    /** Writes a query for the merchant's accounts from this place on. */
    public static void accountsQuery(
            final CommandScratch out, final ApiKey key, final int from, final int accountsMax) {
        final AccountsQueryEncoder encoder = new AccountsQueryEncoder()
                .wrapAndApplyHeader(out.buffer(), 0, out.header)
                .from(from)
                .accountsMax(accountsMax);
        out.seal(encoder.envelope(), key);
        out.end(encoder.encodedLength());
    }

    /** Writes a revocation: its own id is that of the key, so a repeat is a repeat. */
    public static void revokeKey(
            final CommandScratch out,
            final ApiKey key,
            final int merchantIndex,
            final String merchantId,
            final String id) {
        final byte[] text = ascii(id);
        final byte[] merchant = ascii(merchantId);
        final RevokeKeyCommandEncoder encoder = new RevokeKeyCommandEncoder()
                .wrapAndApplyHeader(out.buffer(), 0, out.header)
                .putId(text, 0, text.length)
                .putMerchantId(merchant, 0, merchant.length);
        out.identify(merchantIndex, IdSpace.KEY_REVOCATION, text, Slice.ABSENT, Slice.of(0, text.length));
        final long fields =
                out.fingerprint.begin().field(11, merchant, 0, merchant.length).end();
        out.seal(encoder.envelope(), key, fields, 0);
        out.end(encoder.encodedLength());
    }

    /** Reads a body that holds only the {@code id} of the request, and returns it. */
    public static String requestId(final JsonReader in) {
        long mask = 0;
        long id = Slice.ABSENT;
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            if (!"id".equals(field)) {
                throw in.unknownField();
            }
            mask = in.once(mask, 1);
            id = in.id();
        }
        in.close();
        if (mask == 0) {
            throw in.missingField("id");
        }
        return new String(in.text(), Slice.offset(id), Slice.length(id), StandardCharsets.US_ASCII);
    }

    public static void campaignState(
            final CommandScratch out,
            final ApiKey key,
            final String requestId,
            final String campaignId,
            final CampaignState state) {
        final byte[] request = ascii(requestId);
        final byte[] campaign = ascii(campaignId);
        final ChangeCampaignStateCommandEncoder encoder = new ChangeCampaignStateCommandEncoder()
                .wrapAndApplyHeader(out.buffer(), 0, out.header)
                .state(state)
                .putRequestId(request, 0, request.length)
                .putId(campaign, 0, campaign.length);
        out.identify(key.merchantIndex(), IdSpace.CAMPAIGN_STATE, request, Slice.ABSENT, Slice.of(0, request.length));
        final long fields = out.fingerprint
                .begin()
                .field(2, state.value())
                .field(11, campaign, 0, campaign.length)
                .end();
        out.seal(encoder.envelope(), key, fields, 0);
        out.end(encoder.encodedLength());
    }

    private static byte[] ascii(final String id) {
        return id.getBytes(StandardCharsets.US_ASCII);
    }
}
