package io.miaojie.settlement;

import io.miaojie.settlement.campaign.CampaignKind;
import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.settlement.campaign.Checkout;
import io.miaojie.settlement.campaign.Payment;
import io.miaojie.settlement.campaign.RewardLines;
import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.part.OrderSums;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.Pools;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.RiskVerdict;

/**
 * Settles {@code PaymentCommand}: look up, decide, prove that there is room, carry out, answer. A payment is a fact: it
 * is always taken, and what doesn't fit is said in its outcome.
 *
 * <p>Allocates: nothing but slabs as they are reached.
 */
final class SettlePayment {
    private final State state;
    private final Orders orders;
    private final Replies replies;
    private final Effects effects;
    private final PaymentRules rules;
    private final Bookings bookings;
    private final Buyer buyer;
    private final Attribution attribution;
    private final Rewards rewards;
    private final PoolSpending spending;
    private final OrderFacts facts;
    private final MoneyBack moneyBack;
    private final Seats seats;
    private final LateOrders lateOrders;
    private final Walks walks;
    private final OrderReviews reviews;
    private final RiskSignals risk;
    private final RewardLines lines;
    private final Payment payment = new Payment();
    private final PaymentPlan plan = new PaymentPlan();
    private boolean isRevived;

    SettlePayment(final State state, final Replies replies, final OrderRoom room) {
        this.state = state;
        this.orders = state.orders();
        this.replies = replies;
        this.effects = room.effects();
        this.bookings = room.bookings();
        this.rules = new PaymentRules(state, bookings);
        this.buyer = new Buyer(state);
        this.attribution = room.attribution();
        this.rewards = room.rewards();
        this.spending = room.spending();
        this.facts = room.facts();
        this.moneyBack = new MoneyBack(state, effects);
        this.seats = room.seats();
        this.lateOrders = new LateOrders(state, spending, seats, bookings);
        this.walks = new Walks(state, room, new EndOrder(state, replies, room));
        this.reviews = room.reviews();
        this.risk = new RiskSignals(state);
        this.lines = room.lines();
    }

    /** Refuses with {@code ROLE_FORBIDS} (role, or store of the key), a full table. */
    int settle(final Call call) {
        payment.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.end(), call.nowNs());
        final Checkout checkout = payment.checkout();
        if (!Roles.mayIngest(call.key()) || call.key().forbidsStore(checkout.storeId())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        final int merchant = call.key().merchant();
        final int order = orders.find(merchant, checkout.orderId());
        effects.begin(-1, order);
        final ResultCode refusal = refusal(order, call.nowNs());
        if (refusal != ResultCode.OK) {
            if (moneyBack.isFull(payment)) {
                return replies.turnAway(call, ResultCode.REFUND_ORDERS_FULL);
            }
            moneyBack.order(order, payment, refusal, call.sequence());
            return effects.write(call, PaymentRules.status(refusal).value(), checkout.currency());
        }
        lookUp(merchant, order);
        decide(call.nowNs());
        final ResultCode full = firstFull(call.nowNs());
        if (full != ResultCode.OK) {
            return replies.turnAway(call, full);
        }
        record(call);
        return effects.write(call, PaymentRules.status(refusal).value(), checkout.currency());
    }

    /** Says what {@link PaymentRules#refusal} does, unless the order is late and can be held again. */
    private ResultCode refusal(final int order, final long nowNs) {
        final ResultCode refusal = rules.refusal(order, payment);
        isRevived = refusal == ResultCode.LATE_PAYMENT && lateOrders.mayRevive(order, payment, nowNs);
        return isRevived ? ResultCode.OK : refusal;
    }

    private void lookUp(final int merchant, final int order) {
        plan.clear();
        plan.merchant = merchant;
        plan.order = order;
        plan.currency = payment.checkout().currency();
        plan.day = state.merchants().at(merchant).day(payment.checkout().atNs());
        if (order >= 0 && orders.capturedMinor(order) + payment.amountMinor() > Money.MINOR_MAX) {
            payment.drop();
        }
        if (buyer.lookUp(merchant, order, payment)) {
            effects.skip(ResultCode.MEMBER_MISMATCH);
        }
        plan.hasBuyer = buyer.isKnown() || buyer.isNew();
        plan.members[CampaignKind.BUYER] = buyer.member();
    }

