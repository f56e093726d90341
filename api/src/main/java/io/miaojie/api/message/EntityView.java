package io.miaojie.api.message;

import io.miaojie.api.directory.Directory;
import io.miaojie.api.directory.DirectoryFeed;
import io.miaojie.api.directory.Text;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.json.Slice;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.codec.MemberAnswerDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.OrderAnswerDecoder;
import io.miaojie.wire.codec.WithdrawalAnswerDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** How an order, a member or a withdrawal stands, as JSON. Thread: one. */
public final class EntityView {
    private final EffectsView effects;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OrderAnswerDecoder order = new OrderAnswerDecoder();
    private final MemberAnswerDecoder member = new MemberAnswerDecoder();
    private final WithdrawalAnswerDecoder withdrawal = new WithdrawalAnswerDecoder();

    public EntityView(final Directory directory, final ResultCodes codes, final List<KindDescriptor> kinds) {
        effects = new EffectsView(directory, codes, kinds);
    }

    /** Returns the place of the order that an answer to {@code OrderQuery} tells of. */
    public static int orderIndex(final DirectBuffer answer, final int offset) {
        final OrderAnswerDecoder order =
                new OrderAnswerDecoder().wrapAndApplyHeader(answer, offset, new MessageHeaderDecoder());
        order.lines().forEach(OrderAnswerDecoder.LinesDecoder::sbeSkip);
        final int at = order.limit() + OrderAnswerDecoder.effectsHeaderLength();
        final EffectsReader in = new EffectsReader().wrap(answer, at, order.effectsLength());
        while (in.next()) {
            if (in.type() == EffectType.ORDER) {
                return in.order();
            }
        }
        throw new IllegalStateException("an answer about an order without an order");
    }

    /** Writes the answer to a query for what has this id. */
    public void write(final JsonWriter out, final String id, final DirectBuffer answer, final int offset) {
        final DirectBuffer name = new UnsafeBuffer(id.getBytes(StandardCharsets.US_ASCII));
        final long named = Slice.of(0, name.capacity());
        out.beginObject();
        switch (DirectoryFeed.templateId(answer, offset)) {
            case OrderAnswerDecoder.TEMPLATE_ID -> {
                order.wrapAndApplyHeader(answer, offset, header);
                out.field("order_id", id).field("currency", Currencies.code(order.currency()));
                writeLines(out);
                final int at = order.limit() + OrderAnswerDecoder.effectsHeaderLength();
                effects.open(answer, at, order.effectsLength(), order.currency(), false)
                        .named(name, Slice.ABSENT, named)
                        .write(out, 0);
            }
            case MemberAnswerDecoder.TEMPLATE_ID -> {
                member.wrapAndApplyHeader(answer, offset, header);
                final int at = member.limit() + MemberAnswerDecoder.effectsHeaderLength();
                effects.open(answer, at, member.effectsLength(), 0, false)
                        .named(name, named, Slice.ABSENT)
                        .writeOne(out);
            }
            default -> {
                withdrawal.wrapAndApplyHeader(answer, offset, header);
                out.field("withdrawal_id", id);
                final int at = withdrawal.limit() + WithdrawalAnswerDecoder.effectsHeaderLength();
                effects.open(answer, at, withdrawal.effectsLength(), withdrawal.currency(), false)
                        .named(name, Slice.ABSENT, Slice.ABSENT)
                        .writeOne(out);
            }
        }
        out.endObject();
    }

    private void writeLines(final JsonWriter out) {
        out.name("lines").beginArray();
        for (final OrderAnswerDecoder.LinesDecoder line : order.lines()) {
            out.beginObject()
                    .field("due", line.dueMinor())
                    .field("net", line.netMinor())
                    .name("delivered")
                    .value(line.delivered() != 0)
                    .field("line_id", Text.of(line.lineIdLength(), line::getLineId))
                    .field("sku", Text.of(line.skuLength(), line::getSku));
            if (line.categoryLength() > 0) {
                out.field("category", Text.of(line.categoryLength(), line::getCategory));
            } else {
                line.skipCategory();
            }
            out.endObject();
        }
        out.endArray();
    }
}
