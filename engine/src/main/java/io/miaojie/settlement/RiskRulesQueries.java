package io.miaojie.settlement;

import io.miaojie.settlement.part.RiskRules;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.RiskRulesAnswerEncoder;
import io.miaojie.wire.codec.RiskSignal;
import io.miaojie.wire.codec.RiskVerdict;

/** Answers {@code RiskRulesQuery}. Changes nothing. */
final class RiskRulesQueries {
    private final RiskRules rules;
    private final Replies replies;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RiskRulesAnswerEncoder answer = new RiskRulesAnswerEncoder();

    RiskRulesQueries(final State state, final Replies replies) {
        this.rules = state.riskRules();
        this.replies = replies;
    }

    /** Refuses with {@code ROLE_FORBIDS}. Rules stand in the order of their signals; a merchant may have none. */
    int answer(final Call call) {
        if (!Roles.mayReadCampaigns(call.key())) {
            return replies.turnAway(call, ResultCode.ROLE_FORBIDS);
        }
        final int merchant = call.key().merchant();
        answer.wrapAndApplyHeader(call.out(), call.outOffset(), header)
                .code(ResultCode.OK.number())
                .reviewNs(rules.has(merchant) ? rules.reviewNs(merchant) : 0)
                .atEnd(rules.releasesAtEnd(merchant) ? RiskVerdict.RELEASE : RiskVerdict.REJECT);
        int count = 0;
        for (int signal = 1; signal < RiskRules.SIGNALS; signal++) {
            count += rules.verdict(merchant, signal) == RiskRules.ALLOW ? 0 : 1;
        }
        write(answer.rulesCount(count), merchant);
        return -MessageHeaderEncoder.ENCODED_LENGTH - answer.encodedLength();
    }

    private void write(final RiskRulesAnswerEncoder.RulesEncoder group, final int merchant) {
        for (int signal = 1; signal < RiskRules.SIGNALS; signal++) {
            final int verdict = rules.verdict(merchant, signal);
            if (verdict != RiskRules.ALLOW) {
                group.next()
                        .signal(RiskSignal.get((short) signal))
                        .limit(rules.limit(merchant, signal))
                        .windowNs(rules.windowNs(merchant, signal))
                        .verdict(RiskVerdict.get((short) verdict));
            }
        }
    }
}
