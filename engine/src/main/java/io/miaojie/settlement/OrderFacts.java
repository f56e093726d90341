package io.miaojie.settlement;

import io.miaojie.settlement.campaign.CampaignKind;
import io.miaojie.settlement.campaign.CampaignVersion;
import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.settlement.campaign.RewardLines;
import io.miaojie.settlement.campaign.RuleSet;
import io.miaojie.settlement.part.Grants;
import io.miaojie.settlement.part.Merchants;
import io.miaojie.settlement.part.OrderLines;
import io.miaojie.settlement.part.OrderSums;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.OrderState;

/**
 * What facts about an order have in common: the order that they name or make, and what follows from its sums after any
 * of them: grants above what the net lines are worth are clawed, pool money goes back with the refunds, an order that
 * is delivered begins its holds. Asked again with the same sums, nothing follows; so it doesn't matter in which order
 * the facts came.
 *
 * <p>Allocates: nothing.
 */
final class OrderFacts {
    private final Orders orders;
    private final OrderLines orderLines;
    private final Grants grants;
    private final Merchants merchants;
    private final Campaigns campaigns;
    private final GrantMoney money;
    private final PoolSpending spending;
    private final Seats seats;
    private final Effects effects;

    OrderFacts(
            final State state,
            final GrantMoney money,
            final PoolSpending spending,
            final Seats seats,
            final Effects effects) {
        this.orders = state.orders();
        this.orderLines = state.orderLines();
        this.grants = state.grants();
        this.merchants = state.merchants();
        this.campaigns = state.campaigns();
        this.money = money;
        this.spending = spending;
        this.seats = seats;
        this.effects = effects;
    }

    /**
     * Says which table is too full for a fact that may come before its order does.
     *
     * @param order -1: the fact makes it
     * @param unknownCount lines that only the fact knows
     * @return {@code PARKED_FULL}, {@code ORDERS_FULL}, {@code LINES_FULL}, {@code OK}
     */
    ResultCode firstFull(final int order, final int unknownCount) {
        if (order < 0 && orders.parkedRoom() == 0) {
            return ResultCode.PARKED_FULL;
        }
        if (order < 0 && orders.room() == 0) {
            return ResultCode.ORDERS_FULL;
        }
        return unknownCount > orderLines.room() ? ResultCode.LINES_FULL : ResultCode.OK;
    }

    /**
     * Tells of the order that a fact names, and returns it.
     *
     * @param known -1: it was sought and not found, and is made
     */
    int order(final int merchant, final Slice id, final int known) {
        final int order = known < 0 ? orders.add(merchant, id) : known;
        effects.orders().name(order);
        if (known < 0) {
            effects.orders().touchMade(order, false);
        } else {
            effects.orders().touch(order);
        }
        return order;
    }

    /**
     * Draws the consequences.
     *
     * @param lines of the order, as the state has them
     */
    void follow(final int order, final RewardLines lines, final long nowNs) {
        final int sums = orders.sumsOf(order);
        final OrderSums all = orders.sums();
        lines.takeNet(orders.capturedMinor(order), all.get(sums, OrderSums.OPEN_REFUND));
        final boolean isForfeited = all.get(sums, OrderSums.OPEN_REFUND) > 0;
        if (isForfeited || all.get(sums, OrderSums.REFUNDED) > all.get(sums, OrderSums.GOODWILL)) {
            claw(order, lines);
        }
        settleState(order, all.get(sums, OrderSums.REFUNDED));
        spending.giveBack(order);
        seats.refunded(order, lines, nowNs);
        if (!orders.has(order, Orders.DELIVERED) && isDelivered(order, lines)) {
            orders.set(order, Orders.DELIVERED);
            effects.orders().touch(order);
            for (int grant = orders.lastGrant(order); grant >= 0; grant = grants.previous(grant)) {
                money.deliver(grant, nowNs);
            }
        }
    }

    private boolean isDelivered(final int order, final RewardLines lines) {
        final OrderState state = orders.state(order);
        final boolean isPaid = state == OrderState.PAID || state == OrderState.REFUNDED;
        return isPaid && (orders.has(order, Orders.DELIVERED_WHOLE) || lines.isDelivered());
    }

    private void settleState(final int order, final long refundedMinor) {
        final OrderState state = orders.state(order);
        final long capturedMinor = orders.capturedMinor(order);
        final boolean isAll = capturedMinor > 0 && refundedMinor >= capturedMinor;
        final OrderState next = isAll ? OrderState.REFUNDED : OrderState.PAID;
        if (next != state && (state == OrderState.PAID || state == OrderState.REFUNDED)) {
            orders.setState(order, next);
        }
    }

    private void claw(final int order, final RewardLines lines) {
        final RuleSet rules = campaigns.ruleSet(orders.ruleSet(order));
        lines.beginCuts(rules.cutsLines(), merchants.at(orders.merchant(order)).rewardCapPpm());
        for (int place = 0; place < rules.count(); place++) {
            for (int level = 0; level < CampaignKind.LEVELS; level++) {
                claw(order, rules.version(place), level, lines);
            }
        }
    }

    private void claw(final int order, final CampaignVersion version, final int level, final RewardLines lines) {
        final boolean isRewarded = (version.definition().levels() & 1 << level) != 0;
        final int grant = isRewarded ? grants.find(order, version.index(), level) : -1;
        if (grant < 0) {
            return;
        }
        lines.beginTarget();
        final CampaignKind kind = version.definition().kind();
        final long targetMinor = kind.target(version.definition().terms(), lines, level, grants.drawn(grant));
        lines.keepTarget();
        money.bring(grant, targetMinor);
    }
}
