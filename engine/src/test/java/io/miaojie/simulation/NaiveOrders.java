package io.miaojie.simulation;

import io.miaojie.simulation.World.Campaign;
import io.miaojie.simulation.World.Member;
import io.miaojie.simulation.World.Order;
import io.miaojie.simulation.World.OrderLine;
import io.miaojie.simulation.World.Pool;
import io.miaojie.simulation.World.Shop;
import io.miaojie.simulation.World.Version;
import io.miaojie.wire.codec.AfterSaleState;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.OrderState;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checkouts: all or nothing, expired once, cancelled. Returns the order's state. */
final class NaiveOrders {
    private static final long GRACE_NS = 120 * World.SECOND_NS;

    private final World world;
    private final NaivePools pools;
    private final NaiveMembers members;
    private final NaiveGrants grants;
    private final NaiveClaws claws;
    private final NaiveSales sales;
    private final NaiveReturns returns;

    NaiveOrders(
            final World world,
            final NaivePools pools,
            final NaiveMembers members,
            final NaiveGrants grants,
            final NaiveClaws claws,
            final NaiveSales sales) {
        this.world = world;
        this.pools = pools;
        this.members = members;
        this.grants = grants;
        this.claws = claws;
        this.sales = sales;
        this.returns = new NaiveReturns(world, pools, grants);
    }

    static Order make(final World world, final Shop shop, final String id) {
        final Order order = new Order();
        order.index = world.orders.size();
        order.shop = shop;
        order.id = id;
        order.state = OrderState.PARKED;
        world.orders.add(order);
        shop.orders.put(id, order);
        return world.make(order);
    }

    int place(final Deed.Place deed, final List<String> skips) {
        final Shop shop = Allowed.ingest(world, deed.head(), deed.store());
        final Order known = shop.orders.get(deed.head().id());
        Refusal.when(known != null && known.state != OrderState.PARKED, "ORDER_EXISTS");
        final Member member = members.find(shop, deed.member());
        Refusal.when(member == null, "MEMBER_UNKNOWN");
        final boolean isOther = known != null && known.currency != null && !known.currency.equals(deed.currency());
        Refusal.when(isOther, "CURRENCY_CONTRADICTS");
        final List<Deed.Line> lines = sales.price(deed, shop, member);
        final long sum = lines.stream().mapToLong(Deed.Line::amount).sum();
        final long whole = sum + deed.shipping();
        Refusal.when(sum > World.MOST || whole > World.MOST, "AMOUNT_TOO_LARGE");
        Refusal.when(deed.poolSpend() > sum || deed.poolSpend() > whole - 1, "POOL_SPEND_EXCEEDS");
        final Set<String> ids = new HashSet<>();
        lines.forEach(line -> Refusal.when(!ids.add(line.id()), "LINE_REPEATED"));
        final Pool pool = member.pools.get(deed.currency());
        final long free = pools.balance(pool, World.SPENDABLE) + pools.balance(pool, World.WITHDRAWABLE);
        Refusal.when(deed.poolSpend() > free, "POOL_SHORT");
        final Order order = known == null ? make(world, shop, deed.head().id()) : world.touch(known);
        order.currency = deed.currency();
        order.member = member;
        order.isPlaced = true;
        order.state = OrderState.AWAITING;
        order.payable = whole - deed.poolSpend();
        order.payByNs = world.nowNs + deed.payWithinS() * World.SECOND_NS;
        order.holdUntilNs = order.payByNs + GRACE_NS;
        addLines(order, lines, deed.poolSpend());
        hold(pools, order, pool, deed.poolSpend());
        final long atNs = deed.head().atNs() == 0 ? world.nowNs : deed.head().atNs();
        freezeRules(order, atNs, deed.channel(), deed.store(), skips);
        freezePeople(order, members, atNs, members.find(shop, deed.clerk()), deed.token(), skips);
        world.arm(order.holdUntilNs, () -> expire(order));
        sales.hold(order, lines);
        return order.state.value();
    }

