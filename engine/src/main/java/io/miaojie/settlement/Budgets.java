package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Campaign;
import io.miaojie.settlement.campaign.CampaignDefinition;
import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.ledger.Ledger;
import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.part.Counters;
import io.miaojie.settlement.part.Pools;
import io.miaojie.wire.ResultCode;

/**
 * What a grant must stay within: the campaign's budgets, and the bounds of the accounts. The sums per day and per
 * member are counted while the version in force bounds them.
 */
final class Budgets {
    private final Counters counters;
    private final Ledger ledger;
    private final Pools pools;

    Budgets(final State state) {
        this.counters = state.counters();
        this.ledger = state.ledger();
        this.pools = state.pools();
    }

    /**
     * Holds one more grant against the budgets and the accounts.
     *
     * @return {@code BUDGET_EXHAUSTED}, {@code COUNT_EXHAUSTED}, {@code DAY_BUDGET_EXHAUSTED},
     *     {@code MEMBER_BUDGET_EXHAUSTED}, {@code AMOUNT_OVERFLOW}, {@code OK}
     */
    ResultCode check(final Campaign campaign, final PaymentPlan plan, final long amountMinor) {
        final CampaignDefinition definition = campaign.current().definition();
        if (exceeds(definition.budgetAmountMinor(), campaign.grantedMinor(), amountMinor)) {
            return ResultCode.BUDGET_EXHAUSTED;
        }
        if (exceeds(definition.budgetCount(), campaign.grantedCount(), 1)) {
            return ResultCode.COUNT_EXHAUSTED;
        }
        final int dayCounter = definition.budgetPerDayMinor() < 0
                ? -1
                : counters.find(dayKey(campaign, plan), campaign.newestDayCounter());
        if (exceeds(definition.budgetPerDayMinor(), counters.valueAt(dayCounter), amountMinor)) {
            return ResultCode.DAY_BUDGET_EXHAUSTED;
        }
        final int memberCounter = definition.budgetPerMemberMinor() < 0 || plan.member < 0
                ? -1
                : counters.find(Counters.memberKey(campaign.index(), plan.member));
        if (exceeds(definition.budgetPerMemberMinor(), counters.valueAt(memberCounter), amountMinor)) {
            return ResultCode.MEMBER_BUDGET_EXHAUSTED;
        }
        if (!fits(campaign, plan, amountMinor)) {
            return ResultCode.AMOUNT_OVERFLOW;
        }
        plan.noteCounters(dayCounter, memberCounter);
        plan.newCounterCount += missing(definition.budgetPerDayMinor(), dayCounter)
                + missing(definition.budgetPerMemberMinor(), memberCounter);
        return ResultCode.OK;
    }

    /** Counts a grant that was checked, in the counters that were found then. */
    void count(final PaymentPlan plan, final int grant) {
        final Campaign campaign = plan.grantCampaign(grant);
        final long amountMinor = plan.grantMinor(grant);
        final CampaignDefinition definition = campaign.current().definition();
        campaign.grant(amountMinor);
        if (definition.budgetPerDayMinor() >= 0) {
            campaign.setNewestDayCounter(counters.raise(plan.dayCounter(grant), dayKey(campaign, plan), amountMinor));
        }
        if (definition.budgetPerMemberMinor() >= 0) {
            counters.raise(plan.memberCounter(grant), Counters.memberKey(campaign.index(), plan.member), amountMinor);
        }
    }

    private static long dayKey(final Campaign campaign, final PaymentPlan plan) {
        return Counters.dayKey(campaign.index(), plan.day);
    }

    /** All grants of the payment together must fit the pool, and each funding account as if it paid all of them. */
    private boolean fits(final Campaign campaign, final PaymentPlan plan, final long amountMinor) {
        final long sumMinor = plan.grantedMinor() + amountMinor;
        return sumMinor <= Money.MINOR_MAX
                && campaign.grantedMinor() + amountMinor <= Money.MINOR_MAX
                && ledger.takes(campaign.current().funding(), -sumMinor)
                && (plan.pool < 0 || ledger.takes(pools.account(plan.pool, ChartOfAccounts.SPENDABLE), sumMinor));
    }

    private static boolean exceeds(final long budget, final long used, final long more) {
        return budget >= 0 && more > budget - used;
    }

    private static int missing(final long budget, final int counter) {
        return budget >= 0 && counter < 0 ? 1 : 0;
    }
}
