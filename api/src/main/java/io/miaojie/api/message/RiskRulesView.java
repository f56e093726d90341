package io.miaojie.api.message;

import io.miaojie.api.json.JsonWriter;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.RiskRulesAnswerDecoder;
import io.miaojie.wire.codec.RiskSignal;
import java.time.Duration;
import java.util.Locale;
import org.agrona.DirectBuffer;

/** The rules of risk of a merchant as JSON, in the words in which they are set. */
public final class RiskRulesView {
    private RiskRulesView() {}

    /** Writes the answer to a {@code RiskRulesQuery}. */
    public static void write(final JsonWriter out, final DirectBuffer buffer, final int offset) {
        final RiskRulesAnswerDecoder answer =
                new RiskRulesAnswerDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        out.beginObject();
        if (answer.reviewNs() > 0) {
            out.field("review", Duration.ofNanos(answer.reviewNs()).toString()).field("at_end", word(answer.atEnd()));
        }
        out.name("rules").beginArray();
        answer.rules().forEach(rule -> {
            out.beginObject().field("signal", word(rule.signal()));
            if (rule.signal() != RiskSignal.SELF_REFERRAL) {
                out.field("limit", rule.limit());
            }
            out.field("window", Duration.ofNanos(rule.windowNs()).toString())
                    .field("verdict", word(rule.verdict()))
                    .endObject();
        });
        out.endArray().endObject();
    }

    private static String word(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