    /** Each line is due what its part of the pool money leaves of it. */
    private static void addLines(final Order order, final List<Deed.Line> lines, final long poolSpend) {
        final List<Long> amounts = lines.stream().map(Deed.Line::amount).toList();
        final long[] parts = Sums.spread(poolSpend, amounts);
        for (int i = 0; i < parts.length; i++) {
            final Deed.Line said = lines.get(i);
            final OrderLine line = NaiveRefunds.line(order, said.id());
            line.sku = said.sku();
            line.category = said.category();
            line.due = said.amount() - parts[i];
            line.quantity = said.quantity();
        }
    }

    /** Locks pool money that an order spends. */
    static void hold(final NaivePools pools, final Order order, final Pool pool, final long amount) {
        if (amount > 0) {
            final long kept = pool.kept;
            final long lapsing = pool.lapsing;
            order.poolSpendable = pools.spend(pool, amount);
            order.poolKept = kept - pool.kept;
            order.poolLapsing = lapsing - pool.lapsing;
            order.poolWithdrawable = amount - order.poolSpendable;
            pools.take(pool, World.WITHDRAWABLE, order.poolWithdrawable);
            pool.buckets[World.LOCKED] += amount;
        }
    }

    /** Returns the versions in force of all open campaigns: higher priority first, then the older campaign. */
    static List<Version> open(final Shop shop) {
        return shop.campaigns.values().stream()
                .filter(campaign -> campaign.state != CampaignState.CLOSED)
                .sorted(Comparator.comparingInt(
                        (Campaign campaign) -> -campaign.current().terms.priority()))
                .map(Campaign::current)
                .toList();
    }

    /** Freezes which campaign versions may reward the order: those that are open and fit. */
    static void freezeRules(
            final Order order, final long atNs, final String channel, final String store, final List<String> skips) {
        order.rules.addAll(open(order.shop));
        for (final Version version : order.rules) {
            final String code = eligibility(version, order.currency, atNs, channel, store);
            final boolean rewardsOrders = !NaiveKinds.levels(version.terms).isEmpty();
            if (code.equals("OK") && rewardsOrders) {
                order.candidates.add(version);
            } else if (rewardsOrders && skips != null && version.terms.kind() != NaiveKinds.WELCOME) {
                skips.add(NaiveRewards.skip(version, 0, code));
            }
        }
    }

    /** Freezes who is rewarded beside the buyer. */
    static void freezePeople(
            final Order order,
            final NaiveMembers members,
            final long atNs,
            final Member clerk,
            final String token,
            final List<String> skips) {
        final NaiveReferrals.Decision decision = members.referrals().byOrder(order.shop, order.member, token, atNs);
        if (!decision.code().equals("OK")) {
            skips.add("v-1 L0 " + decision.code());
        }
        members.referrals().carryOut(order.member, decision);
        order.level1 = decision.parent();
        order.level2 = order.level1 == null ? null : members.referrals().parentAt(order.level1, atNs);
        order.clerk = clerk;
    }

    static String eligibility(
            final Version version, final String currency, final long atNs, final String channel, final String store) {
        final Deed.Define terms = version.terms;
        if (version.campaign.state == CampaignState.PAUSED) {
            return "CAMPAIGN_PAUSED";
        }
        if (terms.startsNs() > atNs) {
            return "NOT_STARTED";
        }
        if (terms.endsNs() != 0 && terms.endsNs() <= atNs) {
            return "ENDED";
        }
        if (!terms.currency().equals(currency)) {
            return "CURRENCY_MISMATCH";
        }
        if (!terms.stores().isEmpty() && !terms.stores().contains(store)) {
            return "STORE_NOT_ELIGIBLE";
        }
        return terms.channels().isEmpty() || terms.channels().contains(channel) ? "OK" : "CHANNEL_NOT_ELIGIBLE";
    }

