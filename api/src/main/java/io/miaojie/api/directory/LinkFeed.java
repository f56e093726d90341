package io.miaojie.api.directory;

import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.codec.CreateLinkCommandDecoder;
import io.miaojie.wire.codec.DefineTargetCommandDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.SettledOutcomeDecoder;
import org.agrona.DirectBuffer;

/** Brings {@link Links} up to date. Allocates; links are made rarely compared with payments. */
final class LinkFeed {
    private final Directory directory;

    LinkFeed(final Directory directory) {
        this.directory = directory;
    }

    void putTarget(final DirectBuffer command, final int merchantIndex) {
        final DefineTargetCommandDecoder in =
                new DefineTargetCommandDecoder().wrapAndApplyHeader(command, 0, new MessageHeaderDecoder());
        final String id = Text.of(in.idLength(), in::getId);
        directory.links().putTarget(merchantIndex, id, Text.of(in.urlLength(), in::getUrl));
    }

    void putLink(final DirectBuffer command, final int merchantIndex) {
        final CreateLinkCommandDecoder in =
                new CreateLinkCommandDecoder().wrapAndApplyHeader(command, 0, new MessageHeaderDecoder());
        final long expiresAtNs = in.expiresAtNs();
        in.skipId();
        put(command, merchantIndex, Text.of(in.tokenLength(), in::getToken), expiresAtNs);
    }

    /** Takes a link command and its outcome: it names the token, which is another's where there was such a link. */
    void onSettled(final DirectBuffer command, final int merchantIndex, final DirectBuffer outcome, final int offset) {
        final SettledOutcomeDecoder settled =
                new SettledOutcomeDecoder().wrapAndApplyHeader(outcome, offset, new MessageHeaderDecoder());
        final int at = settled.limit() + SettledOutcomeDecoder.effectsHeaderLength();
        final EffectsReader effects = new EffectsReader().wrap(outcome, at, settled.effectsLength());
        while (effects.next()) {
            if (effects.type() == EffectType.NOTE && effects.note() == EffectNote.LINK) {
                final String token = outcome.getStringWithoutLengthAscii(effects.idOffset(), effects.idLength());
                put(command, merchantIndex, token, effects.noteSecond());
            }
        }
    }

    private void put(final DirectBuffer command, final int merchantIndex, final String token, final long expiresAtNs) {
        final CreateLinkCommandDecoder in =
                new CreateLinkCommandDecoder().wrapAndApplyHeader(command, 0, new MessageHeaderDecoder());
        final int keyIndex = in.envelope().keyIndex();
        in.skipId();
        in.skipToken();
        in.skipOwnerId();
        final String targetId = Text.of(in.targetIdLength(), in::getTargetId);
        directory.links().put(token, new Links.Link(merchantIndex, keyIndex, targetId, expiresAtNs));
    }
}
