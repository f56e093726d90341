package io.miaojie.simulation;

import io.miaojie.simulation.World.Link;
import io.miaojie.simulation.World.Member;
import io.miaojie.simulation.World.Shop;
import io.miaojie.wire.codec.BindingMode;

/** Who brought whom: links, touches, and when they bind. */
final class NaiveReferrals {
    private static final int STEPS_MAX = 10_000;

    private final World world;

    NaiveReferrals(final World world) {
        this.world = world;
    }

    /**
     * What was decided.
     *
     * @param parent level 1 of an order
     * @param code why a token or referrer was not good, "OK": it was, or there is none
     */
    record Decision(Member parent, String code, boolean binds, long untilNs) {
        Decision with(final String newCode) {
            return new Decision(parent, newCode, false, 0);
        }
    }

    Member parentAt(final Member member, final long atNs) {
        final boolean hasRunOut = member == null || member.boundUntilNs != 0 && member.boundUntilNs <= atNs;
        return hasRunOut ? null : member.parent;
    }

    private Decision present(final Member member, final long atNs) {
        return new Decision(parentAt(member, atNs), "OK", false, 0);
    }

    /** A share token on an order: names level 1, and binds where the mode lets it. */
    Decision byOrder(final Shop shop, final Member member, final String token, final long atNs) {
        final Decision present = present(member, atNs);
        if (token.isEmpty()) {
            return present;
        }
        final String wrong = wrong(shop, token, atNs);
        if (!wrong.equals("OK")) {
            return present.with(wrong);
        }
        final Member owner = shop.links.get(token).owner;
        if (owner == present.parent()) {
            return present;
        }
        if (owner == member) {
            return present.with("SELF_REFERRAL");
        }
        if (shop.mode == BindingMode.ORDER_TOKEN) {
            return new Decision(owner, "OK", false, 0);
        }
        return byLink(shop, member, owner, atNs, atNs);
    }

    Decision byTouch(final Shop shop, final Member member, final String token, final long atNs) {
        final Decision present = present(member, atNs);
        final String wrong = wrong(shop, token, atNs);
        if (!wrong.equals("OK")) {
            return present.with(wrong);
        }
        final Member owner = shop.links.get(token).owner;
        return owner == present.parent() ? present : byLink(shop, member, owner, atNs, atNs);
    }

    private Decision byLink(
            final Shop shop, final Member member, final Member owner, final long sinceNs, final long atNs) {
        if (shop.mode == BindingMode.REGISTER_ONLY && owner != member) {
            return present(member, atNs).with("BINDING_MODE_FORBIDS");
        }
        return byName(shop, member, owner, sinceNs, atNs);
    }

    /** A registration: the referrer that is named, else the owner of the link that the visitor opened. */
    Decision byRegistration(
            final Shop shop,
            final Member member,
            final Deed.Register deed,
            final Member referrer,
            final long boundAtNs,
            final long atNs) {
        final Decision present = present(member, atNs);
        if (!deed.referrer().isEmpty()) {
            return referrer == null
                    ? present.with("REFERRER_UNKNOWN")
                    : byName(shop, member, referrer, boundAtNs, atNs);
        }
        final Link link = shop.visitors.get(deed.visitor());
        if (deed.visitor().isEmpty() || link == null) {
            return present;
        }
        final long touchedNs = shop.visitedNs.get(deed.visitor());
        final long untilNs = until(shop, touchedNs);
        return untilNs != 0 && untilNs <= atNs ? present : byName(shop, member, link.owner, touchedNs, atNs);
    }

    private Decision byName(
            final Shop shop, final Member member, final Member referrer, final long sinceNs, final long atNs) {
        final Decision present = present(member, atNs);
        if (referrer == present.parent()) {
            return present;
        }
        if (referrer == member) {
            return present.with("SELF_REFERRAL");
        }
        if (shop.mode == BindingMode.ORDER_TOKEN) {
            return present.with("BINDING_MODE_FORBIDS");
        }
        if (present.parent() != null && shop.mode != BindingMode.LAST_TOUCH) {
            return present.with("ALREADY_BOUND");
        }
        return anew(shop, member, referrer, sinceNs, present);
    }

    Decision byOperator(final Shop shop, final Member member, final Member referrer) {
        final Decision present = present(member, world.nowNs);
        return referrer == member ? present.with("SELF_REFERRAL") : anew(shop, member, referrer, world.nowNs, present);
    }

