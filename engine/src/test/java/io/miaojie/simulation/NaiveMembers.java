package io.miaojie.simulation;

import io.miaojie.simulation.World.Member;
import io.miaojie.simulation.World.Pool;
import io.miaojie.simulation.World.Shop;
import io.miaojie.wire.codec.Bucket;
import java.util.List;

/** Members: registered, made by payments, taken over, bound, adjusted. */
final class NaiveMembers {
    private final World world;
    private final NaivePools pools;
    private final NaiveReferrals referrals;
    private final NaiveWelcome welcome;

    NaiveMembers(
            final World world, final NaivePools pools, final NaiveReferrals referrals, final NaiveWelcome welcome) {
        this.world = world;
        this.pools = pools;
        this.referrals = referrals;
        this.welcome = welcome;
    }

    NaiveReferrals referrals() {
        return referrals;
    }

    Member find(final Shop shop, final String id) {
        return shop.members.get(id);
    }

    Member make(final Shop shop, final String id) {
        final Member member = new Member();
        member.index = world.members.size();
        member.shop = shop;
        member.id = id;
        world.members.add(member);
        shop.members.put(id, member);
        return world.make(member);
    }

    /** Returns the member of a payer's identity, or null. */
    Member payer(final Shop shop, final long identity) {
        return shop.identities.get(identity);
    }

    Member makeProvisional(final Shop shop, final long identity) {
        String id = "mj-" + world.sequence;
        while (shop.members.containsKey(id)) {
            id += "-";
        }
        final Member member = make(shop, id);
        member.isProvisional = true;
        own(member, identity);
        return member;
    }

    private static void own(final Member member, final long identity) {
        member.identities.add(identity);
        member.shop.identities.put(identity, member);
    }

    /** Registers a member, or adds identities to one that is registered; says {@code MEMBER_EXISTS} then. */
    String register(final Deed.Register deed, final List<String> skips) {
        final Shop shop = Allowed.ingest(world, deed.head(), "");
        final Member named = find(shop, deed.head().id());
        final Member found = owner(shop, named, deed.identities());
        final boolean isFirst = found == null || !found.isRegistered;
        final long atNs = deed.head().atNs() == 0 ? world.nowNs : deed.head().atNs();
        final long boundAtNs = deed.boundAtNs() == 0 ? atNs : deed.boundAtNs();
        final Member referrer = deed.referrer().isEmpty() ? null : find(shop, deed.referrer());
        final NaiveReferrals.Decision decision =
                isFirst ? referrals.byRegistration(shop, found, deed, referrer, boundAtNs, atNs) : null;
        final Member member = world.touch(found == null ? make(shop, deed.head().id()) : found);
        if (named == null && found != null) {
            shop.members.put(deed.head().id(), member);
            member.id = deed.head().id();
            member.isProvisional = false;
        }
        member.isRegistered = true;
        deed.identities().forEach(identity -> own(member, identity));
        if (isFirst) {
            referrals.carryOut(member, decision);
            if (!decision.code().equals("OK")) {
                skips.add("v-1 L0 " + decision.code());
            }
        }
        if (isFirst || welcome.isWelcomed(member)) {
            welcome.register(shop, member, deed.random(), atNs, skips);
        }
        return isFirst ? "OK" : "MEMBER_EXISTS";
    }

    /** Returns the member that an id names or whose provisional self its identities take over, null: a new one. */
    private static Member owner(final Shop shop, final Member named, final List<Long> identities) {
        Member member = named;
        for (final long identity : identities) {
            final Member owner = shop.identities.get(identity);
            if (owner != null && member == null && owner.isProvisional) {
                member = owner;
            }
            final boolean isTaken = owner != null && owner != member;
            Refusal.when(isTaken, "IDENTITY_TAKEN");
        }
        return member;
    }

    void bind(final Deed.Bind deed, final List<String> skips) {
        final Shop shop = Allowed.operate(world, deed.head());
        final Member member = find(shop, deed.member());
        Refusal.when(member == null, "MEMBER_UNKNOWN");
        final Member referrer = deed.referrer().isEmpty() ? null : find(shop, deed.referrer());
        if (!deed.referrer().isEmpty() && referrer == null) {
            skips.add("v-1 L0 REFERRER_UNKNOWN");
            return;
        }
        final NaiveReferrals.Decision decision = referrals.byOperator(shop, member, referrer);
        if (!decision.code().equals("OK")) {
            skips.add("v-1 L0 " + decision.code());
        }
        referrals.carryOut(member, decision);
    }

    void adjust(final Deed.Adjust deed) {
        final Shop shop = Allowed.operate(world, deed.head());
        Refusal.when(deed.amount() == 0, "TERMS_CONTRADICT");
        final Member member = find(shop, deed.member());
        Refusal.when(member == null, "MEMBER_UNKNOWN");
        final int bucket = deed.bucket() == Bucket.PENDING
                ? World.PENDING
                : deed.bucket() == Bucket.SPENDABLE ? World.SPENDABLE : World.WITHDRAWABLE;
        final Pool known = member.pools.get(deed.currency());
        final boolean isPending = bucket == World.PENDING;
        final long held = known != null && isPending ? known.adjustedPending : pools.balance(known, bucket);
        Refusal.when(deed.amount() < 0 && held < -deed.amount(), "POOL_SHORT");
        final boolean fits = (deed.amount() < 0 || NaivePools.takes(known, deed.amount()))
                && NaivePools.takes(shop, "~adjustment", deed.currency(), -deed.amount());
        Refusal.when(!fits, "AMOUNT_TOO_LARGE");
        final Pool pool = pools.open(member, deed.currency());
        pools.move(pools.fund(shop, "~adjustment", deed.currency()), -deed.amount());
        if (deed.amount() < 0) {
            pools.take(pool, bucket, -deed.amount());
        } else {
            pools.credit(pool, bucket, deed.amount());
        }
        pool.adjustedPending += isPending ? deed.amount() : 0;
        shop.adjusted.merge(pool, deed.amount(), Long::sum);
    }
}
