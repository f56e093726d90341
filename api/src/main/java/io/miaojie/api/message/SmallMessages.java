package io.miaojie.api.message;

import io.miaojie.api.digest.Fingerprint;
import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.Slice;
import io.miaojie.wire.codec.AccountsQueryEncoder;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.ChangeCampaignStateCommandEncoder;
import io.miaojie.wire.codec.EnvelopeEncoder;
import io.miaojie.wire.codec.InstanceQueryEncoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.RevokeKeyCommandEncoder;
import io.miaojie.wire.codec.RiskRulesQueryEncoder;
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

    /** Writes a query for a campaign that sells, or with an id, for one instance of it. */
    public static void instanceQuery(
            final CommandScratch out, final ApiKey key, final String campaignId, final String instanceId) {
        final byte[] campaign = ascii(campaignId);
        final byte[] instance = ascii(instanceId);
        final InstanceQueryEncoder encoder = new InstanceQueryEncoder()
                .wrapAndApplyHeader(out.buffer(), 0, out.header)
                .putCampaignId(campaign, 0, campaign.length)
                .putInstanceId(instance, 0, instance.length);
        out.seal(encoder.envelope(), key);
        out.end(encoder.encodedLength());
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

    /** Writes a query for the merchant's rules of risk. */
    public static void riskRulesQuery(final CommandScratch out, final ApiKey key) {
        final RiskRulesQueryEncoder encoder =
                new RiskRulesQueryEncoder().wrapAndApplyHeader(out.buffer(), 0, out.header);
        out.seal(encoder.envelope(), key);
        out.end(encoder.encodedLength());
    }

    /** Writes a revocation: its own id is that of the key, so a repeat is a repeat. */
    public static void revokeKey(
            final CommandScratch out,
            final ApiKey key,
            final int merchantIndex,
            final String merchantId,
            final String id,
            final String actor) {
        final byte[] text = ascii(id);
        final byte[] merchant = ascii(merchantId);
        final byte[] who = ascii(actor);
        final RevokeKeyCommandEncoder encoder = new RevokeKeyCommandEncoder()
                .wrapAndApplyHeader(out.buffer(), 0, out.header)
                .putId(text, 0, text.length)
                .putMerchantId(merchant, 0, merchant.length)
                .putActor(who, 0, who.length);
        out.identify(merchantIndex, IdSpace.KEY_REVOCATION, text, Slice.ABSENT, Slice.of(0, text.length));
        final long fields = actor(out.fingerprint.begin().field(11, merchant, 0, merchant.length), who)
                .end();
        out.seal(encoder.envelope(), key, fields, 0);
        out.end(encoder.encodedLength());
    }

    /**
     * A request that says nothing but its id and who sends it.
     *
     * @param actor empty: not said
     */
    public record Request(String id, String actor) {
        /** Reads the fields of the object that the reader has opened, to its end. */
        public static Request of(final JsonReader in) {
            long mask = 0;
            long id = Slice.ABSENT;
            long actor = Slice.ABSENT;
            for (String field = in.nextField(); field != null; field = in.nextField()) {
                if ("id".equals(field)) {
                    mask = in.once(mask, 1);
                    id = in.id();
                } else if ("actor".equals(field)) {
                    mask = in.once(mask, 2);
                    actor = in.id();
                } else {
                    throw in.unknownField();
                }
            }
            in.close();
            if (id == Slice.ABSENT) {
                throw in.missingField("id");
            }
            return new Request(text(in, id), text(in, actor));
        }

        private static String text(final JsonReader in, final long slice) {
            return new String(in.text(), Slice.offset(slice), Slice.length(slice), StandardCharsets.US_ASCII);
        }
    }

    public static void campaignState(
            final CommandScratch out,
            final ApiKey key,
            final Request sent,
            final String campaignId,
            final CampaignState state) {
        final byte[] request = ascii(sent.id());
        final byte[] who = ascii(sent.actor());
        final byte[] campaign = ascii(campaignId);
        final ChangeCampaignStateCommandEncoder encoder = new ChangeCampaignStateCommandEncoder()
                .wrapAndApplyHeader(out.buffer(), 0, out.header)
                .state(state)
                .putRequestId(request, 0, request.length)
                .putId(campaign, 0, campaign.length)
                .putActor(who, 0, who.length);
        out.identify(key.merchantIndex(), IdSpace.CAMPAIGN_STATE, request, Slice.ABSENT, Slice.of(0, request.length));
        final long fields = actor(
                        out.fingerprint.begin().field(2, state.value()).field(11, campaign, 0, campaign.length), who)
                .end();
        out.seal(encoder.envelope(), key, fields, 0);
        out.end(encoder.encodedLength());
    }

    /** A field that was not sent is not part of a fingerprint. */
    private static Fingerprint actor(final Fingerprint fields, final byte[] who) {
        return who.length == 0 ? fields : fields.field(50, who, 0, who.length);
    }

    private static byte[] ascii(final String id) {
        return id.getBytes(StandardCharsets.US_ASCII);
    }
}
