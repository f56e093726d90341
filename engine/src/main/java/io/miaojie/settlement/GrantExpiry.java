package io.miaojie.settlement;

import io.miaojie.settlement.campaign.CampaignVersion;
import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.settlement.ledger.Ledger;
import io.miaojie.settlement.part.Grants;
import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.PoolTransfers;
import io.miaojie.settlement.part.Pools;

/**
 * Takes back what is unspent of a grant whose days are over, and what comes back later of such a grant from an order
 * that held or spent it. It counts as clawed.
 *
 * <p>Units: minor. Allocates: nothing.
 */
final class GrantExpiry {
    private final Members members;
    private final Campaigns campaigns;
    private final Grants grants;
    private final Pools pools;
    private final PoolTransfers transfers;
    private final Ledger ledger;
    private final Effects effects;

    GrantExpiry(final State state, final Effects effects) {
        this.members = state.members();
        this.campaigns = state.campaigns();
        this.grants = state.grants();
        this.pools = state.pools();
        this.transfers = state.transfers();
        this.ledger = state.ledger();
        this.effects = effects;
    }

    void fire(final int grant) {
        final CampaignVersion version = campaigns.version(grants.version(grant));
        final int pool = pools.find(grants.member(grant), version.definition().currency());
        final long creditedMinor = grants.creditedMinor(grant);
        final long lapsedMinor = pools.lapsedMinor(pool, creditedMinor);
        final long takenMinor = transfers.takeLapsingFirst(pool, lapsedMinor, version.funding());
        pools.lapse(pool, creditedMinor);
        grants.set(grant, Grants.EXPIRED);
        if (takenMinor > 0) {
            claw(grant, pool, takenMinor);
        }
    }

    /**
     * Gives back to its funders what comes back too late: to those of the pool's expired grants, the newest first, as
     * far as they are outstanding and their funder takes it.
     *
     * @param from where the money comes from: has at least this much
     * @return what was given back
     */
    long giveBack(final int pool, final long amountMinor, final int from) {
        long leftMinor = amountMinor;
        int grant = leftMinor > 0 ? members.lastGrant(pools.member(pool)) : -1;
        for (; grant >= 0 && leftMinor > 0; grant = grants.previous(grant)) {
            final CampaignVersion version = campaigns.version(grants.version(grant));
            final boolean isOfPool = version.definition().currency() == pools.currency(pool);
            final long minor = Math.min(leftMinor, grants.outstandingMinor(grant));
            if (isOfPool && grants.has(grant, Grants.EXPIRED) && minor > 0 && ledger.takes(version.funding(), minor)) {
                ledger.transfer(from, version.funding(), minor);
                claw(grant, pool, minor);
                leftMinor -= minor;
            }
        }
        return amountMinor - leftMinor;
    }

    private void claw(final int grant, final int pool, final long minor) {
        grants.claw(grant, minor);
        effects.orders().touchGrant(grant, pool, 0, minor);
    }
}
