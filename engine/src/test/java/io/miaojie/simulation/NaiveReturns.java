package io.miaojie.simulation;

import io.miaojie.simulation.World.Fund;
import io.miaojie.simulation.World.Grant;
import io.miaojie.simulation.World.Order;
import io.miaojie.simulation.World.Pool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Pool money on its way back from an order: what it was it is again, and what has expired meanwhile is its funder's.
 */
final class NaiveReturns {
    private final World world;
    private final NaivePools pools;
    private final NaiveGrants grants;

    NaiveReturns(final World world, final NaivePools pools, final NaiveGrants grants) {
        this.world = world;
        this.pools = pools;
        this.grants = grants;
    }

    /** Gives back until this much is returned; the caller has taken it from where it was. */
    void giveBack(final Order order, final long due) {
        final Pool pool = pools.open(order.member, order.currency);
        final long[] before = parts(order, order.poolReturned);
        final long[] after = parts(order, due);
        final long spendable = after[0] - before[0];
        final long kept = after[1] - before[1];
        final long lapsing = after[2] - before[2];
        final long late = Math.max(0, pool.lapsing + lapsing - pool.lapsingActive);
        final long gone = toFunders(pool, late);
        final long arrived = pools.creditSpendable(pool, spendable - gone);
        pool.kept += Math.min(arrived, kept - gone);
        pool.lapsing += Math.min(arrived, lapsing - late);
        pools.credit(pool, World.WITHDRAWABLE, due - order.poolReturned - spendable);
        order.poolReturned = due;
    }

    /** Returns what of a sum that is returned is for spendable, what of that is kept, and what of that expires. */
    private static long[] parts(final Order order, final long returned) {
        final long spendable = part(order.poolSpendable, returned, order.poolSpendable + order.poolWithdrawable);
        final long kept = part(order.poolKept, spendable, order.poolSpendable);
        return new long[] {spendable, kept, part(order.poolLapsing, kept, order.poolKept)};
    }

    private static long part(final long amount, final long some, final long all) {
        return amount == 0 ? 0 : Sums.part(amount, some, all);
    }

    /** The newest expired grant first, as far as it is outstanding and its funder takes it. */
    private long toFunders(final Pool pool, final long late) {
        final List<Grant> newestFirst = new ArrayList<>(world.freeGrants);
        Collections.reverse(newestFirst);
        long left = late;
        for (final Grant grant : newestFirst) {
            final Fund funder = grant.version.funder;
            final long minor = Math.min(left, grant.credited - grant.clawed);
            if (grant.member == pool.member
                    && grant.isExpired
                    && grant.pool() == pool
                    && minor > 0
                    && funder.balance + minor <= World.MOST) {
                world.touch(grant).clawed += minor;
                grants.split(grant);
                pools.move(funder, minor);
                left -= minor;
            }
        }
        return late - left;
    }
}
