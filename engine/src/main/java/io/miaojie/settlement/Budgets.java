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
    /** More than any amount and any count. */
    private static final long UNBOUNDED = Long.MAX_VALUE;

    private final Counters counters;
    private final Ledger ledger;
    private final ChartOfAccounts chart;
    private final PoolTransfers transfers;

    /** Of the version in hand: its campaign, who pays, and what is left before the payment. */
    private int campaignIndex;

    private int funding;
    private long leftMinor;
    private long leftCount;
    private long leftDayMinor;

    /** Where its counter of the day was found, -1: nowhere. */
    private int dayCounter;

    private boolean countsDay;

    /** What it gives a member at most, {@link #UNBOUNDED}. */
    private long memberMinor;

    /** What the campaign can count up to the bound of money. */
    private long countableMinor;

    /** What the funder's account takes from all that one payment grants, were it to pay for all of it. */
    private long payableMinor;

    /** What a prepaid funder has, {@link #UNBOUNDED}. */
    private long prepaidMinor;

    Budgets(final State state) {
        this.counters = state.counters();
        this.ledger = state.ledger();
        this.chart = state.chart();
        this.transfers = state.transfers();
    }

    /** Begins the credits of a version in the plan, and looks up what all of them are held against. */
    void begin(final CampaignVersion version, final PaymentPlan plan) {
        plan.beginVersion();
        final Campaign campaign = version.campaign();
        final CampaignDefinition inForce = campaign.current().definition();
        campaignIndex = campaign.index();
        funding = version.funding();
        leftMinor = left(inForce.budgetAmountMinor(), campaign.grantedMinor());
        leftCount = left(inForce.budgetCount(), campaign.grantedCount());
        countsDay = inForce.budgetPerDayMinor() >= 0;
        dayCounter = countsDay ? counters.find(dayKey(campaign, plan), campaign.newestDayCounter()) : -1;
        leftDayMinor = left(inForce.budgetPerDayMinor(), counters.valueAt(dayCounter));
        memberMinor = left(inForce.budgetPerMemberMinor(), 0);
        countableMinor = Money.MINOR_MAX - campaign.grantedMinor();
        final long balanceMinor = ledger.balance(funding);
        payableMinor = Math.min(Money.MINOR_MAX, balanceMinor + Money.MINOR_MAX);
        prepaidMinor = chart.isPrepaid(funding) ? balanceMinor : UNBOUNDED;
    }

    /**
     * Holds one more credit of the version in hand against budgets, funder and accounts, after those that are planned.
     *
     * @param row of the grant, -1: it is made
     * @return {@code BUDGET_EXHAUSTED}, {@code COUNT_EXHAUSTED}, {@code DAY_BUDGET_EXHAUSTED},
     *     {@code MEMBER_BUDGET_EXHAUSTED}, {@code FUNDER_SHORT}, {@code AMOUNT_OVERFLOW}, {@code OK}
     */
    ResultCode check(final PaymentPlan plan, final int level, final int row, final long minor) {
        if (minor > leftMinor - plan.versionMinor) {
            return ResultCode.BUDGET_EXHAUSTED;
        }
        if (row < 0 && plan.versionCount >= leftCount) {
            return ResultCode.COUNT_EXHAUSTED;
        }
        if (minor > leftDayMinor - plan.versionMinor) {
            return ResultCode.DAY_BUDGET_EXHAUSTED;
        }
        int memberCounter = -1;
        if (memberMinor != UNBOUNDED) {
            final int member = plan.members[level];
            memberCounter = member < 0 ? -1 : counters.find(Counters.memberKey(campaignIndex, member));
            if (minor > memberMinor - counters.valueAt(memberCounter) - plan.versionMinorOf(member)) {
                return ResultCode.MEMBER_BUDGET_EXHAUSTED;
            }
        }
        plan.noteCounters(dayCounter, memberCounter);
        final ResultCode funds = checkFunds(plan, level, minor);
        if (funds == ResultCode.OK) {
            plan.newCounterCount += missing(countsDay, dayCounter) + missing(memberMinor != UNBOUNDED, memberCounter);
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
    private ResultCode checkFunds(final PaymentPlan plan, final int level, final long minor) {
        if (prepaidMinor != UNBOUNDED && prepaidMinor < plan.fundedMinor(funding) + minor) {
            return ResultCode.FUNDER_SHORT;
        }
        final long sumMinor = plan.grantedMinor() + minor;
        final int pool = plan.pools[level];
        final boolean fits = sumMinor <= payableMinor
                && plan.versionMinor + minor <= countableMinor
                && (pool < 0 || transfers.takes(pool, sumMinor));
        return fits ? ResultCode.OK : ResultCode.AMOUNT_OVERFLOW;
    }

    private static long dayKey(final Campaign campaign, final PaymentPlan plan) {
        return Counters.dayKey(campaign.index(), plan.day);
    }

    private static long left(final long budget, final long used) {
        return budget < 0 ? UNBOUNDED : budget - used;
    }

    private static int missing(final boolean isCounted, final int counter) {
        return isCounted && counter < 0 ? 1 : 0;
    }
}
