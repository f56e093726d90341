package io.miaojie.simulation;

import io.miaojie.simulation.World.Told;
import io.miaojie.wire.codec.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules of money once more, slowly and straight from {@code docs/MONEY.md}: no code shared with the core, no
 * tables, no reuse. Whoever changes a rule changes it here by hand too, and that is the point.
 */
final class NaiveModel {
    /** What the model says of one deed. */
    static final class Verdict {
        Heard.End end = Heard.End.DONE;
        String code = "OK";
        int status;
        String defined = "";
        final List<String> skips = new ArrayList<>();
        final Map<String, String> told = new TreeMap<>();
        final Map<String, String> changed = new TreeMap<>();
        final Map<String, String> changes = new TreeMap<>();
    }

    final World world = new World();
    final NaivePools pools = new NaivePools(world);
    final NaiveReferrals referrals = new NaiveReferrals(world);
    final NaiveGrants grants = new NaiveGrants(world, pools);
    private final NaiveRewards rewards = new NaiveRewards(world, grants);
    final NaiveMembers members =
            new NaiveMembers(world, pools, referrals, new NaiveWelcome(world, pools, grants, rewards));
    private final NaiveDefinitions definitions = new NaiveDefinitions(world, pools);
    private final NaiveClaws claws = new NaiveClaws(world, pools, grants);
    private final NaiveCredits credits = new NaiveCredits(world, grants, rewards, claws);
    private final NaivePresales presales = new NaivePresales(world, credits);
    private final NaiveGroupBuys groupBuys = new NaiveGroupBuys(world, credits);
    private final NaiveSales sales = new NaiveSales(world, pools, credits, presales, groupBuys);
    private final NaiveOrders orders = new NaiveOrders(world, pools, members, grants, claws, sales);
    private final NaiveRisk risk = new NaiveRisk(world, grants, claws);
    private final NaivePayments payments = new NaivePayments(world, pools, members, rewards, claws, sales, risk);
    private final NaiveRefunds refunds = new NaiveRefunds(world, claws, sales, risk);
    private final NaiveWithdrawals withdrawals = new NaiveWithdrawals(world, pools, risk);

    /** Entities keep their names and never go, so this is filled when a name is missing. */
    private final Map<String, Told> byName = new HashMap<>();

    private Verdict verdict = new Verdict();

    NaiveModel() {
        presales.endBy(orders);
        groupBuys.endBy(orders);
        definitions.tell(sales);
    }

    /** Decides a deed at a time; the sequence is that of the record the core made of it. */
    Verdict decide(final Deed deed, final long nowNs, final long sequence) {
        world.nowNs = nowNs;
        world.sequence = sequence;
        world.beginStep();
        verdict = new Verdict();
        final String name = boundName(deed);
        final String first = world.bound.get(name);
        final World.Key key = world.keys.get(deed.head().key());
        if (key.isRevoked) {
            verdict.end = Heard.End.TURNED_AWAY;
            verdict.code = "KEY_REVOKED";
            return verdict;
        }
        if (first != null) {
            verdict.end = first.equals(said(deed)) ? Heard.End.SEEN : Heard.End.CONFLICT;
            return verdict;
        }
        try {
            deed.tell(this);
        } catch (final Refusal refusal) {
            verdict.end = Heard.End.REFUSED;
            verdict.code = refusal.code();
        }
        world.bound.put(name, said(deed));
        return tell();
    }

    /** Lets everything fire that is due; the sequences are those of the core's records that made refund orders. */
    Verdict tick(final long nowNs, final List<Long> sequences) {
        world.nowNs = nowNs;
        world.tickSequences.clear();
        world.tickSequences.addAll(sequences);
        world.beginStep();
        verdict = new Verdict();
        fire(nowNs);
        world.tickSequences.clear();
        return tell();
    }

    private void fire(final long untilNs) {
        for (World.Timer timer = earliest(); timer != null && timer.deadlineNs() <= untilNs; timer = earliest()) {
            world.timers.remove();
            timer.firing().run();
        }
    }

    private World.Timer earliest() {
        return world.timers.peek();
    }

    static String boundName(final Deed deed) {
        return deed.head().space() + "/" + deed.getClass().getSimpleName() + "/"
                + deed.head().id();
    }

    /** Returns what is known of an entity that this step didn't touch, null: there is none of this name. */
    String told(final String name) {
        if (!byName.containsKey(name)) {
            world.all().forEach(entity -> byName.putIfAbsent(entity.name(), entity));
        }
        final Told entity = byName.get(name);
        return entity == null ? null : entity.told();
    }

    /** Everything but the key: a repeat through another key of the merchant is a repeat. */
    private static String said(final Deed deed) {
        final String said = deed.toString();
        final int key = said.indexOf("key=");
        return said.substring(said.indexOf(',', key));
    }

