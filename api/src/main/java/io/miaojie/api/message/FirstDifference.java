package io.miaojie.api.message;

import io.miaojie.api.directory.CampaignDefinition;
import io.miaojie.api.directory.DirectoryFeed;
import io.miaojie.api.directory.Text;
import io.miaojie.api.message.form.CommandReader;
import io.miaojie.api.message.form.Form;
import io.miaojie.api.message.form.Forms;
import io.miaojie.wire.codec.ActionCommandDecoder;
import io.miaojie.wire.codec.ChangeCampaignStateCommandDecoder;
import io.miaojie.wire.codec.CreateKeyCommandDecoder;
import io.miaojie.wire.codec.CreateMerchantCommandDecoder;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.RevokeKeyCommandDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Where a command differs from the one that took its id first, as a pointer into the body. Cold: it may allocate. */
public final class FirstDifference {
    /** A field that one sent and the other left to its default differs nowhere in the command. */
    private static final String WHOLE_BODY = "";

    private static final String ARGUMENTS = "/arguments";

    private FirstDifference() {}

    /** Returns the pointer of the first field that differs; the empty pointer when only what was left out differs. */
    public static String pointer(
            final DirectBuffer command, final DirectBuffer first, final int firstOffset, final int firstEnd) {
        final Map<String, Object> mine = fields(command, 0, command.capacity());
        final Map<String, Object> theirs = fields(first, firstOffset, firstEnd);
        for (final Map.Entry<String, Object> field : mine.entrySet()) {
            if (!field.getValue().equals(theirs.remove(field.getKey()))) {
                return field.getKey();
            }
        }
        return theirs.keySet().stream().findFirst().orElse(WHOLE_BODY);
    }

    private static Map<String, Object> fields(final DirectBuffer buffer, final int offset, final int end) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final Map<String, Object> fields = new LinkedHashMap<>();
        switch (DirectoryFeed.templateId(buffer, offset)) {
            case DefineCampaignCommandDecoder.TEMPLATE_ID ->
                campaign(fields, new DefineCampaignCommandDecoder().wrapAndApplyHeader(buffer, offset, header));
            case CreateMerchantCommandDecoder.TEMPLATE_ID ->
                merchant(fields, new CreateMerchantCommandDecoder().wrapAndApplyHeader(buffer, offset, header));
            case CreateKeyCommandDecoder.TEMPLATE_ID ->
                key(fields, new CreateKeyCommandDecoder().wrapAndApplyHeader(buffer, offset, header));
            case ChangeCampaignStateCommandDecoder.TEMPLATE_ID, RevokeKeyCommandDecoder.TEMPLATE_ID ->
                fields.put(WHOLE_BODY, "");
            case ActionCommandDecoder.TEMPLATE_ID -> action(fields, ofForm(buffer, offset, end));
            default -> fields.putAll(ofForm(buffer, offset, end));
        }
        return fields;
    }

    /** Arguments are sent by name and stand by number: they are told as one. */
    private static void action(final Map<String, Object> fields, final Map<String, Object> read) {
        read.forEach((pointer, value) -> fields.merge(
                pointer.startsWith(ARGUMENTS) ? ARGUMENTS : pointer, value, (one, other) -> one + "," + other));
    }

    private static Map<String, Object> ofForm(final DirectBuffer buffer, final int offset, final int end) {
        final Form form = Forms.of(DirectoryFeed.templateId(buffer, offset));
        if (form == null) {
            throw new IllegalStateException("not a command that binds an id");
        }
        return CommandReader.fields(form, buffer, offset, end);
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
        fields.put("/priority", definition.stacking().priority());
        fields.put("/exclusive_group", definition.stacking().exclusiveGroup());
        fields.put("/instant_ppm", definition.hold().instantPpm());
        fields.put("/hold", definition.hold().policy() + " " + definition.hold().days());
        fields.put("/actor", Text.of(in.actorLength(), in::getActor));
    }

    private static void merchant(final Map<String, Object> fields, final CreateMerchantCommandDecoder in) {
        fields.put("/utc_offset_minutes", in.utcOffsetMinutes());
        fields.put("/currency", in.currency());
        fields.put("/binding_mode", in.bindingMode());
        fields.put("/binding_days", in.bindingDays());
        fields.put("/reward_cap_ppm", in.rewardCapPpm());
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
