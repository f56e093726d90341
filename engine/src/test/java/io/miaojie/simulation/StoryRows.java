package io.miaojie.simulation;

import io.miaojie.projection.ProjectionReader;
import io.miaojie.wire.codec.RefundOrderState;
import java.util.Map;
import java.util.TreeMap;

/** What Postgres holds of a story against what the naive model knows: no code of the rows is asked twice. */
final class StoryRows {
    private final Map<String, String> expected = new TreeMap<>();
    private final Map<String, String> found = new TreeMap<>();

    /** Throws when a row differs, is missing or is there for no reason. */
    static void hold(final ProjectionReader reader, final World world) {
        final StoryRows rows = new StoryRows();
        rows.expect(world);
        rows.read(reader);
        rows.found.forEach((name, row) -> {
            if (!row.equals(rows.expected.get(name))) {
                throw new AssertionError(name + "\n  model: " + rows.expected.get(name) + "\n  row:   " + row);
            }
        });
        rows.expected.keySet().removeAll(rows.found.keySet());
        if (!rows.expected.isEmpty()) {
            throw new AssertionError("rows are missing: " + rows.expected);
        }
    }

    private void expect(final World world) {
        world.members.forEach(member -> member.pools.values().forEach(pool -> expected.put(pool.name(), pool.told())));
        world.members.forEach(member -> expected.put(member.name(), member.told()));
        world.orders.forEach(order -> {
            expected.put(order.name(), told(order));
            order.grants.forEach(grant -> expected.put(grant.name(), told(grant)));
        });
        world.freeGrants.forEach(grant -> expected.put(grant.name(), told(grant)));
        world.shops.forEach(shop -> shop.refundOrders
                .values()
                .forEach(refundOrder -> expected.put(
                        refundOrder.name(),
                        RefundOrderState.get((short) refundOrder.state) + " " + refundOrder.amount + " "
                                + refundOrder.reason + " " + refundOrder.currency + " of "
                                + refundOrder.paymentSequence)));
        world.withdrawals.forEach(withdrawal -> expected.put(
                withdrawal.name(),
                withdrawal.state + " " + withdrawal.isQueryDue + " m" + withdrawal.pool.member.index + " "
                        + withdrawal.sequence + " " + withdrawal.amount));
    }

    private static String told(final World.Order order) {
        return order.state.value() + " m" + (order.member == null ? -1 : order.member.index) + " captured="
                + order.captured + " refunded=" + Math.min(order.captured, order.refunded) + " pool="
                + order.poolSpendable + "+" + order.poolWithdrawable + "-" + order.poolReturned + " "
                + order.isAfterSale + " " + order.isDelivered;
    }

    private static String told(final World.Grant grant) {
        return "m" + grant.member.index + " credited=" + grant.credited + " clawed=" + grant.clawed + " pending="
                + grant.pending + " released=" + grant.isReleased + " drawn=" + grant.drawn;
    }

    /** Codes of kinds stand as numbers. */
    private static String reason(final String said) {
        return said.matches("\\d+") ? Heard.code(Integer.parseInt(said)) : said;
    }

    private void read(final ProjectionReader reader) {
        reader.pools(row ->
                found.put(Names.pool(row.memberIndex(), Words.currency(row.currency())), Names.buckets(new long[] {
                    row.buckets().pendingMinor(),
                    row.buckets().spendableMinor(),
                    row.buckets().withdrawableMinor(),
                    row.buckets().lockedMinor(),
                    row.buckets().debtMinor()
                })));
        reader.members(row -> found.put(
                Names.member(row.memberIndex()),
                (row.isProvisional() ? "provisional" : "full") + " parent=" + row.referrerIndex() + " until="
                        + row.boundUntilNs()));
        reader.orders(row -> found.put(
                Names.order(row.orderIndex()),
                row.state().state() + " m" + row.state().memberIndex() + " captured="
                        + row.state().capturedMinor() + " refunded="
                        + row.state().refundedMinor() + " pool="
                        + row.state().pool().spendableMinor() + "+"
                        + row.state().pool().withdrawableMinor() + "-"
                        + row.state().pool().returnedMinor() + " " + row.state().isReleasePaused() + " "
                        + row.state().isDelivered()));
        reader.grants(row -> found.put(
                Names.grant(row.orderIndex(), row.memberIndex(), row.campaignIndex(), row.level()),
                "m" + row.memberIndex() + " credited=" + row.state().creditedMinor() + " clawed="
                        + row.state().clawedMinor() + " pending=" + row.state().pendingMinor() + " released="
                        + row.state().isReleased() + " drawn=" + row.state().drawn()));
        reader.refundOrders(row -> found.put(
                Names.refundOrder(row.sequence(), row.ordinal()),
                row.state() + " " + row.amountMinor() + " " + reason(row.reason()) + " " + row.currency() + " of "
                        + row.paymentSequence()));
        reader.withdrawals(row -> found.put(
                Names.withdrawal(row.withdrawalIndex()),
                row.state().state() + " " + row.state().isQueryDue() + " m" + row.memberIndex() + " " + row.sequence()
                        + " " + row.amountMinor()));
    }
}
