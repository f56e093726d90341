package io.miaojie.settlement;

import io.miaojie.wire.codec.AccountsQueryDecoder;
import io.miaojie.wire.codec.AdjustPoolCommandDecoder;
import io.miaojie.wire.codec.BindReferrerCommandDecoder;
import io.miaojie.wire.codec.CreateLinkCommandDecoder;
import io.miaojie.wire.codec.DecideWithdrawalCommandDecoder;
import io.miaojie.wire.codec.DefinePayoutTermsCommandDecoder;
import io.miaojie.wire.codec.DefineRiskRulesCommandDecoder;
import io.miaojie.wire.codec.DefineTargetCommandDecoder;
import io.miaojie.wire.codec.FundCommandDecoder;
import io.miaojie.wire.codec.MemberQueryDecoder;
import io.miaojie.wire.codec.RegisterMemberCommandDecoder;
import io.miaojie.wire.codec.ReportWithdrawalCommandDecoder;
import io.miaojie.wire.codec.RequestWithdrawalCommandDecoder;
import io.miaojie.wire.codec.RiskRulesQueryDecoder;
import io.miaojie.wire.codec.SubmitWithdrawalCommandDecoder;
import io.miaojie.wire.codec.TouchCommandDecoder;
import io.miaojie.wire.codec.WithdrawalQueryDecoder;

/** Finds who settles a message about people and about money that no order moves. A part of {@link Settlement}. */
final class PeopleCommands {
    private final RegisterMember registerMember;
    private final BindReferrer bindReferrer;
    private final DefineTarget defineTarget;
    private final DefineRiskRules defineRiskRules;
    private final CreateLink createLink;
    private final SettleTouch touch;
    private final DefinePayoutTerms definePayoutTerms;
    private final RequestWithdrawal requestWithdrawal;
    private final DecideWithdrawal decideWithdrawal;
    private final SubmitWithdrawal submitWithdrawal;
    private final ReportWithdrawal reportWithdrawal;
    private final AdjustPool adjustPool;
    private final Fund fund;
    private final PeopleQueries queries;
    private final RiskRulesQueries riskRules;

    PeopleCommands(final State state, final Replies replies, final Effects effects) {
        registerMember = new RegisterMember(state, replies, effects);
        bindReferrer = new BindReferrer(state, replies, effects);
        defineTarget = new DefineTarget(state, replies);
        defineRiskRules = new DefineRiskRules(state, replies, effects);
        createLink = new CreateLink(state, replies, effects);
        touch = new SettleTouch(state, replies, effects);
        definePayoutTerms = new DefinePayoutTerms(state, replies, effects);
        requestWithdrawal = new RequestWithdrawal(state, replies, effects);
        decideWithdrawal = new DecideWithdrawal(state, replies, effects);
        submitWithdrawal = new SubmitWithdrawal(state, replies, effects);
        reportWithdrawal = new ReportWithdrawal(state, replies, effects);
        adjustPool = new AdjustPool(state, replies, effects);
        fund = new Fund(state, replies, effects);
        queries = new PeopleQueries(state, replies, effects);
        riskRules = new RiskRulesQueries(state, replies);
    }

    int settle(final Call call) {
        return switch (call.templateId()) {
            case RegisterMemberCommandDecoder.TEMPLATE_ID -> registerMember.settle(call);
            case BindReferrerCommandDecoder.TEMPLATE_ID -> bindReferrer.settle(call);
            case DefineTargetCommandDecoder.TEMPLATE_ID -> defineTarget.settle(call);
            case DefineRiskRulesCommandDecoder.TEMPLATE_ID -> defineRiskRules.settle(call);
            case CreateLinkCommandDecoder.TEMPLATE_ID -> createLink.settle(call);
            case TouchCommandDecoder.TEMPLATE_ID -> touch.settle(call);
            case DefinePayoutTermsCommandDecoder.TEMPLATE_ID -> definePayoutTerms.settle(call);
            case RequestWithdrawalCommandDecoder.TEMPLATE_ID -> requestWithdrawal.settle(call);
            case DecideWithdrawalCommandDecoder.TEMPLATE_ID -> decideWithdrawal.settle(call);
            case SubmitWithdrawalCommandDecoder.TEMPLATE_ID -> submitWithdrawal.settle(call);
            case ReportWithdrawalCommandDecoder.TEMPLATE_ID -> reportWithdrawal.settle(call);
            case AdjustPoolCommandDecoder.TEMPLATE_ID -> adjustPool.settle(call);
            case FundCommandDecoder.TEMPLATE_ID -> fund.settle(call);
            case MemberQueryDecoder.TEMPLATE_ID -> queries.member(call);
            case WithdrawalQueryDecoder.TEMPLATE_ID -> queries.withdrawal(call);
            case AccountsQueryDecoder.TEMPLATE_ID -> queries.accounts(call);
            case RiskRulesQueryDecoder.TEMPLATE_ID -> riskRules.answer(call);
            default -> throw new IllegalStateException("unknown message: templateId=" + call.templateId());
        };
    }
}
