package io.miaojie.simulation;

import io.miaojie.simulation.World.Fund;
import io.miaojie.simulation.World.Member;
import io.miaojie.simulation.World.Pool;
import io.miaojie.simulation.World.Shop;
import java.util.stream.LongStream;

/** Buckets and accounts: every move has two sides of one currency. */
final class NaivePools {
    private final World world;

    NaivePools(final World world) {
        this.world = world;
    }

    /** Returns the pool of a member, which is opened when missing. */
    Pool open(final Member member, final String currency) {
        final Pool known = member.pools.get(currency);
        if (known != null) {
            return world.touch(known);
        }
        final Pool pool = new Pool();
        pool.member = member;
        pool.currency = currency;
        member.pools.put(currency, pool);
        return world.make(pool);
    }

    Fund fund(final Shop shop, final String name, final String currency) {
        final Fund fund = shop.funds.computeIfAbsent(currency + "/" + name, key -> new Fund());
        fund.key = name;
        return world.touch(fund);
    }

    long balance(final Pool pool, final int bucket) {
        return pool == null ? 0 : pool.buckets[bucket];
    }

    /** Puts money into a bucket; what is owed is paid first, unless the bucket is pending. */
    void credit(final Pool pool, final int bucket, final long amount) {
        world.touch(pool);
        final long owed = bucket == World.PENDING ? 0 : Math.min(amount, pool.buckets[World.DEBT]);
        pool.buckets[World.DEBT] -= owed;
        pool.buckets[bucket] += amount - owed;
    }

    /** Puts money into spendable and returns what was left of it there after debt was paid. */
    long creditSpendable(final Pool pool, final long amount) {
        final long before = pool.buckets[World.SPENDABLE];
        credit(pool, World.SPENDABLE, amount);
        return pool.buckets[World.SPENDABLE] - before;
    }

    /** Puts money into spendable that never becomes withdrawable. */
    void creditKept(final Pool pool, final long amount) {
        pool.kept += creditSpendable(pool, amount);
    }

    /** Takes money that is there; of spendable, kept money only where there is no other, and what expires last. */
    void take(final Pool pool, final int bucket, final long amount) {
        world.touch(pool);
        if (pool.buckets[bucket] < amount) {
            throw new IllegalStateException(pool.name() + " " + pool.told() + " take=" + amount + " of " + bucket);
        }
        pool.buckets[bucket] -= amount;
        pool.kept = Math.min(pool.kept, pool.buckets[World.SPENDABLE]);
        pool.lapsing = Math.min(pool.lapsing, pool.kept);
    }

    /** Takes at most this much of spendable: expiring money first, then kept money; returns what was there. */
    long spend(final Pool pool, final long amount) {
        final long lapsing = pool.lapsing;
        final long kept = pool.kept - lapsing;
        final long taken = takeUpTo(pool, World.SPENDABLE, amount);
        final long ofLapsing = Math.min(taken, lapsing);
        final long ofKept = Math.min(taken - ofLapsing, kept);
        pool.lapsing = lapsing - ofLapsing;
        pool.kept = pool.lapsing + kept - ofKept;
        return taken;
    }

    /** Takes at most this much of spendable for a claw of kept money: that which expires goes last. */
    long takeKept(final Pool pool, final long amount) {
        final long lapsing = pool.lapsing;
        final long kept = pool.kept - lapsing;
        final long taken = takeUpTo(pool, World.SPENDABLE, amount);
        final long other = pool.buckets[World.SPENDABLE] + taken - lapsing - kept;
        final long ofKept = Math.min(taken, kept);
        final long ofLapsing = Math.max(0, taken - ofKept - other);
        pool.lapsing = lapsing - ofLapsing;
        pool.kept = pool.lapsing + kept - ofKept;
        return taken;
    }

    /** Takes at most this much and returns what was there. */
    long takeUpTo(final Pool pool, final int bucket, final long amount) {
        final long taken = Math.min(amount, pool.buckets[bucket]);
        take(pool, bucket, taken);
        return taken;
    }

    /** Returns what a pool holds in all its buckets. */
    static long total(final Pool pool) {
        return pool == null ? 0 : LongStream.of(pool.buckets).sum() - pool.buckets[World.DEBT];
    }

    static boolean takes(final Pool pool, final long more) {
        return total(pool) + more <= World.MOST;
    }

    /** Tells whether an account stays within the bounds of money; one that isn't open yet stands at 0. */
    static boolean takes(final Shop shop, final String name, final String currency, final long change) {
        final Fund fund = shop.funds.get(currency + "/" + name);
        return Math.abs((fund == null ? 0 : fund.balance) + change) <= World.MOST;
    }

    void move(final Fund fund, final long change) {
        world.touch(fund).balance += change;
    }
}
