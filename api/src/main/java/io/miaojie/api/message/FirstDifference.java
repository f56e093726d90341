package io.miaojie.api.message;

import io.miaojie.api.directory.CampaignDefinition;
import io.miaojie.api.directory.Text;
import io.miaojie.wire.codec.ChangeCampaignStateCommandDecoder;
import io.miaojie.wire.codec.CreateKeyCommandDecoder;
import io.miaojie.wire.codec.CreateMerchantCommandDecoder;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder;
import io.miaojie.wire.codec.EnvelopeDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import io.miaojie.wire.codec.RevokeKeyCommandDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Where a command differs from the one that took its id first, as a pointer into the body. Cold: it may allocate. */
public final class FirstDifference {
    /** A field that one sent and the other left to its default differs nowhere in the command. */
    private static final String WHOLE_BODY = "";

    private static final int TEMPLATE_ID_OFFSET = 2;

    private FirstDifference() {}

    /** Returns the pointer of the first field that differs; the empty pointer when only what was left out differs. */
    public static String pointer(
            final DirectBuffer command, final int offset, final DirectBuffer first, final int firstOffset) {
        final Map<String, Object> mine = fields(command, offset);
        final Map<String, Object> theirs = fields(first, firstOffset);
        for (final Map.Entry<String, Object> field : mine.entrySet()) {
            if (!field.getValue().equals(theirs.remove(field.getKey()))) {
                return field.getKey();
            }
        }
        return theirs.keySet().stream().findFirst().orElse(WHOLE_BODY);
    }

    private static Map<String, Object> fields(final DirectBuffer buffer, final int offset) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final Map<String, Object> fields = new LinkedHashMap<>();
        switch (buffer.getByte(offset + TEMPLATE_ID_OFFSET)) {
            case PaymentCommandDecoder.TEMPLATE_ID ->
                payment(fields, new PaymentCommandDecoder().wrapAndApplyHeader(buffer, offset, header));
            case DefineCampaignCommandDecoder.TEMPLATE_ID ->
                campaign(fields, new DefineCampaignCommandDecoder().wrapAndApplyHeader(buffer, offset, header));
            case CreateMerchantCommandDecoder.TEMPLATE_ID ->
                merchant(fields, new CreateMerchantCommandDecoder().wrapAndApplyHeader(buffer, offset, header));
            case CreateKeyCommandDecoder.TEMPLATE_ID ->
                key(fields, new CreateKeyCommandDecoder().wrapAndApplyHeader(buffer, offset, header));
            case ChangeCampaignStateCommandDecoder.TEMPLATE_ID, RevokeKeyCommandDecoder.TEMPLATE_ID ->
                fields.put(WHOLE_BODY, "");
            default -> throw new IllegalStateException("not a command that binds an id");
        }
        return fields;
    }

    private static void payment(final Map<String, Object> fields, final PaymentCommandDecoder in) {
        final EnvelopeDecoder envelope = in.envelope();
        fields.put("/amount", in.amountMinor());
        fields.put("/currency", in.currency());
        fields.put("/paid_at", envelope.atNs());
        fields.put("/instalment", in.instalment());
        fields.put("/shipping_amount", in.shippingMinor());
        int place = 0;
        for (final PaymentCommandDecoder.LinesDecoder line : in.lines()) {
            final String path = "/lines/" + place++;
            fields.put(path + "/amount", line.amountMinor());
            fields.put(path + "/quantity", line.quantity());
            fields.put(path + "/line_id", Text.of(line.lineIdLength(), line::getLineId));
            fields.put(path + "/sku", Text.of(line.skuLength(), line::getSku));
            fields.put(path + "/category", Text.of(line.categoryLength(), line::getCategory));
            fields.put(path + "/seller_id", Text.of(line.sellerIdLength(), line::getSellerId));
        }
        in.skipId();
        in.skipSource();
        fields.put("/order_id", Text.of(in.orderIdLength(), in::getOrderId));
        fields.put("/member_id", Text.of(in.memberIdLength(), in::getMemberId));
        fields.put("/channel", Text.of(in.channelLength(), in::getChannel));
        fields.put("/store_id", Text.of(in.storeIdLength(), in::getStoreId));
        fields.put("/clerk_id", Text.of(in.clerkIdLength(), in::getClerkId));
        fields.put("/share_token", Text.of(in.shareTokenLength(), in::getShareToken));
        fields.put("/metadata", Text.of(in.metadataLength(), in::getMetadata));
    }

    private static void campaign(final Map<String, Object> fields, final DefineCampaignCommandDecoder in) {
        final CampaignDefinition definition = CampaignDefinition.of(in);
        fields.put("/kind", definition.kind());
        fields.put("/currency", definition.currency());
        fields.put("/terms", definition.terms() + "" + definition.names());
        fields.put("/budget", definition.budget());
        fields.put("/starts_at", definition.startsAtNs());
        fields.put("/ends_at", definition.endsAtNs());
        fields.put("/funder", definition.funder());
        fields.put("/channels", definition.channels());
        fields.put("/stores", definition.stores());
        fields.put("/metadata", definition.metadata());
        fields.put("/actor", Text.of(in.actorLength(), in::getActor));
    }

    private static void merchant(final Map<String, Object> fields, final CreateMerchantCommandDecoder in) {
        fields.put("/utc_offset_minutes", in.utcOffsetMinutes());
        fields.put("/currency", in.currency());
        in.skipId();
        fields.put("/name", Text.of(in.nameLength(), in::getName));
        fields.put("/actor", Text.of(in.actorLength(), in::getActor));
    }

    private static void key(final Map<String, Object> fields, final CreateKeyCommandDecoder in) {
        fields.put("/role", in.role());
        in.skipId();
        fields.put("/merchant_id", Text.of(in.merchantIdLength(), in::getMerchantId));
        fields.put("/store_id", Text.of(in.storeIdLength(), in::getStoreId));
        fields.put("/actor", Text.of(in.actorLength(), in::getActor));
    }
}