    void expire(final Order order) {
        if (order.state == OrderState.AWAITING && order.holdUntilNs != 0 && order.holdUntilNs <= world.nowNs) {
            end(order, OrderState.EXPIRED);
            giveBack(order, "ORDER_EXPIRED");
        }
    }

    private void end(final Order order, final OrderState state) {
        world.touch(order).state = state;
        final long held = order.poolSpendable + order.poolWithdrawable;
        if (held > 0) {
            final Pool pool = pools.open(order.member, order.currency);
            pools.take(pool, World.LOCKED, held);
            returns.giveBack(order, held);
        }
        sales.ended(order);
    }

    /** A campaign ends an order that awaits its payment. */
    void cancel(final Order order, final String reason) {
        end(order, OrderState.CANCELLED);
        giveBack(order, reason);
    }

    /** What was captured and not refunded goes back. */
    void giveBack(final Order order, final String reason) {
        if (sales.forfeits(order)) {
            order.openRefund += order.captured;
            claws.settle(order);
            return;
        }
        final long left = left(order);
        if (left > 0) {
            orderBack(order, left, reason);
            order.openRefund += left;
            claws.settle(order);
        }
    }

    private static long left(final Order order) {
        return Math.max(0, order.captured - order.refunded);
    }

    /** What is left of one line of a paid order goes back, with the rest of the order when that is all of it. */
    void giveBack(final Order order, final OrderLine line, final String reason) {
        if (order.state != OrderState.PAID) {
            return;
        }
        final int place = order.lines.indexOf(line);
        final long[] net = NaiveNet.net(order);
        final boolean isAll = Arrays.stream(net).sum() == net[place];
        final long back = isAll ? left(order) : Math.min(net[place], left(order));
        if (back == 0) {
            return;
        }
        world.touch(order);
        orderBack(order, back, reason);
        final long named = Math.min(back, net[place]);
        final long spread = NaiveNet.paid(order)[place] - line.refunded - net[place];
        line.refunded += named;
        order.openRefund += back - named;
        if (named == net[place]) { // refunds of no line that fell on it do so for good, and on no other
            final long kept = Math.min(order.openRefund, Math.max(0, spread));
            line.refunded += kept;
            order.openRefund -= kept;
        }
        claws.settle(order);
        sales.refunded(order);
    }

    /** Payment by payment, the newest first; what was refunded before is taken off in that order too. */
    private void orderBack(final Order order, final long amount, final String reason) {
        long gone = order.refunded;
        long due = amount;
        for (final World.Part part : order.parts) {
            final long back = Math.min(due, Math.max(0, part.amount() - gone));
            gone = Math.max(0, gone - part.amount());
            due -= back;
            if (back > 0) {
                world.giveBack(order, back, reason, order.currency, part.sequence());
            }
        }
        order.refunded += amount;
    }

    int cancel(final Deed.Cancel deed) {
        final Order order = find(Allowed.ingest(world, deed.head()), deed.order());
        Refusal.when(order.state != OrderState.AWAITING, "ORDER_STATE_FORBIDS");
        end(order, OrderState.CANCELLED);
        giveBack(order, "ORDER_CANCELLED");
        return order.state.value();
    }

    int afterSale(final Deed.AfterSale deed) {
        final Order order = find(Allowed.ingest(world, deed.head()), deed.order());
        Refusal.when(order.state != OrderState.PAID && order.state != OrderState.REFUNDED, "ORDER_STATE_FORBIDS");
        world.touch(order).isAfterSale = deed.state() == AfterSaleState.OPEN;
        if (deed.state() == AfterSaleState.CLOSED) {
            order.newestFirst().forEach(grants::releaseDue);
        }
        return order.state.value();
    }

    private static Order find(final Shop shop, final String id) {
        final Order order = shop.orders.get(id);
        Refusal.when(order == null, "NO_SUCH_ORDER");
        return order;
    }
}
