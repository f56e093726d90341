package io.miaojie.simulation;

import io.miaojie.simulation.NaiveKinds.Target;
import io.miaojie.simulation.World.Campaign;
import io.miaojie.simulation.World.Fund;
import io.miaojie.simulation.World.Grant;
import io.miaojie.simulation.World.Member;
import io.miaojie.simulation.World.Order;
import io.miaojie.simulation.World.Pool;
import io.miaojie.simulation.World.Shop;
import io.miaojie.simulation.World.Version;
import io.miaojie.wire.codec.FundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a payment earns: each eligible version up to its target on the paid lines, for each level, by priority. */
final class NaiveRewards {
    private static final int CLERK = 3;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final World world;
    private final NaiveGrants grants;

    /** How accounts stood before the record: all its credits together must fit each of them. */
    private final Map<Object, Long> before = new HashMap<>();

    private long creditedMinor;

    NaiveRewards(final World world, final NaiveGrants grants) {
        this.world = world;
        this.grants = grants;
    }

    /** Grants what is due; {@code beforeCredit} is told before each credit. */
    void earn(
            final Order order,
            final long random,
            final long atNs,
            final List<String> skips,
            final Runnable beforeCredit) {
        final Credits credits = new Credits(order, atNs, beforeCredit);
        final long[] paid = NaiveNet.paid(order);
        final long[] caps = NaiveKinds.caps(order, paid);
        final Map<String, Version> winners = new HashMap<>();
        order.grants.forEach(grant -> winners.put(grant.version.terms.group(), grant.version));
        for (final Version version : order.candidates) {
            final String group = version.terms.group();
            if (version.terms.kind() == NaiveKinds.WELCOME
                    && !NaiveWelcome.isOfFirstOrder(world, order, version.campaign)) {
                continue;
            }
            if (!group.isEmpty() && winners.containsKey(group) && winners.get(group) != version) {
                skips.add(skip(version, 0, "EXCLUDED"));
                continue;
            }
            for (final int level : NaiveKinds.levels(version.terms)) {
                final String missing = missing(order, version, level);
                if (!missing.equals("OK")) {
                    skips.add(skip(version, level, missing));
                    continue;
                }
                final Grant known = NaiveGrants.find(order, version, level);
                final long place = order.rules.indexOf(version) * 4L + level;
                final long drawn = known == null ? NaiveKinds.draw(version.terms, bits(random, place)) : known.drawn;
                final Target target = NaiveKinds.target(order, version, level, drawn, paid, caps);
                if (target.amount() > 0) {
                    winners.put(group, version);
                }
                final String code = reward(credits, version, level, target, drawn);
                if (!code.equals("OK")) {
                    skips.add(skip(version, level, code));
                }
                if (NaiveGrants.find(order, version, level) != null) {
                    NaiveKinds.takeOf(caps, target);
                }
            }
        }
    }

    /** Begins a record that credits one member from one version. */
    void beginOne(final Member member, final Version version) {
        before.clear();
        creditedMinor = 0;
        final Pool pool = member.pools.get(version.terms.currency());
        if (pool != null) {
            before.put(pool, NaivePools.total(pool));
        }
        before.put(version.funder, version.funder.balance);
    }

    /** Begins a payment of an order, before anything of it has moved: what is credited must fit what is there now. */
    void begin(final Order order) {
        before.clear();
        creditedMinor = 0;
        for (int level = 0; level < NaiveKinds.LEVELS; level++) {
            final Member member = NaiveKinds.beneficiary(order, level);
            final Pool pool = member == null ? null : member.pools.get(order.currency);
            if (pool != null) {
                before.put(pool, NaivePools.total(pool));
            }
        }
        order.candidates.forEach(version -> before.put(version.funder, version.funder.balance));
    }

    private static String missing(final Order order, final Version version, final int level) {
        final Member member = NaiveKinds.beneficiary(order, level);
        if (level == 0) {
            return "OK";
        }
        if (member == null) {
            return level == CLERK ? "NO_CLERK" : "NO_REFERRER";
        }
        return member == order.member && !NaiveKinds.rewardsSelf(version.terms) ? "SELF_PURCHASE" : "OK";
    }

