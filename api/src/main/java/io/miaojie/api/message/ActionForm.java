package io.miaojie.api.message;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.Slice;
import io.miaojie.wire.ActionDescriptor;
import io.miaojie.wire.ActionDescriptor.Argument;
import io.miaojie.wire.codec.ActionCommandEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An action on a campaign as a client sends it, its arguments bounded by what the kind declares. */
public final class ActionForm {
    private static final long ID = 1;
    private static final long MEMBER_ID = 1 << 1;
    private static final long GROUP_ID = 1 << 2;
    private static final long ACTOR = 1 << 3;
    private static final long ARGUMENTS = 1 << 4;
    private static final long TYPE = 1 << 5;
    private static final long CAMPAIGN_ID = 1 << 6;
    private static final long ACTION = 1 << 7;

    private final JsonReader in;
    private final List<Argument> descriptors;
    private final int action;
    private final long[] values;
    private long given;
    private long mask;
    private long id = Slice.ABSENT;
    private long memberId = Slice.ABSENT;
    private long groupId = Slice.ABSENT;
    private long actor = Slice.ABSENT;

    /**
     * Makes a form over the object that the reader has opened.
     *
     * @param action its place among the actions of the kind
     */
    public ActionForm(final JsonReader in, final int action, final ActionDescriptor descriptor) {
        this.in = in;
        this.action = action;
        this.descriptors = descriptor.arguments();
        this.values = new long[descriptors.size()];
    }

    /**
     * Reads the fields of the object, to its end.
     *
     * @param isEvent type, campaign and action are fields too, known to the caller
     */
    public void read(final boolean isEvent) {
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            read(field, isEvent);
        }
        in.close();
        if ((mask & ID) == 0) {
            throw in.missingField("id");
        }
        if (!isSent(ARGUMENTS) && descriptors.stream().anyMatch(Argument::isRequired)) {
            throw in.missingField("arguments");
        }
    }

    /** Returns the slice of the id, absent when reading broke off before it. */
    public long id() {
        return id;
    }

    /** Writes the command into the scratch. */
    public void write(final CommandScratch out, final ApiKey key, final String campaignId) {
        final byte[] text = in.text();
        final byte[] campaign = campaignId.getBytes(StandardCharsets.US_ASCII);
        final ActionCommandEncoder encoder = new ActionCommandEncoder()
                .wrapAndApplyHeader(out.buffer(), 0, out.header)
                .action((short) action);
        final ActionCommandEncoder.ArgumentsEncoder group = encoder.argumentsCount(Long.bitCount(given));
        for (int i = 0; i < values.length; i++) {
            if ((given & 1L << i) != 0) {
                group.next().argument((short) i).value(values[i]).putText(text, 0, 0);
            }
        }
        encoder.putId(text, Slice.offset(id), Slice.length(id))
                .putCampaignId(campaign, 0, campaign.length)
                .putMemberId(text, Slice.offset(memberId), Slice.length(memberId))
                .putGroupId(text, Slice.offset(groupId), Slice.length(groupId))
                .putActor(text, Slice.offset(actor), Slice.length(actor));
        out.fingerprint.begin().field(2, action);
        for (int i = 0; i < values.length; i++) {
            if ((given & 1L << i) != 0) {
                out.fingerprint.field(20, i).field(20, values[i]);
            }
        }
        out.fingerprint.field(31, campaign, 0, campaign.length);
        PaymentForm.slice(out.fingerprint, 32, text, memberId);
        PaymentForm.slice(out.fingerprint, 33, text, groupId);
        PaymentForm.slice(out.fingerprint, 50, text, actor);
        out.identify(key.merchantIndex(), IdSpace.ACTION, text, Slice.ABSENT, id);
        out.seal(encoder.envelope(), key, out.fingerprint.end(), 0);
        out.end(encoder.encodedLength());
    }

    private void read(final String field, final boolean isEvent) {
        switch (field) {
            case "id" -> {
                mask = in.once(mask, ID);
                id = in.id();
            }
            case "member_id" -> {
                mask = in.once(mask, MEMBER_ID);
                memberId = in.id();
            }
            case "group_id" -> {
                mask = in.once(mask, GROUP_ID);
                groupId = in.id();
            }
            case "actor" -> {
                mask = in.once(mask, ACTOR);
                actor = in.id();
            }
            case "arguments" -> {
                mask = in.once(mask, ARGUMENTS);
                readArguments();
            }
            default -> {
                if (!isEvent || !isNamed(field)) {
                    throw in.unknownField();
                }
            }
        }
    }

    /** Takes one of the fields that a line has and a request has in its path. */
    private boolean isNamed(final String field) {
        final long bit =
                switch (field) {
                    case "type" -> TYPE;
                    case "campaign_id" -> CAMPAIGN_ID;
                    case "action" -> ACTION;
                    default -> 0;
                };
        if (bit == 0) {
            return false;
        }
        mask = in.once(mask, bit);
        in.skip();
        return true;
    }

    private void readArguments() {
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            final int place = descriptors.stream().map(Argument::name).toList().indexOf(field);
            if (place < 0) {
                throw in.unknownField();
            }
            given = in.once(given, 1L << place);
            final Argument argument = descriptors.get(place);
            values[place] = in.integer(argument.min(), argument.max());
        }
        for (int i = 0; i < values.length; i++) {
            if (descriptors.get(i).isRequired() && (given & 1L << i) == 0) {
                throw in.missingField(descriptors.get(i).name());
            }
        }
    }

    private boolean isSent(final long bit) {
        return (mask & bit) != 0;
    }
}