    private Verdict tell() {
        verdict.skips.addAll(world.skips);
        for (final Map.Entry<Told, String> entry : world.touched().entrySet()) {
            final String told = entry.getKey().told();
            verdict.told.put(entry.getKey().name(), told);
            if (!told.equals(entry.getValue())) {
                verdict.changed.put(entry.getKey().name(), told);
                if (entry.getKey() instanceof World.Grant grant) {
                    verdict.changes.put(grant.name(), change(grant, entry.getValue()));
                }
            }
        }
        world.newlyBound.forEach(member -> verdict.changes.put(member.name(), "bound"));
        return verdict;
    }

    private static String change(final World.Grant grant, final String before) {
        final long credited = before.isEmpty() ? 0 : number(before, "credited=");
        final long clawed = before.isEmpty() ? 0 : number(before, "clawed=");
        return (grant.credited - credited) + " " + (grant.clawed - clawed);
    }

    private static long number(final String told, final String field) {
        final int from = told.indexOf(field) + field.length();
        return Long.parseLong(told.substring(from, told.indexOf(' ', from)));
    }

    void skip(final int version, final int level, final String code) {
        verdict.skips.add("v" + version + " L" + level + " " + code);
    }

    void settle(final Deed.Merchant deed) {
        verdict.defined = definitions.merchant(deed);
    }

    void settle(final Deed.MakeKey deed) {
        verdict.defined = definitions.key(deed);
    }

    void settle(final Deed.RevokeKey deed) {
        verdict.defined = definitions.revoke(deed);
    }

    void settle(final Deed.Define deed) {
        verdict.defined = definitions.campaign(deed);
    }

    void settle(final Deed.ChangeState deed) {
        verdict.defined = definitions.state(deed);
    }

    void settle(final Deed.Pay deed) {
        verdict.status = payments.pay(deed, verdict.skips);
    }

    void settle(final Deed.Place deed) {
        verdict.status = orders.place(deed, verdict.skips);
    }

    void settle(final Deed.Act deed) {
        sales.act(deed);
    }

    void settle(final Deed.Cancel deed) {
        verdict.status = orders.cancel(deed);
    }

    void settle(final Deed.AfterSale deed) {
        verdict.status = orders.afterSale(deed);
    }

    void settle(final Deed.Refund deed) {
        verdict.status = refunds.refund(deed, verdict.skips);
    }

    void settle(final Deed.Deliver deed) {
        verdict.status = refunds.deliver(deed, verdict.skips);
    }

    void settle(final Deed.Register deed) {
        verdict.code = members.register(deed, verdict.skips);
    }

    void settle(final Deed.Bind deed) {
        members.bind(deed, verdict.skips);
    }

    void settle(final Deed.Target deed) {
        verdict.defined = definitions.target(deed);
    }

    void settle(final Deed.Link deed) {
        referrals.link(deed, members);
    }

    void settle(final Deed.Touch deed) {
        referrals.touch(deed, members, verdict.skips);
    }

    void settle(final Deed.DefineRisk deed) {
        risk.define(deed);
    }

    void settle(final Deed.Review deed) {
        verdict.status = risk.review(deed);
    }

    void settle(final Deed.DefinePayouts deed) {
        withdrawals.define(deed);
    }

    void settle(final Deed.Withdraw deed) {
        verdict.status = withdrawals.request(deed);
    }

    void settle(final Deed.Decide deed) {
        verdict.status = withdrawals.decide(deed);
    }

    void settle(final Deed.Submit deed) {
        verdict.status = withdrawals.submit(deed);
    }

    void settle(final Deed.Report deed) {
        verdict.status = withdrawals.report(deed);
    }

    void settle(final Deed.Adjust deed) {
        members.adjust(deed);
    }

    void settle(final Deed.Fund deed) {
        definitions.fund(deed);
    }

    /** The host has moved its clock and let the timers fire before. */
    void settle(final Deed.Clock deed) {
        Allowed.operate(world, deed.head());
        Refusal.when(!world.isSandbox, "NOT_A_SANDBOX");
        Refusal.when(deed.advanceNs() == 0 && deed.toNs() < world.nowNs, "CLOCK_BACKWARD");
    }

    /** Returns the time that a deed moves the clock to, the present one for all that move nothing. */
    long timeNs(final Deed deed) {
        if (!(deed instanceof Deed.Clock clock) || !world.isSandbox || world.bound.containsKey(boundName(deed))) {
            return world.nowNs;
        }
        final World.Key key = world.keys.get(deed.head().key());
        final boolean mayOperate = key.role == Role.OPERATE || key.role == Role.ADMIN;
        final long toNs = clock.advanceNs() == 0 ? clock.toNs() : world.nowNs + clock.advanceNs();
        return key.shop == null || key.isRevoked || !mayOperate ? world.nowNs : Math.max(world.nowNs, toNs);
    }
}
