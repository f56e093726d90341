package io.miaojie.settlement;

import io.miaojie.settlement.campaign.CampaignKind;
import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.ledger.Ledger;
import io.miaojie.settlement.part.ApiKeys;
import io.miaojie.settlement.part.Counters;
import io.miaojie.settlement.part.Grants;
import io.miaojie.settlement.part.Holds;
import io.miaojie.settlement.part.Identities;
import io.miaojie.settlement.part.Instalments;
import io.miaojie.settlement.part.Links;
import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.Merchants;
import io.miaojie.settlement.part.OrderLines;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.Payouts;
import io.miaojie.settlement.part.PoolTransfers;
import io.miaojie.settlement.part.Pools;
import io.miaojie.settlement.part.RefundOrders;
import io.miaojie.settlement.part.Reviews;
import io.miaojie.settlement.part.RiskRules;
import io.miaojie.settlement.part.Rosters;
import io.miaojie.settlement.part.Sightings;
import io.miaojie.settlement.part.Targets;
import io.miaojie.settlement.part.Timers;
import io.miaojie.settlement.part.Touches;
import io.miaojie.settlement.part.Withdrawals;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;
import java.util.List;

/**
 * Everything that the core remembers. Commands change it; whoever verifies, reads it.
 *
 * @param timers one per campaign version that ends, FIFO of holds, order, two per group, grant that expires, withdrawal
 *     under way, order that is held
 */
public record State(
        Shard shard,
        Merchants merchants,
        ApiKeys apiKeys,
        Ledger ledger,
        ChartOfAccounts chart,
        Members members,
        Identities identities,
        Pools pools,
        Orders orders,
        OrderLines orderLines,
        Grants grants,
        Holds holds,
        Instalments instalments,
        RefundOrders refundOrders,
        Campaigns campaigns,
        Counters counters,
        Timers timers,
        Targets targets,
        Links links,
        Touches touches,
        Withdrawals withdrawals,
        Payouts payouts,
        Rosters rosters,
        RiskRules riskRules,
        Sightings sightings,
        Reviews reviews,
        SeenCommands seenCommands)
        implements StatePart {
    static State empty(final StateLimits limits, final List<CampaignKind> kinds) {
        final Merchants merchants = new Merchants(limits.merchantsMax());
        final int fundingsMax = limits.campaignsMax() + ChartOfAccounts.OWN_COUNT * limits.merchantsMax();
        final Ledger ledger = new Ledger(limits.poolsMax(), fundingsMax);
        final ChartOfAccounts chart = new ChartOfAccounts(limits.poolsMax(), fundingsMax, ledger);
        final Members members = new Members(limits.membersMax());
        final Orders orders = new Orders(limits.ordersMax(), limits.parkedMax());
        final Grants grants = new Grants(limits.grantsMax(), orders, members);
        final Timers timers = new Timers(limits.timersMax());
        return new State(
                new Shard(),
                merchants,
                new ApiKeys(limits.apiKeysMax() + 1, merchants),
                ledger,
                chart,
                members,
                new Identities(limits.people().identitiesMax(), members),
                new Pools(members, chart, ledger),
                orders,
                new OrderLines(limits.linesMax()),
                grants,
                new Holds(grants, timers),
                new Instalments(limits.instalmentsMax()),
                new RefundOrders(limits.ordersMax(), limits.givenBackMax()),
                new Campaigns(limits.campaignsMax(), limits.merchantsMax(), merchants, kinds),
                new Counters(limits.countersMax()),
                timers,
                new Targets(limits.people().targetsMax(), limits.merchantsMax()),
                new Links(limits.people().linksMax(), members),
                new Touches(limits.people().touchesMax()),
                new Withdrawals(limits.people().withdrawalsMax()),
                new Payouts(),
                new Rosters(limits.groupsMax(), limits.ordersMax(), limits.standingsMax()),
                new RiskRules(),
                new Sightings(limits.sightingsMax()),
                new Reviews(),
                new SeenCommands(limits.keysMax()));
    }

    /** Returns how money moves in and out of pools. */
    PoolTransfers transfers() {
        return new PoolTransfers(ledger, pools);
    }

    /** Allocates every table in full, so that no payment allocates. */
    public void reserve() {
        ledger.reserve();
        members.reserve();
        identities.reserve();
        orders.reserve();
        orderLines.reserve();
        grants.reserve();
        counters.reserve();
        seenCommands.reserve();
    }

    @Override
    public void save(final StateWriter out) {
        for (final StatePart part : parts()) {
            part.save(out);
        }
    }

    @Override
    public void load(final StateReader in) {
        for (final StatePart part : parts()) {
            part.load(in);
        }
    }

    /** In the order of the stream: what others are looked up in comes first. */
    private List<StatePart> parts() {
        return List.of(
                shard,
                merchants,
                apiKeys,
                ledger,
                chart,
                members,
                identities,
                pools,
                orders,
                orderLines,
                grants,
                holds,
                instalments,
                refundOrders,
                campaigns,
                counters,
                timers,
                targets,
                links,
                touches,
                withdrawals,
                payouts,
                rosters,
                riskRules,
                sightings,
                reviews,
                seenCommands);
    }
}
