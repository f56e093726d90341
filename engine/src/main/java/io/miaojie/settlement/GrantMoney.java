package io.miaojie.settlement;

import io.miaojie.settlement.campaign.CampaignVersion;
import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.settlement.campaign.HoldTerms;
import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.ledger.Ledger;
import io.miaojie.settlement.part.Grants;
import io.miaojie.settlement.part.Holds;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.PoolTransfers;
import io.miaojie.settlement.part.Pools;
import io.miaojie.settlement.part.Reviews;

/**
 * The money of a grant, from its credit over its hold to its release, and back. What is pending of a grant, and what of
 * it is spendable, follow from what was credited and clawed and from its terms; so only those two sums are kept.
 *
 * <p>Units: minor, epoch nanoseconds. Allocates: nothing.
 */
final class GrantMoney {
    private final Orders orders;
    private final Grants grants;
    private final Holds holds;
    private final Reviews reviews;
    private final Campaigns campaigns;
    private final Pools pools;
    private final PoolTransfers transfers;
    private final ChartOfAccounts chart;
    private final Ledger ledger;
    private final Effects effects;

    GrantMoney(final State state, final Effects effects) {
        this.orders = state.orders();
        this.grants = state.grants();
        this.holds = state.holds();
        this.reviews = state.reviews();
        this.campaigns = state.campaigns();
        this.pools = state.pools();
        this.transfers = state.transfers();
        this.chart = state.chart();
        this.ledger = state.ledger();
        this.effects = effects;
    }

    /**
     * Makes a grant for an order, begins its hold as far as its terms say so, and credits it as {@link #credit} does.
     *
     * @return its row
     */
    int make(
            final int order,
            final CampaignVersion version,
            final int level,
            final int pool,
            final long amountMinor,
            final long nowNs) {
        final HoldTerms hold = version.definition().hold();
        final int suspended = reviews.isHeld(order) ? Grants.SUSPENDED : 0;
        if (hold.countsFromDelivery() && orders.has(order, Orders.DELIVERED)) {
            final int late = grants.add(order, version.index(), level, suspended, 0, 0);
            beginHold(late, hold, nowNs);
            credit(late, version, pool, amountMinor);
            return late;
        }
        final boolean isQueued = hold.countsFromPayment();
        final long releaseAtNs = isQueued ? endNs(hold, nowNs) : 0;
        final int flags = suspended | begun(hold, suspended != 0);
        final int grant = grants.add(order, version.index(), level, flags, amountMinor, releaseAtNs);
        if (isQueued) {
            holds.append(grant, version.index(), releaseAtNs);
        }
        bringIn(flags, version, pool, amountMinor, hold.pendingMinor(amountMinor, 0));
        effects.orders().addGrant(order, grant, pool, amountMinor);
        return grant;
    }

    /** Credits a grant of this version from its funder. The caller has proven that both accounts take it. */
    void credit(final int grant, final CampaignVersion version, final int pool, final long amountMinor) {
        final HoldTerms hold = version.definition().hold();
        final long pendingMinor = hold.hasPending() ? morePendingMinor(grant, hold, amountMinor) : 0;
        bringIn(grants.flags(grant), version, pool, amountMinor, pendingMinor);
        grants.credit(grant, amountMinor);
        effects.orders().touchGrant(grant, pool, amountMinor, 0);
    }

    /** Returns the flags of a grant whose hold is over, or ends by the clock, from the beginning. */
    private static int begun(final HoldTerms hold, final boolean isSuspended) {
        if (hold.isNone()) {
            return isSuspended ? Grants.DUE : Grants.RELEASED;
        }
        return hold.countsFromPayment() ? Grants.QUEUED : 0;
    }

