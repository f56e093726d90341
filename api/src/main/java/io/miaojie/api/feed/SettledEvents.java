package io.miaojie.api.feed;

import io.miaojie.api.directory.Directory;
import io.miaojie.api.message.SettledView;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.SettledOutcomeDecoder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Events of every write that moves money or members: the same body that its sender was answered with. Thread: one. */
final class SettledEvents {
    private static final long KNOWN_WITHIN_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Directory directory;
    private final SettledView view;
    private final BookingEvents bookings;
    private final RiskEvents risks;
    private final GroupEvents groups;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SettledOutcomeDecoder outcome = new SettledOutcomeDecoder();
    private final EffectsReader effects = new EffectsReader();

    SettledEvents(final Directory directory, final List<KindDescriptor> kinds, final ResultCodes codes) {
        this.directory = directory;
        view = new SettledView(directory, codes, kinds);
        bookings = new BookingEvents(directory);
        risks = new RiskEvents(codes);
        groups = new GroupEvents(directory, kinds);
    }

    /** Returns the mapping of a write to an event of this type. */
    EventTable.Mapping as(final EventType type) {
        return (record, out) -> settled(type, record, out);
    }

    private void settled(final EventType type, final DecidedRecord record, final EventWriter out) {
        final int merchantIndex = directory.merchantOfKey(record.keyIndex());
        view.open(record.command());
        if (out.begin(type, merchantIndex, view.name(), view.text("id"))) {
            if (record.outcomeTemplate() == SettledOutcomeDecoder.TEMPLATE_ID) {
                namesOfEffects(record, out);
            }
            view.write(out.json(), record.outcome(), 0);
            out.member(view.text("member_id"));
            out.end();
        }
        if (record.outcomeTemplate() == SettledOutcomeDecoder.TEMPLATE_ID) {
            bookings.write(record, view.name(), view.text("id"), out);
            risks.write(record, view.name(), view.text("id"), out);
            groups.write(record, view.name(), view.text("id"), out);
        }
    }

    private void namesOfEffects(final DecidedRecord record, final EventWriter out) {
        outcome.wrapAndApplyHeader(record.outcome(), 0, header);
        final int at = outcome.limit() + SettledOutcomeDecoder.effectsHeaderLength();
        effects.wrap(record.outcome(), at, outcome.effectsLength());
        while (effects.next()) {
            if (effects.type() == EffectType.GRANT) {
                out.campaign(id(effects.version()));
            } else if (effects.type() == EffectType.NOTE && effects.note() == EffectNote.ENTRY) {
                out.campaign(id((int) effects.noteFirst()));
            } else if (effects.type() == EffectType.NOTE && effects.note() == EffectNote.GROUP) {
                awaitKnown((int) effects.noteFirst());
            } else if (effects.type() == EffectType.SKIP) {
                awaitKnown(effects.version());
            } else if (effects.type() == EffectType.POOL || effects.type() == EffectType.MEMBER) {
                out.member(effects.buffer().getStringWithoutLengthAscii(effects.idOffset(), effects.idLength()));
            }
        }
    }

    private String id(final int campaignIndex) {
        awaitKnown(campaignIndex);
        return directory.version(campaignIndex).definition().id();
    }

    /**
     * A version is known once its maker was answered; whoever reads records may be here a moment before. Waits, and
     * gives up when it should long have come.
     */
    private void awaitKnown(final int campaignIndex) {
        if (campaignIndex < 0) {
            return;
        }
        final long giveUpAtNs = System.nanoTime() + KNOWN_WITHIN_NS;
        while (directory.version(campaignIndex) == null) {
            if (System.nanoTime() > giveUpAtNs) {
                throw new IllegalStateException("campaign version unknown to the api, index=" + campaignIndex);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}
