package io.miaojie.simulation;

import io.miaojie.simulation.World.Campaign;
import io.miaojie.simulation.World.Member;
import io.miaojie.simulation.World.Order;
import io.miaojie.simulation.World.OrderLine;
import io.miaojie.simulation.World.Pool;
import io.miaojie.simulation.World.Shop;
import io.miaojie.simulation.World.Told;
import io.miaojie.simulation.World.Version;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.Instalment;
import io.miaojie.wire.codec.OrderState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Campaigns that sell: lines of orders take part in them, and hear what becomes of the order. */
final class NaiveSales {
    /** What somebody has taken part in: a campaign, or a group of one. */
    abstract static class Sale implements Told {
        int index;
        Campaign campaign;
        long sequence;
        int ordinal;
        final List<Seat> seats = new ArrayList<>();

        final long pieces(final int... states) {
            return seats.stream()
                    .filter(seat -> seat.isIn(states))
                    .mapToLong(seat -> seat.pieces)
                    .sum();
        }

        final long count(final int... states) {
            return seats.stream().filter(seat -> seat.isIn(states)).count();
        }

        @Override
        public final String name() {
            return "group g" + index;
        }
    }

    /** One line of an order in a sale, with two numbers of its kind. */
    static class Seat implements Told {
        int index;
        Sale sale;
        Version version;
        Order order;
        OrderLine line;
        long pieces;
        long amount;
        long first;
        long second;
        int state;

