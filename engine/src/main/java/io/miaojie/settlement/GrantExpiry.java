package io.miaojie.settlement;

import io.miaojie.settlement.campaign.CampaignVersion;
import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.part.Grants;
import io.miaojie.settlement.part.PoolTransfers;
import io.miaojie.settlement.part.Pools;

/** Takes back what is unspent of a grant whose days are over. It counts as clawed. */
final class GrantExpiry {
    private final Campaigns campaigns;
    private final Grants grants;
    private final Pools pools;
    private final PoolTransfers transfers;
    private final Effects effects;

    GrantExpiry(final State state, final Effects effects) {
        this.campaigns = state.campaigns();
        this.grants = state.grants();
        this.pools = state.pools();
        this.transfers = state.transfers();
        this.effects = effects;
    }

    void fire(final int grant) {
        final CampaignVersion version = campaigns.version(grants.version(grant));
        final int pool = pools.find(grants.member(grant), version.definition().currency());
        final long creditedMinor = grants.creditedMinor(grant);
        final long lapsedMinor = pools.lapsedMinor(pool, creditedMinor);
        pools.lapse(pool, creditedMinor, lapsedMinor);
        final long takenMinor = transfers.take(pool, ChartOfAccounts.SPENDABLE, lapsedMinor, version.funding());
        if (takenMinor > 0) {
            grants.claw(grant, takenMinor);
            effects.orders().touchGrant(grant, pool, 0, takenMinor);
        }
    }
}
