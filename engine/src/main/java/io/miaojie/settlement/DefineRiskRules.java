package io.miaojie.settlement;

import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.part.RiskRules;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.DefineRiskRulesCommandDecoder;
import io.miaojie.wire.codec.RiskSignal;
import io.miaojie.wire.codec.RiskVerdict;

/** Settles {@code DefineRiskRulesCommand}: what orders and payouts of a merchant are judged by from now on. */
final class DefineRiskRules {
    /** Longest window and review: ten years. */
    private static final long SPAN_MAX_NS = 3_660L * 24 * 60 * 60 * 1_000_000_000;

    private final RiskRules rules;
    private final Replies replies;
    private final Effects effects;
    private final DefineRiskRulesCommandDecoder command = new DefineRiskRulesCommandDecoder();

    DefineRiskRules(final State state, final Replies replies, final Effects effects) {
        this.rules = state.riskRules();
        this.replies = replies;
        this.effects = effects;
    }

    /** Refuses with {@code ROLE_FORBIDS}, {@code TERMS_CONTRADICT}. */
    int settle(final Call call) {
        if (!Roles.mayOperate(call.key())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        wrap(call);
        if (!isSound()) {
            return replies.refuse(call, ResultCode.TERMS_CONTRADICT);
        }
        wrap(call);
        set(call.key().merchant());
        effects.begin(-1, -1);
        return effects.write(call, 0, 0);
    }

    private void wrap(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
    }

    private boolean isSound() {
        final boolean isReleased = command.atEndRaw() == RiskVerdict.RELEASE.value();
        boolean isSound =
                isSpan(command.reviewNs()) && (isReleased || command.atEndRaw() == RiskVerdict.REJECT.value());
        int seen = 0;
        final DefineRiskRulesCommandDecoder.RulesDecoder rule = command.rules();
        while (rule.hasNext()) {
            rule.next();
            final int signal = rule.signalRaw();
            final boolean isSignal = signal >= RiskSignal.DEVICE.value() && signal <= RiskSignal.REFUNDS.value();
            final int bit = isSignal ? 1 << signal : 0;
            final boolean isVerdict =
                    rule.verdictRaw() == RiskVerdict.HOLD.value() || rule.verdictRaw() == RiskVerdict.REJECT.value();
            isSound &= isSignal
                    && (seen & bit) == 0
                    && isVerdict
                    && isLimit(signal, rule.limit())
                    && isSpan(rule.windowNs());
            seen |= bit;
        }
        return isSound;
    }

    private void set(final int merchant) {
        rules.clear(merchant);
        final DefineRiskRulesCommandDecoder.RulesDecoder rule = command.rules();
        if (rule.hasNext()) {
            rules.begin(merchant, command.reviewNs(), command.atEndRaw() == RiskVerdict.RELEASE.value());
        }
        while (rule.hasNext()) {
            rule.next();
            rules.set(merchant, rule.signalRaw(), rule.limit(), rule.windowNs(), rule.verdictRaw());
        }
    }

    /** Members are counted from 1; a share is of a million; whoever refers oneself does it or does not. */
    private static boolean isLimit(final int signal, final long limit) {
        if (signal == RiskSignal.SELF_REFERRAL.value()) {
            return limit == 0;
        }
        return signal == RiskSignal.REFUNDS.value() ? limit >= 0 && limit <= Money.PPM : limit >= 1;
    }

    private static boolean isSpan(final long ns) {
        return ns > 0 && ns <= SPAN_MAX_NS;
    }
}
