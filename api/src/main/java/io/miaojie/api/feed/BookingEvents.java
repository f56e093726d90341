package io.miaojie.api.feed;

import io.miaojie.api.directory.CampaignVersion;
import io.miaojie.api.directory.Directory;
import io.miaojie.api.message.BookingsView;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.SettledOutcomeDecoder;

/** Events of bookings: a balance that is due, a deposit that is forfeited; whatever record led to it. Thread: one. */
final class BookingEvents {
    private final Directory directory;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SettledOutcomeDecoder outcome = new SettledOutcomeDecoder();
    private final EffectsReader effects = new EffectsReader();

    BookingEvents(final Directory directory) {
        this.directory = directory;
    }

    /** Tells of every booking that the record, settled with effects, says something of. */
    void write(final DecidedRecord record, final String causeType, final String causeId, final EventWriter out) {
        outcome.wrapAndApplyHeader(record.outcome(), 0, header);
        final int at = outcome.limit() + SettledOutcomeDecoder.effectsHeaderLength();
        effects.wrap(record.outcome(), at, outcome.effectsLength());
        while (effects.next()) {
            if (BookingsView.isEvent(effects)) {
                write(directory.version(BookingsView.version(effects)), causeType, causeId, out);
            }
        }
    }

    private void write(
            final CampaignVersion version, final String causeType, final String causeId, final EventWriter out) {
        final boolean isDue = BookingsView.what(effects) == BookingsView.DUE;
        final EventType type = isDue ? EventType.BALANCE_DUE : EventType.DEPOSIT_FORFEITED;
        if (out.begin(type, version.merchantIndex(), causeType, causeId)) {
            out.json().beginObject().name("order_id").value(effects.buffer(), effects.idOffset(), effects.idLength());
            out.json()
                    .field("campaign_id", version.definition().id())
                    .field("campaign_version", version.version())
                    .field("amount", BookingsView.amountMinor(effects));
            if (isDue) {
                out.json().name("pay_by").time(BookingsView.payByNs(effects));
            }
            out.json().endObject();
            out.campaign(version.definition().id());
            out.end();
        }
    }
}
