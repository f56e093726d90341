package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Campaign;
import io.miaojie.settlement.campaign.OrderRewards;
import io.miaojie.settlement.campaign.Payment;
import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.PaymentStatus;

/**
 * Settles {@code PaymentCommand}: look up, decide, prove that there is room, credit, answer. A payment is a fact: it is
 * always taken, and what doesn't fit is said in its outcome.
 *
 * <p>Allocates: nothing but slabs as they are reached.
 */
final class SettlePayment {
    private static final int BUYER = 0;

    private final State state;
    private final Replies replies;
    private final PaymentRules rules;
    private final Budgets budgets;
    private final PaymentReply reply;
    private final Payment payment;
    private final PaymentPlan plan = new PaymentPlan();

    SettlePayment(final State state, final Replies replies) {
        this.state = state;
        this.replies = replies;
        this.rules = new PaymentRules(state);
        this.budgets = new Budgets(state);
        this.reply = new PaymentReply(state);
        this.payment = new Payment(new OrderRewards(state.orders(), state.grants(), state.campaigns()));
    }

    /** Refuses with {@code ROLE_FORBIDS} (role, or store of the key), a full table. */
    int settle(final Call call) {
        payment.wrap(call.in(), call.bodyOffset(), call.header(), call.nowNs());
        if (!Roles.mayIngest(call.key()) || call.key().forbidsStore(payment.storeId())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        lookUp(call.key().merchant());
        rules.decide(payment, plan, call.nowNs());
        final ResultCode full = firstFull();
        if (full != ResultCode.OK) {
            return replies.turnAway(call, full);
        }
        final int flags = PaymentReply.flags(plan);
        record(call.sequence());
        credit();
        return reply.write(call, plan, flags);
    }

    private void lookUp(final int merchant) {
        plan.clear();
        plan.merchant = merchant;
        plan.day = state.merchants().at(merchant).day(payment.atNs());
        plan.order = state.orders().find(merchant, payment.orderId());
        plan.member = payment.memberId().isEmpty() ? -1 : state.members().find(merchant, payment.memberId());
        plan.pool = plan.member < 0 ? -1 : state.pools().find(plan.member, payment.currency());
        payment.setOrder(plan.order);
    }

    private ResultCode firstFull() {
        if (plan.makesMember() && state.members().room() == 0) {
            return ResultCode.MEMBERS_FULL;
        }
        if (plan.makesOrder() && state.orders().room() == 0) {
            return ResultCode.ORDERS_FULL;
        }
        if (plan.makesPool() && state.chart().room() == 0) {
            return ResultCode.POOLS_FULL;
        }
        if (plan.grantCount() > state.grants().room()) {
            return ResultCode.GRANTS_FULL;
        }
        return plan.newCounterCount > state.counters().room() ? ResultCode.COUNTERS_FULL : ResultCode.OK;
    }

    private void record(final long sequence) {
        if (plan.makesMember()) {
            plan.member = state.members().add(plan.merchant, payment.memberId());
        }
        if (plan.makesOrder()) {
            plan.order = state.orders().add(plan.merchant, payment.orderId(), payment.currency(), sequence);
        }
        if (plan.isOfMember) {
            state.orders().setMember(plan.order, plan.member);
        }
        if (plan.status() == PaymentStatus.CAPTURED) {
            state.orders().capture(plan.order, payment.instalment(), payment.hasAmount() ? payment.amountMinor() : 0);
        }
    }

    private void credit() {
        if (plan.makesPool()) {
            plan.pool = state.pools().add(plan.member, payment.currency());
        }
        for (int i = 0; i < plan.grantCount(); i++) {
            final Campaign campaign = plan.grantCampaign(i);
            final long amountMinor = plan.grantMinor(i);
            final int spendable = state.pools().account(plan.pool, ChartOfAccounts.SPENDABLE);
            state.ledger().transfer(campaign.current().funding(), spendable, amountMinor);
            state.grants().add(plan.order, campaign.current().index(), plan.member, BUYER, amountMinor);
            budgets.count(plan, i);
        }
    }
}
