package io.miaojie.simulation;

import io.miaojie.simulation.World.Fund;
import io.miaojie.simulation.World.Grant;
import io.miaojie.simulation.World.Order;
import io.miaojie.simulation.World.OrderLine;
import io.miaojie.simulation.World.Pool;
import io.miaojie.wire.codec.FundingMode;
import io.miaojie.wire.codec.HoldPolicy;
import io.miaojie.wire.codec.OrderState;
import java.util.Map;

/** What follows from the sums of an order: claws, pool money, state, delivery. */
final class NaiveClaws {
    private final World world;
    private final NaivePools pools;
    private final NaiveGrants grants;
    private final NaiveReturns returns;

    NaiveClaws(final World world, final NaivePools pools, final NaiveGrants grants) {
        this.world = world;
        this.pools = pools;
        this.grants = grants;
        this.returns = new NaiveReturns(world, pools, grants);
    }

    /** Brings an order to where the facts of it put it. */
    void settle(final Order order) {
        world.touch(order);
        final long[] net = NaiveNet.net(order);
        if (order.refunded > order.goodwill || order.openRefund > 0) {
            final Map<Grant, Long> targets = NaiveKinds.targets(order, net);
            order.grants.stream()
                    .filter(targets::containsKey)
                    .forEach(grant -> bring(grant, Math.max(0, grant.credited - targets.get(grant))));
        }
        if (order.state == OrderState.PAID || order.state == OrderState.REFUNDED) {
            final boolean isAllBack = order.captured > 0 && order.refunded >= order.captured;
            order.state = isAllBack ? OrderState.REFUNDED : OrderState.PAID;
            returnPool(order);
            deliver(order, net);
        }
    }

    /** The order is rejected: all of the grant goes back, for good. */
    void reject(final Grant grant) {
        grant.isVoid = true;
        bring(grant, grant.credited);
    }

    /** Claws or gives back until this much of a grant is clawed; all of one that is void. */
    void bring(final Grant grant, final long clawed) {
        final long change = (grant.isVoid ? grant.credited : clawed) - grant.clawed;
        claw(grant, Math.max(0, change));
        giveBack(grant, Math.max(0, -change));
    }

    private void claw(final Grant grant, final long amount) {
        if (amount == 0) {
            return;
        }
        world.touch(grant);
        final Pool pool = world.touch(grant.pool());
        long left = amount;
        final long own = Math.min(left, grant.pending);
        pools.take(pool, World.PENDING, own);
        left -= own;
        final int first = grant.isReleased ? World.WITHDRAWABLE : World.SPENDABLE;
        final int second = grant.isReleased ? World.SPENDABLE : World.WITHDRAWABLE;
        if (grant.version.terms.hold() == HoldPolicy.NEVER && !grant.isSuspended) {
            left -= pools.takeKept(pool, left);
        }
        left -= pools.takeUpTo(pool, first, left);
        left -= pools.takeUpTo(pool, second, left);
        pool.buckets[World.DEBT] += left;
        grant.clawed += amount;
        grants.split(grant);
        pools.move(grant.version.funder, amount);
    }

    /** A later instalment has raised what refunds leave: what was clawed too much is granted again. */
    private void giveBack(final Grant grant, final long amount) {
        final Fund funder = grant.version.funder;
        final boolean isFunded = funder.mode != FundingMode.PREPAID || funder.balance >= amount;
        final boolean fits = NaivePools.takes(grant.pool(), amount) && funder.balance - amount >= -World.MOST;
        if (amount == 0 || !isFunded || !fits) {
            return;
        }
        world.touch(grant);
        final long before = grant.pending;
        grant.clawed -= amount;
        grants.split(grant);
        final long pending = grant.pending - before;
        grants.bringIn(grant, pending, amount - pending);
        pools.move(funder, -amount);
    }

    private void returnPool(final Order order) {
        final long spent = order.poolSpendable + order.poolWithdrawable;
        if (!order.isPoolCaptured || spent == 0) {
            return;
        }
        final long refunded = Math.min(order.refunded, order.captured);
        final long back = Sums.part(spent, refunded, order.captured);
        final long more = back - order.poolReturned;
        final Pool known = order.member.pools.get(order.currency);
        if (more > 0 && NaivePools.takes(known, more)) {
            pools.move(pools.fund(order.shop, "~redeemed", order.currency), -more);
            returns.giveBack(order, back);
        }
    }

    /** An order is delivered when every line is, or is refunded in full, and at least one was delivered. */
    private void deliver(final Order order, final long[] net) {
        boolean isOne = order.isDeliveredWhole;
        boolean isEach = true;
        for (int i = 0; i < net.length; i++) {
            final OrderLine line = order.lines.get(i);
            final boolean isRefunded = net[i] == 0 && (line.quantity == 0 || line.due > 0);
            isOne |= line.isDelivered();
            isEach &= order.isDeliveredWhole || line.isDelivered() || isRefunded;
        }
        if (!order.isDelivered && isOne && isEach) {
            order.isDelivered = true;
            order.newestFirst().forEach(grants::schedule);
        }
    }
}
