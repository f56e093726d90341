package io.miaojie.api.feed;

import io.miaojie.api.message.RiskView;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.RiskVerdict;
import io.miaojie.wire.codec.SettledOutcomeDecoder;

/** Events of orders that are held, released or rejected; whatever record led to it. Thread: one. */
final class RiskEvents {
    private final ResultCodes codes;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SettledOutcomeDecoder outcome = new SettledOutcomeDecoder();
    private final EffectsReader effects = new EffectsReader();

    RiskEvents(final ResultCodes codes) {
        this.codes = codes;
    }

    /** Tells of every verdict of a record that is settled with effects. */
    void write(final DecidedRecord record, final String causeType, final String causeId, final EventWriter out) {
        outcome.wrapAndApplyHeader(record.outcome(), 0, header);
        final int at = outcome.limit() + SettledOutcomeDecoder.effectsHeaderLength();
        effects.wrap(record.outcome(), at, outcome.effectsLength());
        while (effects.next()) {
            if (RiskView.is(effects)
                    && out.begin(
                            type(RiskView.verdict(effects)), RiskView.merchantIndex(effects), causeType, causeId)) {
                out.json()
                        .beginObject()
                        .name("order_id")
                        .value(effects.buffer(), effects.idOffset(), effects.idLength());
                RiskView.writeVerdict(out.json(), effects, codes);
                out.json().endObject();
                out.end();
            }
        }
    }

    private static EventType type(final RiskVerdict verdict) {
        return switch (verdict) {
            case HOLD -> EventType.ORDER_HELD;
            case RELEASE -> EventType.ORDER_RELEASED;
            default -> EventType.ORDER_REJECTED;
        };
    }
}
