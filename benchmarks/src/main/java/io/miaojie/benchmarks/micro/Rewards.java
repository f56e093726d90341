package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.Draws;
import io.miaojie.benchmarks.Rebates;

/**
 * What each payment of a bench earns: three grants, each to a pool of its own or all to one.
 *
 * <p>Units: minor. Allocates: nothing.
 */
public enum Rewards {
    /** Three rebates to the buyer, spendable at once. */
    REBATES,
    /**
     * A rebate to the buyer, commissions to whoever brought it and to whoever brought them, each held for a week after
     * the payment. The last half of the members buys; its parents are of the second quarter, theirs of the first.
     */
    COMMISSIONS;

    /** Name and number of the kind that rewards parents. */
    static final int COMMISSION_KIND = 2;

    static final long[] RATES_PPM = {10_000, 30_000, 20_000};

    private static final long MILLION = 1_000_000;

    /** Returns how many members buy. */
    int buyers(final int members) {
        return this == REBATES ? members : members / 2;
    }

    /** Returns who pays, 0 to {@code members} - 1: each buyer once, then buyers drawn evenly. */
    int buyer(final int payment, final int members) {
        final int buyers = buyers(members);
        return members - buyers + (payment < buyers ? payment : Draws.member(payment, buyers));
    }

    /** Returns who brought a member, -1: nobody. */
    int parent(final int member, final int members) {
        final int quarter = members / 4;
        if (this == REBATES || member < quarter) {
            return -1;
        }
        return member < 2 * quarter ? Draws.member(member, quarter) : quarter + Draws.member(member, quarter);
    }

    /** Returns whom a grant of a payment is for. */
    int beneficiary(final int grant, final int buyer, final int members) {
        if (this == REBATES || grant == 0) {
            return buyer;
        }
        final int parent = parent(buyer, members);
        return grant == 1 ? parent : parent(parent, members);
    }

    /** Returns the amount of a grant of a payment. */
    long rewardMinor(final int grant, final long amountMinor) {
        return this == REBATES ? Rebates.rewardMinor(grant, amountMinor) : amountMinor * RATES_PPM[grant] / MILLION;
    }

    /** Returns the id of the campaign that gives a grant. */
    String campaignId(final int grant) {
        return this == REBATES || grant == 0 ? Rebates.id(grant) : "commission";
    }
}
