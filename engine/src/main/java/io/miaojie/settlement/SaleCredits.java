package io.miaojie.settlement;

import io.miaojie.settlement.campaign.CampaignKind;
import io.miaojie.settlement.campaign.CampaignVersion;
import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.settlement.campaign.RewardLines;
import io.miaojie.settlement.campaign.RuleSet;
import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.part.Counters;
import io.miaojie.settlement.part.Grants;
import io.miaojie.settlement.part.Merchants;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.Pools;
import io.miaojie.settlement.part.Rosters;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.OrderState;

/**
 * What campaigns that sell credit to the pools of buyers: one grant for an entry, within the campaign's budgets, which
 * refunds of the entry's line claw in proportion.
 *
 * <p>Units: minor. Allocates: nothing but slabs as they are reached.
 */
final class SaleCredits {
    private final Orders orders;
    private final Rosters rosters;
    private final Grants grants;
    private final Campaigns campaigns;
    private final Merchants merchants;
    private final Pools pools;
    private final ChartOfAccounts chart;
    private final Counters counters;
    private final Budgets budgets;
    private final GrantMoney money;
    private final Effects effects;
    private final PaymentPlan plan = new PaymentPlan();

    SaleCredits(final State state, final GrantMoney money, final Effects effects) {
        this.orders = state.orders();
        this.rosters = state.rosters();
        this.grants = state.grants();
        this.campaigns = state.campaigns();
        this.merchants = state.merchants();
        this.pools = state.pools();
        this.chart = state.chart();
        this.counters = state.counters();
        this.budgets = new Budgets(state);
        this.money = money;
        this.effects = effects;
    }

    /** Credits the buyer of an entry, or says as a skip why not: a budget, or a table that is full. */
    void credit(final int entry, final long amountMinor, final long nowNs) {
        final CampaignVersion version = campaigns.version(rosters.version(entry));
        final int order = rosters.order(entry);
        final int grant = grants.find(order, version.index(), CampaignKind.BUYER);
        plan(order, version, nowNs);
        final ResultCode budget = budgets.check(plan, CampaignKind.BUYER, grant, amountMinor);
        final ResultCode code = budget == ResultCode.OK ? firstFull(grant) : budget;
        if (code == ResultCode.OK) {
            plan.grant(place(version), CampaignKind.BUYER, grant, amountMinor, 0);
            final int known = plan.pools[CampaignKind.BUYER];
            final int pool = known < 0 ? pools.add(orders.member(order), plan.currency) : known;
            if (grant < 0) {
                money.make(order, version, CampaignKind.BUYER, pool, amountMinor, nowNs);
            } else {
                money.credit(grant, version, pool, amountMinor);
            }
            budgets.count(plan, plan.credit(0), version.campaign());
        } else {
            effects.skip(CampaignKind.BUYER, version.index(), code.number());
        }
    }

    /**
     * Claws what entries of the order were credited above what refunds have left of their lines, floored toward the
     * payer.
     *
     * @param net the lines of the order, their base what refunds have left of them
     */
    void follow(final int entry, final RewardLines net) {
        final int order = rosters.order(entry);
        final int grant = grants.find(order, rosters.version(entry), CampaignKind.BUYER);
        if (grant < 0) {
            return;
        }
        final int line = net.lineOf(rosters.line(entry));
        final long dueMinor = net.dueMinor(line);
        final long creditedMinor = grants.creditedMinor(grant);
        final long wholeMinor = orders.state(order) == OrderState.REFUNDED ? 0 : creditedMinor;
        money.bring(grant, dueMinor == 0 ? wholeMinor : Money.portion(creditedMinor, net.baseMinor(line), dueMinor));
    }

    private void plan(final int order, final CampaignVersion version, final long nowNs) {
        plan.clear();
        plan.merchant = orders.merchant(order);
        plan.order = order;
        plan.currency = version.definition().currency();
        plan.day = merchants.at(plan.merchant).day(nowNs);
        plan.members[CampaignKind.BUYER] = orders.member(order);
        plan.pools[CampaignKind.BUYER] = pools.find(orders.member(order), plan.currency);
        plan.setRules(campaigns.ruleSet(orders.ruleSet(order)));
        budgets.begin(version, plan);
    }

    private ResultCode firstFull(final int grant) {
        if (plan.pools[CampaignKind.BUYER] < 0 && chart.room() == 0) {
            return ResultCode.POOLS_FULL;
        }
        if (grant < 0 && grants.room() == 0) {
            return ResultCode.GRANTS_FULL;
        }
        return plan.newCounterCount > counters.room() ? ResultCode.COUNTERS_FULL : ResultCode.OK;
    }

    /** An order is frozen on the campaigns that were open when it was placed: those that it takes part in are there. */
    private int place(final CampaignVersion version) {
        final RuleSet rules = plan.rules();
        int place = rules.count() - 1;
        while (rules.version(place) != version) {
            place--;
        }
        return place;
    }
}