    /**
     * Moves the money of a credit to where a grant with these flags has it.
     *
     * @param pendingMinor what of it is pending by the terms of the hold, while that lasts
     */
    private void bringIn(
            final int flags,
            final CampaignVersion version,
            final int pool,
            final long amountMinor,
            final long pendingMinor) {
        final int funding = version.funding();
        if ((flags & Grants.SUSPENDED) != 0) {
            transfers.credit(pool, ChartOfAccounts.PENDING, amountMinor, funding);
        } else if (version.definition().hold().isNever()) {
            transfers.creditKept(pool, amountMinor, funding);
        } else if ((flags & Grants.RELEASED) != 0) {
            transfers.credit(pool, ChartOfAccounts.WITHDRAWABLE, amountMinor, funding);
        } else {
            if (pendingMinor > 0) {
                transfers.credit(pool, ChartOfAccounts.PENDING, pendingMinor, funding);
            }
            transfers.credit(pool, ChartOfAccounts.SPENDABLE, amountMinor - pendingMinor, funding);
        }
    }

    /** Claws or gives back until a grant is worth this much; one of an order that was rejected is worth nothing. */
    void bring(final int grant, final long targetMinor) {
        final long worthMinor = grants.has(grant, Grants.VOID) ? 0 : Math.max(0, targetMinor);
        final long clawedMinor = Math.max(0, grants.creditedMinor(grant) - worthMinor);
        final long changeMinor = clawedMinor - grants.clawedMinor(grant);
        if (changeMinor > 0) {
            claw(grant, changeMinor);
        } else if (changeMinor < 0) {
            restore(grant, -changeMinor);
        }
    }

    /** Takes back what a grant gave, as debt where the pool has no more; less only at the bounds of the accounts. */
    private void claw(final int grant, final long amountMinor) {
        final CampaignVersion version = campaigns.version(grants.version(grant));
        final int pool = pool(grant);
        final boolean isReleased = grants.has(grant, Grants.RELEASED);
        final long clawedMinor = isKept(grant)
                ? transfers.clawKept(pool, amountMinor, version.funding())
                : transfers.claw(pool, amountMinor, pendingMinor(grant), isReleased, version.funding());
        if (clawedMinor > 0) {
            grants.claw(grant, clawedMinor);
            effects.orders().touchGrant(grant, pool, 0, clawedMinor);
        }
    }

    /**
     * Gives back what was clawed: a later instalment has raised what refunds leave. It was granted before, so no budget
     * is asked; only when funder or pool don't take it does it stay clawed.
     */
    private void restore(final int grant, final long amountMinor) {
        final int funding = campaigns.version(grants.version(grant)).funding();
        final int pool = pool(grant);
        final boolean isFunded = !chart.isPrepaid(funding) || ledger.balance(funding) >= amountMinor;
        if (!isFunded || !transfers.takes(pool, amountMinor) || !transfers.gives(funding, amountMinor)) {
            return;
        }
        final long beforeMinor = pendingMinor(grant);
        grants.claw(grant, -amountMinor);
        final long pendingMinor = pendingMinor(grant) - beforeMinor;
        transfers.credit(pool, ChartOfAccounts.PENDING, pendingMinor, funding);
        if (isKept(grant)) {
            transfers.creditKept(pool, amountMinor, funding);
        } else {
            final boolean isReleased = grants.has(grant, Grants.RELEASED);
            transfers.credit(
                    pool,
                    isReleased ? ChartOfAccounts.WITHDRAWABLE : ChartOfAccounts.SPENDABLE,
                    amountMinor - pendingMinor,
                    funding);
        }
        effects.orders().touchGrant(grant, pool, 0, -amountMinor);
    }

    /** The order was delivered: holds that count from that begin, or end. */
    void deliver(final int grant, final long nowNs) {
        final HoldTerms hold = hold(grant);
        if (hold.countsFromDelivery() && !grants.has(grant, Grants.RELEASED | Grants.QUEUED | Grants.DUE)) {
            beginHold(grant, hold, nowNs);
            effects.orders().touchGrant(grant, pool(grant), 0, 0);
        }
    }

    /** The hold has ended: the grant is released, or waits for the end of the order's after-sale or review. */
    void fallDue(final int grant) {
        if (waits(grant)) {
            grants.set(grant, Grants.DUE);
        } else {
            release(grant);
        }
    }

