package io.miaojie.support;

import io.miaojie.wire.codec.DefineRiskRulesCommandEncoder;
import io.miaojie.wire.codec.ReviewOrderCommandEncoder;
import io.miaojie.wire.codec.RiskSignal;
import io.miaojie.wire.codec.RiskVerdict;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Rows of a {@link Scenario} about rules of risk. Verbs:
 *
 * <pre>
 * risk    R1 rules=device:2:24h:hold,self_referral:0:30d:reject review=7d atend=release
 * review  O1 release
 * </pre>
 */
final class RiskRows {
    private RiskRows() {}

    static UnsafeBuffer encode(final ScenarioRow row, final int key) {
        return row.verb().equals("risk") ? rules(row, key) : review(row, key);
    }

    /** Returns what a payment says of where it was sent from. */
    static byte[] signals(final ScenarioRow row) {
        final ByteBuffer signals = ByteBuffer.allocate(34).order(ByteOrder.LITTLE_ENDIAN);
        for (final RiskSignal signal : new RiskSignal[] {RiskSignal.DEVICE, RiskSignal.ADDRESS}) {
            final String said = row.option(signal.name().toLowerCase(Locale.ROOT), "");
            if (!said.isEmpty()) {
                signals.put((byte) signal.value())
                        .putLong(PeopleMessages.hashLow(said))
                        .putLong(PeopleMessages.hashHigh(said));
            }
        }
        final byte[] bytes = new byte[signals.position()];
        signals.flip().get(bytes);
        return bytes;
    }

    private static UnsafeBuffer rules(final ScenarioRow row, final int key) {
        final UnsafeBuffer buffer = Commands.room();
        final DefineRiskRulesCommandEncoder command =
                new DefineRiskRulesCommandEncoder().wrapAndApplyHeader(buffer, 0, Commands.header());
        command.reviewNs(ScenarioRow.durationNs(row.option("review", "7d")))
                .atEnd(verdict(row.option("atend", "reject")));
        final String[] rules = row.list("rules");
        final DefineRiskRulesCommandEncoder.RulesEncoder group = command.rulesCount(rules.length);
        for (final String rule : rules) {
            final String[] parts = rule.split(":");
            group.next()
                    .signal(RiskSignal.valueOf(parts[0].toUpperCase(Locale.ROOT)))
                    .limit(Long.parseLong(parts[1]))
                    .windowNs(ScenarioRow.durationNs(parts[2]))
                    .verdict(verdict(parts[3]));
        }
        Commands.put(command::putId, row.name());
        Commands.put(command::putActor, "anna");
        return Commands.bound(buffer, key, row.option("id", row.text()), command.encodedLength());
    }

    private static UnsafeBuffer review(final ScenarioRow row, final int key) {
        final UnsafeBuffer buffer = Commands.room();
        final ReviewOrderCommandEncoder command =
                new ReviewOrderCommandEncoder().wrapAndApplyHeader(buffer, 0, Commands.header());
        command.verdict(verdict(row.words().get(2)));
        final String id = row.option("id", row.text());
        Commands.put(command::putRequestId, id);
        Commands.put(command::putOrderId, row.name());
        Commands.put(command::putActor, "anna");
        Commands.put(command::putReason, "");
        return Commands.bound(buffer, key, id, command.encodedLength());
    }

    private static RiskVerdict verdict(final String word) {
        return RiskVerdict.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