    /** What all credits of a payment have in common. */
    private record Credits(Order order, long atNs, Runnable before) {}

    private String reward(
            final Credits credits, final Version version, final int level, final Target target, final long drawn) {
        final Order order = credits.order();
        final long atNs = credits.atNs();
        if (target.amount() == 0) {
            return target.code();
        }
        final Member member = NaiveKinds.beneficiary(order, level);
        final Grant known = NaiveGrants.find(order, version, level);
        final long more = target.amount() - (known == null ? 0 : known.credited);
        if (more <= 0) {
            return "ORDER_REWARDED";
        }
        final String code = budget(version, member, known == null, more, atNs);
        if (code.equals("OK")) {
            credits.before().run();
            final Grant grant = known == null ? grants.make(order, version, member, level) : known;
            grant.drawn = drawn;
            grants.credit(grant, more);
            count(version, member, known == null, more, atNs);
            creditedMinor += more;
        }
        return code;
    }

    /** Holds one more credit against the budgets in force, the funder, and the bounds of the accounts. */
    String budget(final Version version, final Member member, final boolean isNew, final long amount, final long atNs) {
        final Campaign campaign = version.campaign;
        final List<Long> budgets = campaign.current().terms.budgets();
        if (budgets.get(0) >= 0 && campaign.granted + amount > budgets.get(0)) {
            return "BUDGET_EXHAUSTED";
        }
        if (isNew && budgets.get(1) >= 0 && campaign.count + 1 > budgets.get(1)) {
            return "COUNT_EXHAUSTED";
        }
        final long today = campaign.days.getOrDefault(day(campaign.shop, atNs), 0L);
        if (budgets.get(2) >= 0 && today + amount > budgets.get(2)) {
            return "DAY_BUDGET_EXHAUSTED";
        }
        if (budgets.get(3) >= 0 && campaign.members.getOrDefault(member, 0L) + amount > budgets.get(3)) {
            return "MEMBER_BUDGET_EXHAUSTED";
        }
        if (version.funder.mode == FundingMode.PREPAID && version.funder.balance < amount) {
            return "FUNDER_SHORT";
        }
        final long sum = creditedMinor + amount;
        final Pool pool = member.pools.get(version.terms.currency());
        final Fund funder = version.funder;
        final boolean fits = sum <= World.MOST
                && campaign.granted + amount <= World.MOST
                && before.getOrDefault(funder, funder.balance) - sum >= -World.MOST
                && before.getOrDefault(pool, 0L) + sum <= World.MOST;
        return fits ? "OK" : "AMOUNT_OVERFLOW";
    }

    void count(final Version version, final Member member, final boolean isNew, final long amount, final long atNs) {
        final Campaign campaign = version.campaign;
        campaign.granted += amount;
        campaign.count += isNew ? 1 : 0;
        if (campaign.current().terms.budgets().get(2) >= 0) {
            campaign.days.merge(day(campaign.shop, atNs), amount, Long::sum);
        }
        if (campaign.current().terms.budgets().get(3) >= 0) {
            campaign.members.merge(member, amount, Long::sum);
        }
    }

    private static long day(final Shop shop, final long atNs) {
        return Math.floorDiv(atNs + shop.offsetMinutes * 60 * World.SECOND_NS, World.DAY_NS);
    }

    static String skip(final Version version, final int level, final String code) {
        return "v" + version.index + " L" + level + " " + code;
    }

    /** Returns the 32 bits that the random bytes of a command hold for one place. */
    static long bits(final long random, final long place) {
        return random == 0 ? 0 : mix(random + mix(place)) >>> Integer.SIZE;
    }

    private static long mix(final long value) {
        final long product = (value ^ value >>> 32) * MULTIPLIER;
        return (product ^ product >>> 29) * MULTIPLIER;
    }
}
