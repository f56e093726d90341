package io.miaojie.api.message;

import io.miaojie.api.directory.CampaignVersion;
import io.miaojie.api.directory.Directory;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.codec.InstanceAnswerDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.OrderState;
import java.util.List;
import org.agrona.DirectBuffer;

/** How a campaign that sells stands, and one instance of it: one shape for all kinds. Thread: one. */
public final class InstanceView {
    private final Directory directory;
    private final SeatsView seats;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final InstanceAnswerDecoder answer = new InstanceAnswerDecoder();
    private final EffectsReader in = new EffectsReader();

    public InstanceView(final Directory directory, final List<KindDescriptor> kinds) {
        this.directory = directory;
        seats = new SeatsView(directory, kinds);
    }

    /** Writes the counters of a campaign. */
    public void writeLive(final JsonWriter out, final DirectBuffer buffer, final int offset) {
        final CampaignVersion version = open(buffer, offset);
        out.beginObject()
                .field("campaign_id", version.definition().id())
                .field("campaign_version", version.version())
                .field("currency", Currencies.code(answer.currency()));
        while (in.next()) {
            if (SeatsView.is(in, EffectNote.GROUP)) {
                out.field("kind", seats.kind(in).name());
                seats.writeCounters(out, in);
            }
        }
        out.endObject();
    }

    /** Writes the one instance that was asked for by this id. */
    public void writeOne(final JsonWriter out, final String id, final DirectBuffer buffer, final int offset) {
        final CampaignVersion version = open(buffer, offset);
        out.beginObject()
                .field("id", id)
                .field("campaign_id", version.definition().id());
        boolean isPaid = false;
        boolean isGroup = false;
        long deadlineNs = 0;
        while (in.next()) {
            if (in.type() == EffectType.MEMBER) {
                out.name("owner").value(in.buffer(), in.idOffset(), in.idLength());
            } else if (in.type() == EffectType.ORDER) {
                final OrderState state = OrderState.get((short) in.orderState());
                isPaid = state == OrderState.PAID || state == OrderState.REFUNDED;
                deadlineNs = state == OrderState.AWAITING ? in.holdUntilNs() : 0;
            } else if (SeatsView.is(in, EffectNote.INSTANCE)) {
                deadlineNs = in.noteSecond();
                if (in.idLength() > 0) {
                    out.name("owner").value(in.buffer(), in.idOffset(), in.idLength());
                }
                isGroup = true;
            } else if (isGroup && SeatsView.is(in, EffectNote.GROUP)) {
                out.field("kind", seats.kind(in).name())
                        .field("state", seats.groupState(in))
                        .field("need", seats.counter(in, "seats"))
                        .field("have", seats.counter(in, "paid"))
                        .field("currency", Currencies.code(answer.currency()));
                seats.writeCounters(out, in);
            } else if (SeatsView.is(in, EffectNote.ENTRY)) {
                out.field("kind", seats.kind(in).name())
                        .field("state", seats.state(in))
                        .field("need", SeatsView.pieces(in))
                        .field("have", isPaid ? SeatsView.pieces(in) : 0)
                        .field("amount", SeatsView.amountMinor(in))
                        .field("currency", Currencies.code(answer.currency()));
                seats.writeNumbers(out, in);
                out.name("line_id").value(in.buffer(), in.idOffset(), in.idLength());
            }
        }
        SeatsView.writeDeadline(out, deadlineNs);
        out.endObject();
    }

    private CampaignVersion open(final DirectBuffer buffer, final int offset) {
        answer.wrapAndApplyHeader(buffer, offset, header);
        final int at = answer.limit() + InstanceAnswerDecoder.effectsHeaderLength();
        in.wrap(buffer, at, answer.effectsLength());
        return directory.version(answer.version());
    }
}
