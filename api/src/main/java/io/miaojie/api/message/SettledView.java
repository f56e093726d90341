package io.miaojie.api.message;

import io.miaojie.api.directory.Directory;
import io.miaojie.api.directory.DirectoryFeed;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.json.Slice;
import io.miaojie.api.message.form.CommandReader;
import io.miaojie.api.message.form.Form;
import io.miaojie.api.message.form.Forms;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.PaymentStatus;
import io.miaojie.wire.codec.RefundResult;
import io.miaojie.wire.codec.RefusedOutcomeDecoder;
import io.miaojie.wire.codec.SettledOutcomeDecoder;
import io.miaojie.wire.codec.WithdrawalState;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * What any write was decided to, as JSON: a function of its command and its outcome. One for all of them, since effects
 * speak one language. Thread: one.
 */
public final class SettledView {
    private static final String[] NAMED = {"campaign_id", "order_id", "member_id", "withdrawal_id"};

    private final ResultCodes codes;
    private final EffectsView effects;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SettledOutcomeDecoder outcome = new SettledOutcomeDecoder();
    private final RefusedOutcomeDecoder refused = new RefusedOutcomeDecoder();
    private final CommandReader texts = new CommandReader();
    private DirectBuffer command;
    private Form form;

    public SettledView(final Directory directory, final ResultCodes codes, final List<KindDescriptor> kinds) {
        this.codes = codes;
        effects = new EffectsView(directory, codes, kinds);
    }

    /** Opens the command that the next calls are about. */
    public SettledView open(final DirectBuffer commandBytes) {
        command = commandBytes;
        form = Forms.of(DirectoryFeed.templateId(commandBytes, 0));
        texts.open(form, commandBytes, 0);
        return this;
    }

    /** Returns what kind of write it is, in the words of bulk. */
    public String name() {
        return form.name();
    }

    /** Returns a text of the command; empty when it has none of this name. */
    public String text(final String name) {
        final long slice = texts.text(name);
        return command.getStringWithoutLengthUtf8(Slice.offset(slice), Slice.length(slice));
    }

    /** Writes the id of the write. */
    public void writeId(final JsonWriter out) {
        writeText(out, "id");
    }

    /** Writes the answer's body. */
    public void write(final JsonWriter out, final DirectBuffer answer, final int offset) {
        if (isSettled(answer, offset)) {
            writeSettled(out, answer, offset);
        } else {
            writeRefused(out, answer, offset);
        }
    }

    /** Hands every code of the outcome, of campaigns and of the fact as a whole, to a counter. */
    public void eachCode(final DirectBuffer answer, final int offset, final Consumer<String> counter) {
        if (isSettled(answer, offset)) {
            openEffects(answer, offset).eachCode(counter);
        }
    }

    private static boolean isSettled(final DirectBuffer answer, final int offset) {
        return DirectoryFeed.templateId(answer, offset) == SettledOutcomeDecoder.TEMPLATE_ID;
    }

    private void writeSettled(final JsonWriter out, final DirectBuffer answer, final int offset) {
        final EffectsView view = openEffects(answer, offset);
        writeHead(out);
        if (form == Forms.PAYMENT && Slice.length(texts.text("member_id")) == 0) {
            view.writeMemberId(out);
        }
        final String status = status(outcome.status());
        if (status != null) {
            out.field("status", status);
        }
        view.write(out, outcome.code());
        out.endObject();
    }

    /** A request that changed nothing, for a reason that is no refusal. */
    private void writeRefused(final JsonWriter out, final DirectBuffer answer, final int offset) {
        writeHead(out);
        out.name("codes").beginArray();
        if (DirectoryFeed.templateId(answer, offset) == RefusedOutcomeDecoder.TEMPLATE_ID) {
            out.value(
                    codes.of(refused.wrapAndApplyHeader(answer, offset, header).code())
                            .name());
        }
        out.endArray().endObject();
    }

    private void writeHead(final JsonWriter out) {
        writeId(out.beginObject());
        for (final String name : NAMED) {
            writeText(out, name);
        }
    }

    private EffectsView openEffects(final DirectBuffer answer, final int offset) {
        outcome.wrapAndApplyHeader(answer, offset, header);
        final int at = outcome.limit() + SettledOutcomeDecoder.effectsHeaderLength();
        return effects.open(answer, at, outcome.effectsLength(), outcome.currency(), true)
                .named(command, present(form == Forms.MEMBER ? "id" : "member_id"), orderId());
    }

    private long orderId() {
        return present(form == Forms.ORDER ? "id" : "order_id");
    }

    private long present(final String name) {
        final long slice = texts.text(name);
        return Slice.length(slice) == 0 ? Slice.ABSENT : slice;
    }

    private String status(final short number) {
        if (form == Forms.PAYMENT) {
            return PaymentStatus.get(number).name();
        }
        if (form == Forms.REFUND || form == Forms.DELIVERY) {
            return RefundResult.get(number).name();
        }
        if (form == Forms.ORDER || form == Forms.ORDER_CANCEL || form == Forms.AFTER_SALE || form == Forms.REVIEW) {
            return OrderState.get(number).name();
        }
        if (form == Forms.WITHDRAWAL || form == Forms.DECISION || form == Forms.SUBMISSION || form == Forms.REPORT) {
            return WithdrawalState.get(number).name();
        }
        return null;
    }

    private void writeText(final JsonWriter out, final String name) {
        final long slice = texts.text(name);
        if (Slice.length(slice) > 0) {
            out.name(name).value(command, Slice.offset(slice), Slice.length(slice));
        }
    }
}
