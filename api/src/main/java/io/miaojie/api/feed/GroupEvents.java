package io.miaojie.api.feed;

import io.miaojie.api.directory.CampaignVersion;
import io.miaojie.api.directory.Directory;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.EngineId;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.SettledOutcomeDecoder;
import java.util.List;

/** Events of groups that orders opened: another state, another leader; whatever record led to it. Thread: one. */
final class GroupEvents {
    private static final int GROUP_SEQUENCE = 2;
    private static final int GROUP_ORDINAL = 3;
    private static final int GROUP_STATE = 4;
    private static final int INSTANCE_OWNER = 2;

    private final Directory directory;
    private final List<KindDescriptor> kinds;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SettledOutcomeDecoder outcome = new SettledOutcomeDecoder();
    private final EffectsReader effects = new EffectsReader();
    private CampaignVersion version;
    private String groupId = "";
    private String leaderId = "";
    private long leader;
    private int state;

    GroupEvents(final Directory directory, final List<KindDescriptor> kinds) {
        this.directory = directory;
        this.kinds = kinds;
    }

    /** Tells of every group that the record, settled with effects, has changed. */
    void write(final DecidedRecord record, final String causeType, final String causeId, final EventWriter out) {
        outcome.wrapAndApplyHeader(record.outcome(), 0, header);
        final int at = outcome.limit() + SettledOutcomeDecoder.effectsHeaderLength();
        effects.wrap(record.outcome(), at, outcome.effectsLength());
        while (effects.next()) {
            if (is(EffectNote.INSTANCE)) {
                leader = effects.noteNumber(INSTANCE_OWNER);
                leaderId = effects.buffer().getStringWithoutLengthUtf8(effects.idOffset(), effects.idLength());
            } else if (is(EffectNote.GROUP)) {
                version = directory.version((int) effects.noteFirst());
                state = (int) effects.noteNumber(GROUP_STATE);
                groupId = EngineId.of(
                        EngineId.GROUP, directory.shard().number(), effects.noteNumber(GROUP_SEQUENCE), (int)
                                effects.noteNumber(GROUP_ORDINAL));
            } else if (is(EffectNote.GROUP_CHANGED)) {
                writeChanges(causeType, causeId, out);
            }
        }
    }

    private boolean is(final EffectNote note) {
        return effects.type() == EffectType.NOTE && effects.note() == note;
    }

    private void writeChanges(final String causeType, final String causeId, final EventWriter out) {
        final int before = (int) effects.noteNumber(1);
        final boolean isOther = effects.noteNumber(2) != leader;
        if (before != state && begin(EventType.GROUP_STATE_CHANGED, causeType, causeId, out)) {
            final List<String> states = states();
            out.json().field("state", states.get(state)).field("state_before", states.get(before));
            end(out);
        }
        if (isOther && begin(EventType.GROUP_LEADER_CHANGED, causeType, causeId, out)) {
            end(out);
        }
    }

    private boolean begin(final EventType type, final String causeType, final String causeId, final EventWriter out) {
        final boolean isWanted = out.begin(type, version.merchantIndex(), causeType, causeId);
        if (isWanted) {
            out.json()
                    .beginObject()
                    .field("group_id", groupId)
                    .field("campaign_id", version.definition().id())
                    .field("leader_id", leaderId);
        }
        return isWanted;
    }

    private void end(final EventWriter out) {
        out.json().endObject();
        out.member(leaderId);
        out.campaign(version.definition().id());
        out.end();
    }

    private List<String> states() {
        final int number = version.definition().kind();
        return kinds.stream()
                .filter(kind -> kind.number() == number)
                .findFirst()
                .orElseThrow()
                .view()
                .groupStates();
    }
}
