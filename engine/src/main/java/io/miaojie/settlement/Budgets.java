package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Campaign;
import io.miaojie.settlement.campaign.CampaignDefinition;
import io.miaojie.settlement.campaign.CampaignVersion;
import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.ledger.Ledger;
import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.part.Counters;
import io.miaojie.settlement.part.PoolTransfers;
import io.miaojie.wire.ResultCode;

/**
 * What a credit must stay within: the campaign's budgets in force, the funder's money, and the bounds of the accounts.
 * The sums per day and per member are counted while the version in force bounds them.
 */
final class Budgets {
    private final Counters counters;
    private final Ledger ledger;
    private final ChartOfAccounts chart;
    private final PoolTransfers transfers;

    Budgets(final State state) {
        this.counters = state.counters();
        this.ledger = state.ledger();
        this.chart = state.chart();
        this.transfers = state.transfers();
    }

    /**
     * Holds one more credit against budgets, funder and accounts, after those that are planned.
     *
     * @param row of the grant, -1: it is made
     * @return {@code BUDGET_EXHAUSTED}, {@code COUNT_EXHAUSTED}, {@code DAY_BUDGET_EXHAUSTED},
     *     {@code MEMBER_BUDGET_EXHAUSTED}, {@code FUNDER_SHORT}, {@code AMOUNT_OVERFLOW}, {@code OK}
     */
    ResultCode check(
            final CampaignVersion version, final PaymentPlan plan, final int level, final int row, final long minor) {
        final Campaign campaign = version.campaign();
        final CampaignDefinition inForce = campaign.current().definition();
        if (exceeds(inForce.budgetAmountMinor(), campaign.grantedMinor() + plan.versionMinor, minor)) {
            return ResultCode.BUDGET_EXHAUSTED;
        }
        if (row < 0 && exceeds(inForce.budgetCount(), campaign.grantedCount() + plan.versionCount, 1)) {
            return ResultCode.COUNT_EXHAUSTED;
        }
        final int dayCounter = inForce.budgetPerDayMinor() < 0
                ? -1
                : counters.find(dayKey(campaign, plan), campaign.newestDayCounter());
        if (exceeds(inForce.budgetPerDayMinor(), counters.valueAt(dayCounter) + plan.versionMinor, minor)) {
            return ResultCode.DAY_BUDGET_EXHAUSTED;
        }
        final int member = plan.members[level];
        final boolean countsMember = inForce.budgetPerMemberMinor() >= 0;
        final int memberCounter =
                countsMember && member >= 0 ? counters.find(Counters.memberKey(campaign.index(), member)) : -1;
        if (countsMember
                && exceeds(
                        inForce.budgetPerMemberMinor(),
                        counters.valueAt(memberCounter) + plan.versionMinorOf(member),
                        minor)) {
            return ResultCode.MEMBER_BUDGET_EXHAUSTED;
        }
        plan.noteCounters(dayCounter, memberCounter);
        final ResultCode funds = checkFunds(version, plan, level, minor);
        if (funds == ResultCode.OK) {
            plan.newCounterCount += missing(inForce.budgetPerDayMinor(), dayCounter)
                    + missing(inForce.budgetPerMemberMinor(), memberCounter);
        }
        return funds;
    }

    /** Counts a planned credit that is carried out. Counters that were missing may have been added meanwhile. */
    void count(final PaymentPlan plan, final PaymentPlan.Credit credit, final Campaign campaign) {
        final long minor = credit.amountMinor;
        final CampaignDefinition inForce = campaign.current().definition();
        campaign.grant(minor, credit.row < 0);
        if (inForce.budgetPerDayMinor() >= 0) {
            final long key = dayKey(campaign, plan);
            final int known = credit.dayCounter;
            campaign.setNewestDayCounter(
                    counters.raise(known < 0 ? counters.find(key, campaign.newestDayCounter()) : known, key, minor));
        }
        if (inForce.budgetPerMemberMinor() >= 0) {
            final long key = Counters.memberKey(campaign.index(), plan.members[credit.level]);
            final int known = credit.memberCounter;
            counters.raise(known < 0 ? counters.find(key) : known, key, minor);
        }
    }

    /** All credits of the payment together must fit each pool, and each funder as if it paid all of them. */
    private ResultCode checkFunds(
            final CampaignVersion version, final PaymentPlan plan, final int level, final long minor) {
        final long sumMinor = plan.grantedMinor() + minor;
        final int funding = version.funding();
        if (chart.isPrepaid(funding) && ledger.balance(funding) < plan.fundedMinor(funding) + minor) {
            return ResultCode.FUNDER_SHORT;
        }
        final int pool = plan.pools[level];
        final boolean fits = sumMinor <= Money.MINOR_MAX
                && version.campaign().grantedMinor() + plan.versionMinor + minor <= Money.MINOR_MAX
                && ledger.takes(funding, -sumMinor)
                && (pool < 0 || transfers.takes(pool, sumMinor));
        return fits ? ResultCode.OK : ResultCode.AMOUNT_OVERFLOW;
    }

    private static long dayKey(final Campaign campaign, final PaymentPlan plan) {
        return Counters.dayKey(campaign.index(), plan.day);
    }

    private static boolean exceeds(final long budget, final long used, final long more) {
        return budget >= 0 && more > budget - used;
    }

    private static int missing(final long budget, final int counter) {
        return budget >= 0 && counter < 0 ? 1 : 0;
    }
}
