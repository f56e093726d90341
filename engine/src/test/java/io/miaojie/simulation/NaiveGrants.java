package io.miaojie.simulation;

import io.miaojie.simulation.World.Grant;
import io.miaojie.simulation.World.Member;
import io.miaojie.simulation.World.Order;
import io.miaojie.simulation.World.Pool;
import io.miaojie.simulation.World.Version;
import io.miaojie.wire.codec.HoldPolicy;

/** Grants: credited, held, released, lapsed. */
final class NaiveGrants {
    private final World world;
    private final NaivePools pools;

    NaiveGrants(final World world, final NaivePools pools) {
        this.world = world;
        this.pools = pools;
    }

    static Grant find(final Order order, final Version version, final int level) {
        return order.grants.stream()
                .filter(grant -> grant.version == version && grant.level == level)
                .findFirst()
                .orElse(null);
    }

    /** Makes a grant of nothing yet, and begins its hold as far as that is known. */
    Grant make(final Order order, final Version version, final Member member, final int level) {
        final Grant grant = new Grant();
        grant.order = order;
        grant.version = version;
        grant.member = member;
        grant.level = level;
        world.make(grant);
        pools.open(member, version.terms.currency());
        if (order == null) {
            world.freeGrants.add(grant);
        } else {
            order.grants.add(grant);
            grant.isSuspended = NaiveRisk.isHeld(order);
            grant.isReleased = version.terms.hold() == HoldPolicy.NONE && !grant.isSuspended;
            grant.isDue = version.terms.hold() == HoldPolicy.NONE && grant.isSuspended;
            begin(grant, version.terms.hold() == HoldPolicy.DAYS_AFTER_PAY || order.isDelivered && isOnDelivery(grant));
        }
        return grant;
    }

    /** Credits a grant with more, as its hold says. */
    void credit(final Grant grant, final long amount) {
        world.touch(grant);
        pools.open(grant.member, grant.version.terms.currency());
        pools.move(grant.version.funder, -amount);
        final long pendingBefore = grant.pending;
        grant.credited += amount;
        split(grant);
        final long pending = grant.pending - pendingBefore;
        bringIn(grant, pending, amount - pending);
    }

    /** Puts money of a grant where its hold says. */
    void bringIn(final Grant grant, final long pending, final long rest) {
        final Pool pool = world.touch(grant.pool());
        pools.credit(pool, World.PENDING, pending);
        if (grant.version.terms.hold() == HoldPolicy.NEVER) {
            pools.creditKept(pool, rest);
        } else {
            pools.credit(pool, grant.isReleased ? World.WITHDRAWABLE : World.SPENDABLE, rest);
        }
    }

    /** What of a grant is pending: what isn't instant, less what was clawed, which takes pending first. */
    void split(final Grant grant) {
        if (grant.isSuspended) {
            grant.pending = grant.credited - grant.clawed;
            grant.instant = 0;
            return;
        }
        final Deed.Define terms = grant.version.terms;
        final long held =
                terms.hold() == HoldPolicy.NEVER ? 0 : grant.credited - Sums.share(grant.credited, terms.instantPpm());
        grant.pending = grant.isReleased ? 0 : Math.max(0, held - grant.clawed);
        grant.instant = grant.isReleased ? 0 : grant.credited - grant.clawed - grant.pending;
    }

    /** The order was delivered: holds that count from that begin. */
    void schedule(final Grant grant) {
        world.touch(grant);
        begin(grant, isOnDelivery(grant) && !grant.isReleased && !grant.isDue && grant.releaseAtNs == 0);
    }

    private static boolean isOnDelivery(final Grant grant) {
        final HoldPolicy hold = grant.version.terms.hold();
        return hold == HoldPolicy.ON_DELIVERY || hold == HoldPolicy.DAYS_AFTER_DELIVERY;
    }

    private void begin(final Grant grant, final boolean isBegun) {
        if (isBegun && grant.version.terms.hold() == HoldPolicy.ON_DELIVERY) {
            fallDue(grant);
        } else if (isBegun) {
            grant.releaseAtNs = world.nowNs + grant.version.terms.holdDays() * World.DAY_NS;
            queue(grant);
        }
    }

    /** Holds of one version are equally long: the first to come is the first to go, one timer for the first. */
    private void queue(final Grant grant) {
        final Version version = grant.version;
        version.holds.add(grant);
        if (version.holds.size() == 1) {
            world.arm(grant.releaseAtNs, () -> releaseFirst(version));
        }
    }

    private void releaseFirst(final Version version) {
        final Grant grant = version.holds.remove();
        if (!version.holds.isEmpty()) {
            world.arm(version.holds.peek().releaseAtNs, () -> releaseFirst(version));
        }
        fallDue(grant);
    }

    /** The hold has ended: released, or kept until the end of the after-sale and of the review. */
    private void fallDue(final Grant grant) {
        if (waits(grant)) {
            world.touch(grant).isDue = true;
        } else {
            release(grant);
        }
    }

    void releaseDue(final Grant grant) {
        if (grant.isDue && !waits(grant)) {
            grant.isDue = false;
            release(grant);
        }
    }

    private static boolean waits(final Grant grant) {
        return grant.order.isAfterSale || grant.isSuspended;
    }

    /** Somebody vouches for the order: the money is where its terms want it by now. */
    void resume(final Grant grant) {
        if (!grant.isSuspended) {
            return;
        }
        world.touch(grant).isSuspended = false;
        final long before = grant.pending;
        split(grant);
        final long moved = before - grant.pending;
        pools.take(world.touch(grant.pool()), World.PENDING, moved);
        bringIn(grant, 0, moved);
        releaseDue(grant);
    }

    private void release(final Grant grant) {
        world.touch(grant);
        final Pool pool = world.touch(grant.pool());
        pools.take(pool, World.PENDING, grant.pending);
        pools.credit(pool, World.WITHDRAWABLE, grant.pending);
        final long free = pool.buckets[World.SPENDABLE] - pool.kept;
        final long moved = pools.takeUpTo(pool, World.SPENDABLE, Math.min(grant.instant, free));
        pools.credit(pool, World.WITHDRAWABLE, moved);
        grant.isReleased = true;
        split(grant);
    }
}