    private Decision anew(
            final Shop shop, final Member member, final Member referrer, final long sinceNs, final Decision present) {
        final String cycle = member == null || referrer == null ? "OK" : cycle(member, referrer);
        if (!cycle.equals("OK")) {
            return present.with(cycle);
        }
        return new Decision(referrer, "OK", true, referrer == null ? 0 : until(shop, sinceNs));
    }

    private static String cycle(final Member member, final Member referrer) {
        Member above = referrer;
        for (int step = 0; step < STEPS_MAX && above != null && above != member; step++) {
            above = above.parent;
        }
        if (above == null) {
            return "OK";
        }
        return above == member ? "REFERRAL_CYCLE" : "REFERRAL_TOO_DEEP";
    }

    private static long until(final Shop shop, final long sinceNs) {
        return shop.bindingDays == 0 ? 0 : sinceNs + shop.bindingDays * World.DAY_NS;
    }

    private static String wrong(final Shop shop, final String token, final long atNs) {
        final Link link = shop.links.get(token);
        if (link == null) {
            return "TOKEN_UNKNOWN";
        }
        return link.expiresNs != 0 && link.expiresNs <= atNs ? "TOKEN_EXPIRED" : "OK";
    }

    void carryOut(final Member member, final Decision decision) {
        if (decision.binds()) {
            world.touch(member);
            member.parent = decision.parent();
            member.boundUntilNs = decision.untilNs();
            world.newlyBound.add(member);
        }
    }

    /** A touch by somebody who is no member yet is kept for the visitor; returns what it was not good for. */
    String byVisitor(final Shop shop, final String visitor, final String token, final long atNs) {
        final String wrong = wrong(shop, token, atNs);
        if (!wrong.equals("OK")) {
            return wrong;
        }
        if (shop.mode == BindingMode.ORDER_TOKEN) {
            return "BINDING_MODE_FORBIDS";
        }
        final boolean keepsFirst = shop.mode == BindingMode.FIRST_TOUCH || shop.mode == BindingMode.WINDOW;
        if (keepsFirst && shop.visitors.containsKey(visitor)) {
            final long untilNs = until(shop, shop.visitedNs.get(visitor));
            if (untilNs == 0 || untilNs > atNs) {
                return "ALREADY_BOUND";
            }
        }
        shop.visitors.put(visitor, shop.links.get(token));
        shop.visitedNs.put(visitor, atNs);
        return "OK";
    }

    void link(final Deed.Link deed, final NaiveMembers members) {
        final Shop shop = Allowed.ingest(world, deed.head());
        final Member owner = members.find(shop, deed.owner());
        Refusal.when(owner == null, "MEMBER_UNKNOWN");
        Refusal.when(!shop.targets.containsKey(deed.target()), "TARGET_UNKNOWN");
        Refusal.when(!deed.campaign().isEmpty() && !shop.campaigns.containsKey(deed.campaign()), "CAMPAIGN_UNKNOWN");
        final String use = owner.index + "/" + deed.target() + "/" + deed.campaign() + "/" + deed.channel();
        final Link known = shop.linksByUse.get(use);
        final boolean isTaken = world.shops.stream().anyMatch(other -> other.links.containsKey(deed.token()));
        Refusal.when(known == null && isTaken, "TOKEN_TAKEN");
        final Link link = known == null ? world.make(new Link()) : world.touch(known);
        final boolean isForEver = known != null && (link.expiresNs == 0 || deed.expiresNs() == 0);
        if (known == null) {
            link.index = world.linkCount++;
            link.token = deed.token();
            link.owner = owner;
            shop.linksByUse.put(use, link);
            shop.links.put(deed.token(), link);
        }
        link.expiresNs = isForEver ? 0 : Math.max(link.expiresNs, deed.expiresNs());
    }

    void touch(final Deed.Touch deed, final NaiveMembers members, final java.util.List<String> skips) {
        final Shop shop = Allowed.ingest(world, deed.head());
        final long atNs = deed.head().atNs() == 0 ? world.nowNs : deed.head().atNs();
        final Member member = deed.member().isEmpty() ? null : members.find(shop, deed.member());
        final String code;
        if (member == null && deed.visitor().isEmpty()) {
            code = deed.member().isEmpty() ? "NO_MEMBER" : "MEMBER_UNKNOWN";
        } else if (member == null) {
            code = byVisitor(shop, deed.visitor(), deed.token(), atNs);
        } else {
            final Decision decision = byTouch(shop, member, deed.token(), atNs);
            carryOut(member, decision);
            code = decision.code();
        }
        if (!code.equals("OK")) {
            skips.add("v-1 L0 " + code);
        }
    }
}