        final boolean isIn(final int... states) {
            for (final int one : states) {
                if (one == state) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public final String name() {
            return "entry e" + index;
        }

        @Override
        public final String told() {
            return "v" + version.index + " g" + sale.index + " o" + order.index + " m" + order.member.index + " "
                    + state + " " + pieces + " " + amount + " " + first + " " + second + " " + line.id;
        }
    }

    private final World world;
    private final NaivePools pools;
    private final NaiveCredits credits;
    private final Map<Integer, NaiveSaleKind> kinds;

    NaiveSales(
            final World world,
            final NaivePools pools,
            final NaiveCredits credits,
            final NaivePresales presales,
            final NaiveGroupBuys groupBuys) {
        this.world = world;
        this.pools = pools;
        this.credits = credits;
        this.kinds = Map.of(
                NaiveFlashSales.FLASH_SALE,
                new NaiveFlashSales(world),
                NaiveGroupBuys.GROUP_BUY,
                groupBuys,
                NaivePresales.PRESALE,
                presales);
    }

    private NaiveSaleKind kind(final Version version) {
        return kinds.get(version.terms.kind());
    }

    private NaiveSaleKind kind(final Seat seat) {
        return kind(seat.version);
    }

    /** Holds each line that a campaign sells against it and returns all lines, those at the campaign's price. */
    List<Deed.Line> price(final Deed.Place deed, final Shop shop, final Member member) {
        final List<Deed.Line> priced = new ArrayList<>();
        final Set<Campaign> named = new HashSet<>();
        for (final Deed.Line line : deed.lines()) {
            priced.add(line.campaign().isEmpty() ? line : price(deed, shop, member, line, named));
        }
        return priced;
    }

    private Deed.Line price(
            final Deed.Place deed,
            final Shop shop,
            final Member member,
            final Deed.Line line,
            final Set<Campaign> named) {
        final Campaign campaign = shop.campaigns.get(line.campaign());
        Refusal.when(campaign == null, "CAMPAIGN_UNKNOWN");
        final Version version = campaign.current();
        final NaiveSaleKind kind = kind(version);
        Refusal.when(kind == null || !line.action().equals(kind.action()), "ACTION_UNKNOWN");
        final Deed.Define terms = version.terms;
        final boolean isOpen = campaign.state == CampaignState.ACTIVE
                && terms.startsNs() <= world.nowNs
                && (terms.endsNs() == 0 || terms.endsNs() > world.nowNs);
        Refusal.when(!isOpen, "CAMPAIGN_NOT_OPEN");
        final boolean isHere = terms.currency().equals(deed.currency())
                && (terms.stores().isEmpty() || terms.stores().contains(deed.store()))
                && (terms.channels().isEmpty() || terms.channels().contains(deed.channel()));
        Refusal.when(!isHere, "CAMPAIGN_EXCLUDES");
        Refusal.when(!named.add(campaign), "CAMPAIGN_REPEATED");
        final boolean isAlone = deed.lines().size() == 1 && deed.poolSpend() == 0;
        final long amount = kind.price(new NaiveSaleKind.Asked(version, sale(campaign), member, line, isAlone));
        return new Deed.Line(
                line.id(),
                line.sku(),
                line.category(),
                amount,
                line.quantity(),
                line.campaign(),
                line.action(),
                line.group());
    }

    /** Refuses the name of a group in a campaign that has none. */
    static void hasNoGroups(final String group) {
        Refusal.when(!group.isEmpty(), "INSTANCE_UNKNOWN");
    }

    /** Gives each line that was priced its seat. */
    void hold(final Order order, final List<Deed.Line> lines) {
        for (final Deed.Line line : lines) {
            if (!line.campaign().isEmpty()) {
                final Version version =
                        order.shop.campaigns.get(line.campaign()).current();
                final NaiveSaleKind kind = kind(version);
                final Seat seat = kind.seat();
                seat.version = version;
                seat.order = order;
                seat.line = NaiveRefunds.line(order, line.id());
                seat.pieces = line.quantity();
                seat.amount = line.amount();
                sit(world, seat, kind.place(open(version), line));
                kind.hold(seat);
            }
        }
    }

    /** Gives a seat its place in a sale. */
    static void sit(final World world, final Seat seat, final Sale sale) {
        seat.sale = world.touch(sale);
        seat.index = world.seats.size();
        world.make(seat);
        world.seats.add(seat);
        sale.seats.add(seat);
    }

    void deposited(final Order order) {
        if (deposit(order) > 0) {
            order.payByNs = 0;
            order.holdUntilNs = 0;
            seats(order).forEach(seat -> kind(seat).deposited(seat));
        }
    }

    void paid(final Order order) {
        seats(order).forEach(seat -> kind(seat).paid(seat));
    }

    void ended(final Order order) {
        seats(order).forEach(seat -> kind(seat).ended(seat));
    }

    /** Tells whether a campaign sells any line of the order. */
    boolean sells(final Order order) {
        return !seats(order).isEmpty();
    }

    /** Returns what the order asks for first, 0: it is no booking. */
    long deposit(final Order order) {
        return seats(order).stream().mapToLong(seat -> kind(seat).deposit(seat)).sum();
    }

    boolean forfeits(final Order order) {
        return seats(order).stream().anyMatch(seat -> kind(seat).forfeits(seat));
    }

    void settleAtPayment(final Order order) {
        seats(order).forEach(seat -> kind(seat).settleAtPayment(seat));
    }

    /** Credits follow what refunds have left of their lines; lines that were refunded in full are told of. */
    void refunded(final Order order) {
        final long[] net = NaiveNet.net(order);
        for (final Seat seat : seats(order)) {
            if (!kind(seat).keepsCredit(seat)) {
                credits.follow(seat);
            }
            final boolean isAll = net[order.lines.indexOf(seat.line)] == 0
                    && (seat.line.due > 0 || order.state == OrderState.REFUNDED);
            if (isAll) {
                kind(seat).refunded(seat, order.isDeliveredWhole || seat.line.isDelivered());
            }
        }
    }

    /** Tells whether a late payment is taken after all, and if so, holds again what the order held. */
    boolean revives(final Order order, final Deed.Pay deed) {
        final List<Seat> seats = seats(order);
        final long poolMoney = order.poolSpendable + order.poolWithdrawable;
        final Pool pool = order.member == null ? null : order.member.pools.get(order.currency);
        final boolean isWhole = order.state == OrderState.EXPIRED
                && !seats.isEmpty()
                && order.captured == 0
                && (deed.instalment() == Instalment.FULL || deposit(order) > 0)
                && NaivePayments.isDue(order, deed, deposit(order))
                && deed.currency().equals(order.currency);
        final boolean isAgain = isWhole
                && pools.balance(pool, World.SPENDABLE) + pools.balance(pool, World.WITHDRAWABLE) >= poolMoney
                && seats.stream().allMatch(seat -> kind(seat).mayReturn(seat));
        if (isAgain) {
            world.touch(order).state = OrderState.AWAITING;
            if (poolMoney > 0) {
                order.poolReturned = 0;
                NaiveOrders.hold(pools, order, pool, poolMoney);
            }
            seats.forEach(seat -> kind(seat).holdAgain(seat));
        }
        return isAgain;
    }

    void act(final Deed.Act deed) {
        final Shop shop = Allowed.ingest(world, deed.head());
        final Campaign campaign = shop.campaigns.get(deed.campaign());
        Refusal.when(campaign == null, "CAMPAIGN_UNKNOWN");
        final NaiveSaleKind kind = kind(campaign.current());
        final boolean isKnown = kind != null && deed.action() >= 1 && deed.action() <= kind.actionCount();
        Refusal.when(!isKnown, "ACTION_UNKNOWN");
        Allowed.operate(world, deed.head());
        kind.act(deed, campaign, sale(campaign), () -> open(campaign.current()));
    }

    /** The end of a version of a campaign has come. */
    void campaignEnds(final Campaign campaign) {
        final long endsNs = campaign.current().terms.endsNs();
        final Sale sale = sale(campaign);
        if (sale != null && endsNs != 0 && endsNs <= world.nowNs) {
            kind(campaign.current()).campaignEnds(sale);
        }
    }

    /** Tells whether the campaign of a seat still sells. */
    static boolean isOnSale(final World world, final Seat seat) {
        final Campaign campaign = seat.version.campaign;
        final long endsNs = campaign.current().terms.endsNs();
        return campaign.state != CampaignState.CLOSED && (endsNs == 0 || endsNs > world.nowNs);
    }

    /** Returns the seats of an order, the newest first. */
    private List<Seat> seats(final Order order) {
        final List<Seat> seats = new ArrayList<>(
                world.seats.stream().filter(seat -> seat.order == order).toList());
        Collections.reverse(seats);
        return seats;
    }

    private Sale sale(final Campaign campaign) {
        return world.sales.stream()
                .filter(sale -> sale.campaign == campaign)
                .findFirst()
                .orElse(null);
    }

    private Sale open(final Version version) {
        final Sale known = sale(version.campaign);
        if (known != null) {
            return world.touch(known);
        }
        return make(world, kind(version).begin(version), version.campaign);
    }

    /** Makes a sale in this record. */
    static <S extends Sale> S make(final World world, final S sale, final Campaign campaign) {
        sale.index = world.sales.size();
        sale.campaign = campaign;
        sale.sequence = world.sequence;
        sale.ordinal = (int) world.sales.stream()
                .filter(other -> other.sequence == world.sequence)
                .count();
        world.sales.add(sale);
        return world.make(sale);
    }
}