    private void decide(final long nowNs) {
        joinLines();
        final ResultCode guard = rules.guard(payment, plan, nowNs);
        if (guard != ResultCode.OK) {
            effects.skip(guard);
        }
        freeze(guard, nowNs);
        if (guard == ResultCode.OK) {
            findBeneficiaries();
            judge(nowNs);
            rewards.decide(plan, payment, lines);
        }
    }

    /** An order that is held, or was decided on, is not judged again; one that is rejected is eligible for nothing. */
    private void judge(final long nowNs) {
        plan.isJudged = true;
        if (reviews.isOpen(plan.order)) {
            risk.judge(plan, payment.signals(), nowNs);
            plan.verdict = risk.verdict();
        }
        if (plan.verdict == RiskVerdict.REJECT.value()) {
            plan.eligible = 0;
        }
    }

    private void carryOutVerdict(final long nowNs) {
        if (plan.isJudged) {
            risk.see(plan, payment.signals(), nowNs);
        }
        if (plan.verdict == RiskVerdict.REJECT.value()) {
            effects.skip(risk.code());
            reviews.reject(plan.order, risk.code());
        } else if (plan.verdict == RiskVerdict.HOLD.value() && plan.grantCount() > 0) {
            effects.skip(risk.code());
            reviews.hold(plan.order, risk.code(), nowNs);
        }
    }

    private void joinLines() {
        lines.load(plan.order);
        if (isPlaced()) {
            lines.takePaid(orders.capturedMinor(plan.order) + payment.amountMinor());
            return;
        }
        if (plan.order >= 0 && forgetsRefunds()) {
            lines.forgetRefunds();
            effects.skip(ResultCode.CURRENCY_MISMATCH);
        }
        payment.limitLines(lines);
        if (payment.hasAmount() && !payment.linesMatch()) {
            effects.skip(ResultCode.LINES_MISMATCH);
        }
        lines.join(payment.lines(), payment.lines().amountsMinor());
        lines.takePaid(lines.dueMinor());
    }

    /** Parked refunds in another currency were of something else. */
    private boolean forgetsRefunds() {
        final int currency = orders.currency(plan.order);
        return isParked() && currency != 0 && currency != plan.currency;
    }

    /** Decides on what the order is frozen, unless it is already. */
    private void freeze(final ResultCode guard, final long nowNs) {
        final Campaigns campaigns = state.campaigns();
        if (freezesRules()) {
            plan.setRules(campaigns.rules(plan.merchant));
            if (rules.isWithinWindow(payment, nowNs)) {
                plan.eligible = rewards.eligible(plan.rules(), payment.checkout(), guard == ResultCode.OK);
            }
        } else {
            plan.setRules(campaigns.ruleSet(orders.ruleSet(plan.order)));
            plan.eligible = orders.eligible(plan.order);
        }
        if (buyer.isFirst()) {
            final ResultCode token = attribution.decide(
                    plan.merchant,
                    buyer.member(),
                    payment.checkout(),
                    payment.checkout().atNs());
            if (token != ResultCode.OK) {
                effects.skip(token);
            }
        }
    }

    private void findBeneficiaries() {
        final boolean isFirst = buyer.isFirst();
        plan.members[1] = isFirst ? attribution.levelOne() : orders.beneficiary(plan.order, 1);
        plan.members[2] = isFirst ? attribution.levelTwo() : orders.beneficiary(plan.order, 2);
        plan.members[CampaignKind.CLERK] =
                isFirst ? attribution.clerk() : orders.beneficiary(plan.order, CampaignKind.CLERK);
        final Pools pools = state.pools();
        for (int level = 0; level < CampaignKind.LEVELS; level++) {
            final int member = plan.members[level];
            plan.pools[level] = member < 0 ? -1 : pools.find(member, plan.currency);
        }
    }

