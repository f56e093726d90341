package io.miaojie.simulation;

import io.miaojie.simulation.NaiveKinds.Target;
import io.miaojie.simulation.World.Campaign;
import io.miaojie.simulation.World.Grant;
import io.miaojie.simulation.World.Member;
import io.miaojie.simulation.World.Order;
import io.miaojie.simulation.World.Pool;
import io.miaojie.simulation.World.Shop;
import io.miaojie.simulation.World.Version;
import io.miaojie.wire.codec.HoldPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** 注册奖励: what a registration earns, when it lapses, and what the parent earns of the first paid order. */
final class NaiveWelcome {
    private static final int AMOUNT = 0;
    private static final int AMOUNT_MIN = 1;
    private static final int AMOUNT_MAX = 2;
    private static final int VALID_DAYS = 3;
    private static final int INVITER_AMOUNT = 4;

    private final World world;
    private final NaivePools pools;
    private final NaiveGrants grants;
    private final NaiveRewards rewards;

    NaiveWelcome(final World world, final NaivePools pools, final NaiveGrants grants, final NaiveRewards rewards) {
        this.world = world;
        this.pools = pools;
        this.grants = grants;
        this.rewards = rewards;
    }

    void register(final Shop shop, final Member member, final long random, final long atNs, final List<String> skips) {
        final List<Version> rules = NaiveOrders.open(shop);
        final boolean isWelcomed = isWelcomed(member);
        for (final Version version : rules) {
            if (version.terms.kind() == NaiveKinds.WELCOME) {
                final long bits = NaiveRewards.bits(random, rules.indexOf(version));
                final String code = isWelcomed ? "WELCOMED_ALREADY" : welcome(version, member, bits, atNs);
                if (!code.equals("OK")) {
                    skips.add(NaiveRewards.skip(version, 0, code));
                }
            }
        }
    }

    boolean isWelcomed(final Member member) {
        return world.freeGrants.stream().anyMatch(grant -> grant.member == member);
    }

    /** Tells whether a campaign welcomed the buyer of an order, who has paid for no other before. */
    static boolean isOfFirstOrder(final World world, final Order order, final Campaign campaign) {
        final Member buyer = order.member;
        return (buyer.firstPaid == null || buyer.firstPaid == order)
                && world.freeGrants.stream()
                        .anyMatch(grant -> grant.member == buyer && grant.version.campaign == campaign);
    }

    private String welcome(final Version version, final Member member, final long bits, final long atNs) {
        final String eligibility = NaiveOrders.eligibility(version, version.terms.currency(), atNs, "", "");
        if (!eligibility.equals("OK")) {
            return eligibility;
        }
        final Map<Integer, Long> given = version.terms.scalars();
        final long amount = given.containsKey(AMOUNT)
                ? given.get(AMOUNT)
                : NaiveKinds.between(given.get(AMOUNT_MIN), given.get(AMOUNT_MAX), bits);
        rewards.beginOne(member, version);
        final String budget = rewards.budget(version, member, true, amount, atNs);
        if (budget.equals("OK")) {
            credit(version, member, amount);
            rewards.count(version, member, true, amount, atNs);
        }
        return budget;
    }

    private void credit(final Version version, final Member member, final long amount) {
        final Grant grant = grants.make(null, version, member, 0);
        final Pool pool = grant.pool();
        final long before = pool.buckets[World.SPENDABLE];
        grants.credit(grant, amount);
        final long days = version.terms.scalars().getOrDefault(VALID_DAYS, 0L);
        if (days > 0) {
            pool.lapsing += pool.buckets[World.SPENDABLE] - before;
            pool.lapsingActive += amount;
            world.arm(world.nowNs + days * World.DAY_NS, () -> expire(grant));
        }
    }

    /** What is unspent goes back to the funder; the one that expires first was spent first. */
    private void expire(final Grant grant) {
        final Pool pool = grant.pool();
        final long lapsed = Math.max(0, pool.lapsing - (pool.lapsingActive - grant.credited));
        pool.lapsingActive -= grant.credited;
        grant.isExpired = true;
        if (lapsed > 0 && grant.version.funder.balance + lapsed > World.MOST) {
            pool.lapsing -= lapsed; // it stays for good
        } else if (lapsed > 0) {
            pools.spend(pool, lapsed);
            pools.move(grant.version.funder, lapsed);
            world.touch(grant).clawed += lapsed;
            grants.split(grant);
        }
    }

    static List<Integer> levels(final Deed.Define terms) {
        return terms.scalars().containsKey(INVITER_AMOUNT) ? List.of(1) : List.of();
    }

    static Target target(final Deed.Define terms, final long[] amounts) {
        return Arrays.stream(amounts).sum() == 0
                ? Target.none("ZERO_BASE")
                : new Target(terms.scalars().get(INVITER_AMOUNT), "OK", new long[0]);
    }

    static boolean isSound(final Deed.Define deed) {
        final Map<Integer, Long> given = deed.scalars();
        final boolean isRandom = given.containsKey(AMOUNT_MIN) && given.containsKey(AMOUNT_MAX);
        return given.containsKey(AMOUNT_MIN) == given.containsKey(AMOUNT_MAX)
                && given.containsKey(AMOUNT) != isRandom
                && (!isRandom || given.get(AMOUNT_MIN) <= given.get(AMOUNT_MAX))
                && deed.hold() == HoldPolicy.NEVER;
    }
}
