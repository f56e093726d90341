package io.miaojie.simulation;

import io.miaojie.wire.codec.Role;
import java.util.Map;
import java.util.TreeMap;

/** Asks the core for everything that there is, and holds it against the model. */
final class Inspection {
    private final Machine machine;
    private final World world;

    Inspection(final Machine machine, final World world) {
        this.machine = machine;
        this.world = world;
    }

    void all() {
        for (final World.Key key : world.keys) {
            if (key.role == Role.ADMIN && !key.isRevoked && key.shop != null) {
                inspect(new Questions(machine, key.index), key.shop, world);
            }
        }
    }

    private static void inspect(final Questions ask, final World.Shop shop, final World world) {
        shop.members.forEach((id, member) -> {
            final Map<Integer, String> pools = new TreeMap<>();
            ask.pools(id).forEach((currency, buckets) -> pools.put(currency, Names.buckets(buckets)));
            final Map<Integer, String> expected = new TreeMap<>();
            member.pools.values().forEach(pool -> expected.put(Words.currency(pool.currency), pool.told()));
            hold("pools of " + id, expected, pools);
            hold("member " + id, Map.of(member.name(), member.told()), ask.member(id));
        });
        shop.campaigns
                .values()
                .forEach(campaign -> hold(
                        "campaign " + campaign.id,
                        campaign.state + " " + campaign.granted + " " + campaign.count,
                        ask.campaign(campaign.id)));
        shop.orders.values().forEach(order -> hold("order " + order.id, entities(order, world), ask.order(order.id)));
        shop.withdrawals
                .values()
                .forEach(withdrawal -> hold(
                        "withdrawal " + withdrawal.id,
                        Map.of(withdrawal.name(), withdrawal.told(), withdrawal.pool.name(), withdrawal.pool.told()),
                        ask.withdrawal(withdrawal.id)));
        accounts(ask, shop);
    }

    private static Map<String, String> entities(final World.Order order, final World world) {
        final Map<String, String> expected = new TreeMap<>();
        expected.put(order.name(), order.told());
        order.grants.forEach(grant -> expected.put(grant.name(), grant.told()));
        if (order.review != null) {
            expected.put(order.review.name(), order.review.told());
        }
        final long[] net = NaiveNet.net(order);
        for (int i = 0; i < net.length; i++) {
            final World.OrderLine line = order.lines.get(i);
            final boolean isDelivered = order.isDeliveredWhole || line.isDelivered();
            if (line.quantity > 0) {
                expected.put("line " + line.id, Names.line(line.due, net[i], isDelivered));
            }
        }
        order.shop.refundOrders.values().stream()
                .filter(refundOrder -> refundOrder.order == order)
                .forEach(refundOrder -> expected.put(refundOrder.name(), refundOrder.told()));
        world.seats.stream().filter(seat -> seat.order == order).forEach(seat -> {
            expected.put(seat.name(), seat.told());
            expected.put(seat.sale.name(), seat.sale.told());
        });
        return expected;
    }

    private static void accounts(final Questions ask, final World.Shop shop) {
        final Map<String, Long> said = ask.accounts();
        final Map<String, Long> expected = new TreeMap<>();
        shop.funds.forEach(
                (name, fund) -> expected.put(Words.currency(name.substring(0, 3)) + name.substring(3), fund.balance));
        said.values().removeIf(balance -> balance == 0); // one that was opened ahead of its first use
        expected.values().removeIf(balance -> balance == 0);
        hold("accounts of " + shop.id, expected, said);
    }

    private static void hold(final String what, final Object expected, final Object said) {
        if (!expected.equals(said)) {
            throw new AssertionError(what + "\n  model: " + expected + "\n  core:  " + said);
        }
    }
}
