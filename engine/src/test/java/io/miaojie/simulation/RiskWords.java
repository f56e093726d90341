package io.miaojie.simulation;

import static io.miaojie.simulation.Words.put;

import io.miaojie.wire.codec.DefineRiskRulesCommandEncoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.ReviewOrderCommandEncoder;
import io.miaojie.wire.codec.RiskSignal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes rules of risk, reviews, and what payments were sent from. */
final class RiskWords {
    private static final int SIGNAL_LENGTH = 1 + 2 * Long.BYTES;

    private RiskWords() {}

    static UnsafeBuffer of(final Deed.DefineRisk deed) {
        final UnsafeBuffer buffer = Words.shortRoom();
        final DefineRiskRulesCommandEncoder command =
                new DefineRiskRulesCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.reviewNs(deed.reviewNs()).atEnd(deed.atEnd());
        final DefineRiskRulesCommandEncoder.RulesEncoder rules =
                command.rulesCount(deed.rules().size());
        for (final NaiveRisk.Rule rule : deed.rules()) {
            rules.next()
                    .signal(rule.signal())
                    .limit(rule.limit())
                    .windowNs(rule.windowNs())
                    .verdict(rule.verdict());
        }
        put(command::putId, deed.head().id());
        put(command::putActor, "operator");
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.Review deed) {
        final UnsafeBuffer buffer = Words.shortRoom();
        final ReviewOrderCommandEncoder command =
                new ReviewOrderCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.verdict(deed.verdict());
        put(command::putRequestId, deed.head().id());
        put(command::putOrderId, deed.order());
        put(command::putActor, "operator");
        put(command::putReason, "one family");
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    /** Returns for each signal its type and a hash, of which the number is the low half. */
    static byte[] signals(final List<String> signals) {
        final ByteBuffer bytes =
                ByteBuffer.allocate(signals.size() * SIGNAL_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        for (final String signal : signals) {
            final int space = signal.indexOf(' ');
            bytes.put((byte) RiskSignal.valueOf(signal.substring(0, space)).value())
                    .putLong(Long.parseLong(signal.substring(space + 1)))
                    .putLong(0);
        }
        return bytes.array();
    }
}