    /** Releases a grant that fell due during an after-sale or a review. */
    void releaseDue(final int grant) {
        if (grants.has(grant, Grants.DUE) && !waits(grant)) {
            grants.clear(grant, Grants.DUE);
            release(grant);
        }
    }

    /** The order is held no longer: the grant is where its terms want it by now. */
    void resume(final int grant) {
        final int pool = pool(grant);
        final int pending = pools.account(pool, ChartOfAccounts.PENDING);
        grants.clear(grant, Grants.SUSPENDED);
        final long instantMinor = grants.outstandingMinor(grant) - pendingMinor(grant);
        if (isKept(grant)) {
            transfers.creditKept(pool, instantMinor, pending);
        } else {
            transfers.credit(pool, ChartOfAccounts.SPENDABLE, instantMinor, pending);
        }
        effects.orders().touchGrant(grant, pool, 0, 0);
        releaseDue(grant);
    }

    /** The order is rejected: all of the grant goes back, for good. It stays suspended, and so never falls due. */
    void reject(final int grant) {
        grants.set(grant, Grants.VOID);
        bring(grant, 0);
    }

    /** Returns what of a grant is pending. */
    long pendingMinor(final int grant) {
        return pendingMinor(grants, campaigns, grant);
    }

    static long pendingMinor(final Grants grants, final Campaigns campaigns, final int grant) {
        final HoldTerms hold =
                campaigns.version(grants.version(grant)).definition().hold();
        return pendingMinor(
                hold,
                grants.has(grant, Grants.SUSPENDED),
                grants.has(grant, Grants.RELEASED),
                grants.creditedMinor(grant),
                grants.clawedMinor(grant));
    }

    static long pendingMinor(
            final HoldTerms hold,
            final boolean isSuspended,
            final boolean isReleased,
            final long creditedMinor,
            final long clawedMinor) {
        if (isSuspended) {
            return creditedMinor - clawedMinor;
        }
        return isReleased ? 0 : hold.pendingMinor(creditedMinor, clawedMinor);
    }

    private long morePendingMinor(final int grant, final HoldTerms hold, final long amountMinor) {
        final long creditedMinor = grants.creditedMinor(grant);
        final long clawedMinor = grants.clawedMinor(grant);
        return hold.pendingMinor(creditedMinor + amountMinor, clawedMinor)
                - hold.pendingMinor(creditedMinor, clawedMinor);
    }

    private void beginHold(final int grant, final HoldTerms hold, final long nowNs) {
        if (hold.lengthNs() == 0) {
            fallDue(grant);
        } else {
            holds.add(grant, grants.version(grant), endNs(hold, nowNs));
        }
    }

    private static long endNs(final HoldTerms hold, final long nowNs) {
        return nowNs > Long.MAX_VALUE - hold.lengthNs() ? Long.MAX_VALUE : nowNs + hold.lengthNs();
    }

    private boolean waits(final int grant) {
        final int order = grants.order(grant);
        return grants.has(grant, Grants.SUSPENDED) || order >= 0 && orders.has(order, Orders.FROZEN);
    }

    /** Tells whether money of the grant is spendable and never becomes withdrawable. */
    private boolean isKept(final int grant) {
        return hold(grant).isNever() && !grants.has(grant, Grants.SUSPENDED);
    }

    private void release(final int grant) {
        final int pool = pool(grant);
        final long pendingMinor = pendingMinor(grant);
        final long instantMinor = grants.outstandingMinor(grant) - pendingMinor;
        final int pending = pools.account(pool, ChartOfAccounts.PENDING);
        transfers.credit(pool, ChartOfAccounts.WITHDRAWABLE, pendingMinor, pending);
        transfers.release(pool, instantMinor);
        grants.set(grant, Grants.RELEASED);
        effects.orders().touchGrant(grant, pool, 0, 0);
    }

    private HoldTerms hold(final int grant) {
        return campaigns.version(grants.version(grant)).definition().hold();
    }

    private int pool(final int grant) {
        final int currency =
                campaigns.version(grants.version(grant)).definition().currency();
        return pools.find(grants.member(grant), currency);
    }
}
