package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Campaign;
import io.miaojie.settlement.campaign.CampaignClosing;
import io.miaojie.settlement.campaign.Eligibility;
import io.miaojie.settlement.campaign.OpenCampaigns;
import io.miaojie.settlement.campaign.Payment;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.PaymentStatus;

/** Decides what a payment earns. Reads the state and fills the plan; changes nothing else. */
final class PaymentRules {
    private static final long EARLY_MAX_NS = 5L * 60 * 1_000_000_000;

    private final State state;
    private final Budgets budgets;

    PaymentRules(final State state) {
        this.state = state;
        this.budgets = new Budgets(state);
    }

    /** Fills the plan: status, skips of the whole payment, then a grant or a skip of each open campaign. */
    void decide(final Payment payment, final PaymentPlan plan, final long nowNs) {
        final boolean isDuplicate = !plan.makesOrder() && state.orders().hasPaid(plan.order, payment.instalment());
        plan.setStatus(isDuplicate ? PaymentStatus.DUPLICATE_REFUND_DUE : PaymentStatus.CAPTURED);
        plan.isOfMember = !isDuplicate && isOfMember(payment, plan);
        if (!isDuplicate && payment.hasAmount() && !payment.linesMatch()) {
            plan.skipAll(ResultCode.LINES_MISMATCH);
        }
        final ResultCode guard = guard(payment, plan, nowNs);
        if (guard != ResultCode.OK) {
            plan.skipAll(guard);
            return;
        }
        final OpenCampaigns open = state.campaigns().open(plan.merchant);
        for (int i = 0; i < open.count(); i++) {
            decide(open.at(i), payment, plan);
        }
    }

    private void decide(final Campaign campaign, final Payment payment, final PaymentPlan plan) {
        final ResultCode eligibility = Eligibility.check(campaign, payment);
        if (eligibility != ResultCode.OK) {
            plan.skip(campaign, eligibility.number());
            return;
        }
        final long rewardMinor = campaign.current().definition().kind().onPayment(campaign, payment);
        if (rewardMinor <= 0) {
            plan.skip(campaign, (int) -rewardMinor);
            return;
        }
        final ResultCode budget = budgets.check(campaign, plan, rewardMinor);
        if (budget == ResultCode.OK) {
            plan.grant(campaign, rewardMinor);
        } else {
            plan.skip(campaign, budget.number());
        }
    }

    /**
     * Says why a payment earns nothing at all.
     *
     * @return {@code DUPLICATE_PAYMENT}, {@code NO_MEMBER}, {@code MEMBER_MISMATCH}, {@code OUT_OF_WINDOW},
     *     {@code AMOUNT_OVERFLOW}, {@code ZERO_BASE}, {@code OK}
     */
    private ResultCode guard(final Payment payment, final PaymentPlan plan, final long nowNs) {
        if (plan.status() == PaymentStatus.DUPLICATE_REFUND_DUE) {
            return ResultCode.DUPLICATE_PAYMENT;
        }
        if (!plan.isOfMember) {
            return payment.memberId().isEmpty() ? ResultCode.NO_MEMBER : ResultCode.MEMBER_MISMATCH;
        }
        if (!state.shard().isSandbox() && !isWithinWindow(payment.atNs(), nowNs)) {
            return ResultCode.OUT_OF_WINDOW;
        }
        if (!payment.hasAmount()) {
            return ResultCode.AMOUNT_OVERFLOW;
        }
        return payment.baseMinor() == 0 ? ResultCode.ZERO_BASE : ResultCode.OK;
    }

    private boolean isOfMember(final Payment payment, final PaymentPlan plan) {
        final int owner = plan.makesOrder() ? -1 : state.orders().member(plan.order);
        return !payment.memberId().isEmpty() && (owner < 0 || owner == plan.member);
    }

    private static boolean isWithinWindow(final long atNs, final long nowNs) {
        return atNs >= nowNs - CampaignClosing.LATE_MAX_NS && atNs <= nowNs + EARLY_MAX_NS;
    }
}