    private ResultCode firstFull(final long nowNs) {
        if (isRevived && !seats.hasRoomToReturn(plan.order, nowNs)) {
            return ResultCode.ROSTERS_FULL;
        }
        if (plan.order < 0 && orders.room() == 0) {
            return ResultCode.ORDERS_FULL;
        }
        final ResultCode people = buyer.firstFull();
        if (people != ResultCode.OK) {
            return people;
        }
        if (lines.newCount() > state.orderLines().room()) {
            return ResultCode.LINES_FULL;
        }
        if (plan.newPoolCount() > state.chart().room()) {
            return ResultCode.POOLS_FULL;
        }
        if (plan.newGrantCount() > state.grants().room()) {
            return ResultCode.GRANTS_FULL;
        }
        return plan.newCounterCount > state.counters().room() ? ResultCode.COUNTERS_FULL : ResultCode.OK;
    }

    private void record(final Call call) {
        final boolean isNew = plan.order < 0;
        final boolean freezesRules = freezesRules();
        if (isNew) {
            plan.order = orders.add(plan.merchant, payment.checkout().orderId());
            effects.orders().name(plan.order);
            effects.orders().touchMade(plan.order, payment.isWhole());
        } else {
            effects.orders().touch(plan.order);
        }
        if (isRevived) {
            lateOrders.revive(plan.order, call);
        }
        recordBuyer(call.sequence());
        if (freezesRules) {
            if (!isNew && forgetsRefunds()) {
                orders.sums().forgetRefunds(orders.sumsOf(plan.order));
            }
            orders.setCurrency(plan.order, plan.currency);
            orders.freezeRules(plan.order, plan.rules().index(), plan.eligible);
        }
        orders.capture(plan.order, payment.instalment(), payment.amountMinor());
        if (!isPlaced()) {
            lines.keep(plan.order);
        }
        becomePaid(call);
        if (plan.hasBuyer && lines.hasBase()) {
            state.members().paid(plan.members[CampaignKind.BUYER], plan.order);
        }
        carryOutVerdict(call.nowNs());
        rewards.carryOut(plan, call.nowNs());
        if (!isNew) {
            facts.follow(plan.order, lines, call.nowNs());
            walks.paid(call, plan.order);
        }
    }

    private void recordBuyer(final long sequence) {
        if (buyer.isNew()) {
            plan.members[CampaignKind.BUYER] = buyer.make(plan.merchant, payment, sequence);
            effects.touchMember(plan.members[CampaignKind.BUYER], true);
        }
        if (buyer.isNamed()) {
            effects.name(plan.members[CampaignKind.BUYER]);
        }
        if (buyer.isFirst()) {
            final int member = plan.members[CampaignKind.BUYER];
            orders.setMember(plan.order, member);
            orders.freezeParents(plan.order, attribution.levelOne(), attribution.levelTwo(), attribution.clerk());
            attribution.carryOut(member, effects);
        }
    }

    private void becomePaid(final Call call) {
        if (!isPlaced()) {
            if (isParked()) {
                orders.setState(plan.order, OrderState.PAID);
            }
            return;
        }
        if (orders.state(plan.order) != OrderState.AWAITING) {
            return;
        }
        final long payableMinor = orders.sums().get(orders.sumsOf(plan.order), OrderSums.PAYABLE);
        final boolean isWhole = orders.capturedMinor(plan.order) == payableMinor;
        if (!isWhole || seats.has(plan.order)) {
            moneyBack.keep(plan.order, payment, call.sequence());
        }
        if (isWhole) {
            if (spending.canCapture(plan.order)) {
                spending.capture(plan.order);
            } else {
                spending.release(plan.order);
                effects.skip(ResultCode.AMOUNT_OVERFLOW);
            }
            orders.setState(plan.order, OrderState.PAID);
            seats.paid(plan.order, call.nowNs());
        } else {
            bookings.deposited(plan.order, call.nowNs());
        }
    }

    private boolean freezesRules() {
        return plan.order < 0 || isParked();
    }

    private boolean isParked() {
        return orders.state(plan.order) == OrderState.PARKED;
    }

    private boolean isPlaced() {
        return plan.order >= 0 && orders.has(plan.order, Orders.PLACED);
    }
}
