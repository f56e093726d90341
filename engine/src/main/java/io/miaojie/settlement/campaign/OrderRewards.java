package io.miaojie.settlement.campaign;

import io.miaojie.settlement.part.Grants;
import io.miaojie.settlement.part.Orders;

/** Looks back at what an order has earned. */
public final class OrderRewards {
    private final Orders orders;
    private final Grants grants;
    private final Campaigns campaigns;

    public OrderRewards(final Orders orders, final Grants grants, final Campaigns campaigns) {
        this.orders = orders;
        this.grants = grants;
        this.campaigns = campaigns;
    }

    /** Tells whether any version of the campaign has rewarded the order. */
    boolean has(final int order, final Campaign campaign) {
        int grant = orders.lastGrant(order);
        while (grant >= 0 && campaigns.version(grants.version(grant)).campaign() != campaign) {
            grant = grants.previous(grant);
        }
        return grant >= 0;
    }
}
