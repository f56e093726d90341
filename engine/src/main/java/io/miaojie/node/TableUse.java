package io.miaojie.node;

import io.miaojie.settlement.PeopleLimits;
import io.miaojie.settlement.State;
import io.miaojie.settlement.StateLimits;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * How far the tables are filled that refuse when they are full, each under the name of its code: {@code GRANTS_FULL} is
 * said of {@code grants}. Rows are never removed, timers and parked orders aside: whoever watches them raises a limit
 * before a caller hears of it.
 *
 * <p>Thread: any. Counts are single numbers of the settlement thread, read as they stand: of about this moment.
 */
final class TableUse {
    private record Bounded(String name, int max, IntSupplier room) {
        EngineStatus.Table now() {
            return new EngineStatus.Table(name, max - room.getAsInt(), max);
        }
    }

    private final List<Bounded> tables;

    private TableUse(final List<Bounded> tables) {
        this.tables = tables;
    }

    /** Watches the tables of this state, which has these limits. */
    static TableUse of(final State state, final StateLimits limits) {
        final PeopleLimits people = limits.people();
        return new TableUse(List.of(
                new Bounded("members", limits.membersMax(), state.members()::room),
                new Bounded("identities", people.identitiesMax(), state.identities()::room),
                new Bounded("pools", limits.poolsMax(), state.chart()::room),
                new Bounded("orders", limits.ordersMax(), state.orders()::room),
                new Bounded("parked", limits.parkedMax(), state.orders()::parkedRoom),
                new Bounded("lines", limits.linesMax(), state.orderLines()::room),
                new Bounded("refund_orders", limits.ordersMax(), state.refundOrders()::room),
                new Bounded("grants", limits.grantsMax(), state.grants()::room),
                new Bounded("keys", limits.keysMax(), state.seenCommands()::room),
                new Bounded("counters", limits.countersMax(), state.counters()::room),
                new Bounded("timers", limits.timersMax(), state.timers()::room),
                new Bounded("merchants", limits.merchantsMax(), state.merchants()::room),
                new Bounded("api_keys", limits.apiKeysMax(), state.apiKeys()::room),
                new Bounded("campaigns", limits.campaignsMax(), state.campaigns()::room),
                new Bounded("links_targets", people.targetsMax(), state.targets()::room),
                new Bounded("links", people.linksMax(), state.links()::room),
                new Bounded("withdrawals", people.withdrawalsMax(), state.withdrawals()::room),
                new Bounded("rosters_groups", limits.groupsMax(), state.rosters()::groupRoom),
                new Bounded("rosters_entries", limits.ordersMax(), state.rosters()::entryRoom),
                new Bounded("rosters_standings", limits.standingsMax(), state.rosters()::standingRoom)));
    }

    List<EngineStatus.Table> now() {
        return tables.stream().map(Bounded::now).toList();
    }
}
