package io.miaojie.api.feed;

import io.miaojie.api.directory.CampaignVersion;
import io.miaojie.api.directory.Directory;
import io.miaojie.api.directory.DirectoryFeed;
import io.miaojie.api.directory.Text;
import io.miaojie.api.message.CampaignView;
import io.miaojie.api.message.KeyForm;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.ChangeCampaignStateCommandDecoder;
import io.miaojie.wire.codec.CreateKeyCommandDecoder;
import io.miaojie.wire.codec.CreateMerchantCommandDecoder;
import io.miaojie.wire.codec.DefinedOutcomeDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.RevokeKeyCommandDecoder;
import io.miaojie.wire.codec.SettledOutcomeDecoder;
import java.util.List;

/** Events of definitions: merchants, keys, campaigns and their states. Thread: one. */
final class DefinitionEvents {
    private final Directory directory;
    private final DirectoryFeed learning;
    private final CampaignView campaigns;
    private final BookingEvents bookings;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DefinedOutcomeDecoder defined = new DefinedOutcomeDecoder();

    DefinitionEvents(final Directory directory, final List<KindDescriptor> kinds) {
        this.directory = directory;
        learning = new DirectoryFeed(directory);
        campaigns = new CampaignView(kinds);
        bookings = new BookingEvents(directory);
    }

    void merchant(final DecidedRecord record, final EventWriter out) {
        final CreateMerchantCommandDecoder command =
                new CreateMerchantCommandDecoder().wrapAndApplyHeader(record.command(), 0, header);
        final String id = Text.of(command.idLength(), command::getId);
        if (out.begin(EventType.MERCHANT_CREATED, outcome(record).index(), "merchant", id)) {
            out.json()
                    .beginObject()
                    .field("id", id)
                    .field("name", Text.of(command.nameLength(), command::getName))
                    .field("utc_offset_minutes", command.utcOffsetMinutes())
                    .field("currency", Currencies.code(command.currency()))
                    .endObject();
            out.end();
        }
    }

    void key(final DecidedRecord record, final EventWriter out) {
        final CreateKeyCommandDecoder command =
                new CreateKeyCommandDecoder().wrapAndApplyHeader(record.command(), 0, header);
        final String id = Text.of(command.idLength(), command::getId);
        if (out.begin(EventType.KEY_CREATED, outcome(record).merchantIndex(), "key", id)) {
            KeyForm.describe(record.command(), out.json().beginObject());
            out.json().endObject();
            out.end();
        }
    }

    void revocation(final DecidedRecord record, final EventWriter out) {
        final RevokeKeyCommandDecoder command =
                new RevokeKeyCommandDecoder().wrapAndApplyHeader(record.command(), 0, header);
        final String id = Text.of(command.idLength(), command::getId);
        if (out.begin(EventType.KEY_REVOKED, outcome(record).merchantIndex(), "key_revocation", id)) {
            out.json()
                    .beginObject()
                    .field("id", id)
                    .field("merchant_id", Text.of(command.merchantIdLength(), command::getMerchantId))
                    .name("revoked")
                    .value(true)
                    .endObject();
            out.end();
        }
    }

    /** The tail may be here before the loop that made the version has learned of it: so it learns of it itself. */
    void campaign(final DecidedRecord record, final EventWriter out) {
        final DefinedOutcomeDecoder outcome = outcome(record);
        if (directory.version(outcome.index()) == null) {
            learning.onDefined(record.command(), record.outcome(), 0, record.sequence());
        }
        final CampaignVersion version = directory.version(outcome.index());
        final boolean isNew = version.version() == 1;
        campaign(
                isNew ? EventType.CAMPAIGN_OPENED : EventType.CAMPAIGN_CHANGED,
                version,
                outcome.state(),
                isNew ? new Cause("campaign", version.definition().id()) : new Cause("campaign_change", record),
                out);
    }

    void campaignState(final DecidedRecord record, final EventWriter out) {
        final ChangeCampaignStateCommandDecoder command =
                new ChangeCampaignStateCommandDecoder().wrapAndApplyHeader(record.command(), 0, header);
        final String requestId = Text.of(command.requestIdLength(), command::getRequestId);
        final DefinedOutcomeDecoder outcome = outcome(record);
        campaign(
                type(outcome.state()),
                directory.version(outcome.index()),
                outcome.state(),
                new Cause("campaign_state", requestId),
                out);
    }

    /** Takes what timers did to campaigns. */
    void tick(final DecidedRecord record, final EventWriter out) {
        final SettledOutcomeDecoder outcome =
                new SettledOutcomeDecoder().wrapAndApplyHeader(record.outcome(), 0, header);
        final int at = outcome.limit() + SettledOutcomeDecoder.effectsHeaderLength();
        final EffectsReader effects = new EffectsReader().wrap(record.outcome(), at, outcome.effectsLength());
        while (effects.next()) {
            if (effects.type() == EffectType.NOTE && effects.note() == EffectNote.CAMPAIGN) {
                final CampaignState state = CampaignState.get((short) effects.noteSecond());
                final CampaignVersion version = directory.version((int) effects.noteFirst());
                campaign(type(state), version, state, new Cause("tick", record), out);
            }
        }
        bookings.write(record, "tick", Long.toString(record.sequence()), out);
    }

    /** What led to an event: the id that its client gave, or the sequence where no client gave one. */
    private record Cause(String type, String id) {
        private Cause(final String type, final DecidedRecord record) {
            this(type, Long.toString(record.sequence()));
        }
    }

    private void campaign(
            final EventType type,
            final CampaignVersion version,
            final CampaignState state,
            final Cause cause,
            final EventWriter out) {
        if (out.begin(type, version.merchantIndex(), cause.type, cause.id)) {
            campaigns.begin(out.json(), version, state);
            out.json().endObject();
            out.campaign(version.definition().id());
            out.end();
        }
    }

    private static EventType type(final CampaignState state) {
        return state == CampaignState.CLOSED ? EventType.CAMPAIGN_CLOSED : EventType.CAMPAIGN_CHANGED;
    }

    private DefinedOutcomeDecoder outcome(final DecidedRecord record) {
        return defined.wrapAndApplyHeader(record.outcome(), 0, new MessageHeaderDecoder());
    }
}
