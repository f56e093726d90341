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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Flash sales once more, straight from {@code docs/campaigns/flash-sale.md}: every figure is counted from the seats.
 */
final class NaiveSales {
    static final int FLASH_SALE = 4;

    private static final int PRICE = 0;
    private static final int STOCK = 1;
    private static final int PER_ORDER = 2;
    private static final int PER_MEMBER = 3;
    private static final int PER_DAY = 4;
    private static final int SESSIONS = 5;
    private static final int SESSION_STOCK = 6;
    private static final int REFUND_RETURNS = 7;
    private static final int SKUS = 8;
    private static final int MEMBERS = 9;
    private static final int MIN_GRADE = 10;

    private static final int HELD = 1;
    private static final int PAID = 2;
    private static final int RELEASED = 3;
    private static final int RETURNED = 4;
    private static final int REFUNDED = 5;

    private static final int SESSIONS_MAX = 48;
    private static final int DAY_MINUTES = 1_440;

    /** A campaign that somebody has taken part in. */
    static class Sale implements Told {
        int index;
        Campaign campaign;
        long initial;
        long adjusted;
        final List<Seat> seats = new ArrayList<>();

        long pieces(final int... states) {
            return seats.stream()
                    .filter(seat -> seat.isIn(states))
                    .mapToLong(seat -> seat.pieces)
                    .sum();
        }

        long available() {
            return initial + adjusted - pieces(HELD, PAID, REFUNDED);
        }

        long session() {
            return seats.stream().mapToLong(seat -> seat.session).max().orElse(0);
        }

        /** What the newest session has taken; of older ones nobody asks any more. */
        long taken(final long session) {
            return session < session()
                    ? 0
                    : seats.stream()
                            .filter(seat -> seat.session == session && seat.isIn(HELD, PAID, REFUNDED))
                            .mapToLong(seat -> seat.pieces)
                            .sum();
        }

        long total(final Member member) {
            return seats.stream()
                    .filter(seat -> seat.order.member == member && seat.isIn(HELD, PAID, REFUNDED))
                    .mapToLong(seat -> seat.pieces)
                    .sum();
        }

        /** What the member's newest day has taken; of older ones nobody asks any more. */
        long ofDay(final Member member, final long day) {
            final boolean isOld = seats.stream().anyMatch(seat -> seat.order.member == member && seat.day > day);
            return isOld
                    ? 0
                    : seats.stream()
                            .filter(seat -> seat.order.member == member && seat.day == day)
                            .filter(seat -> seat.isIn(HELD, PAID, REFUNDED))
                            .mapToLong(seat -> seat.pieces)
                            .sum();
        }

        @Override
        public String name() {
            return "group g" + index;
        }

        @Override
        public String told() {
            return "0 " + initial + " " + adjusted + " " + available() + " " + pieces(HELD) + " "
                    + pieces(PAID, REFUNDED) + " " + session() + " " + taken(session()) + " 0";
        }
    }

    /** One line of an order in a sale. */
    static class Seat implements Told {
        int index;
        Sale sale;
        Version version;
        Order order;
        OrderLine line;
        long pieces;
        long amount;
        long session;
        long day;
        int state;

        boolean isIn(final int... states) {
            for (final int one : states) {
                if (one == state) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String name() {
            return "entry e" + index;
        }

        @Override
        public String told() {
            return "v" + version.index + " g" + sale.index + " o" + order.index + " m" + order.member.index + " "
                    + state + " " + pieces + " " + amount + " " + session + " " + day + " " + line.id;
        }
    }

    private final World world;
    private final NaivePools pools;
    private final NaivePresales presales;

    NaiveSales(final World world, final NaivePools pools, final NaivePresales presales) {
        this.world = world;
        this.pools = pools;
        this.presales = presales;
    }

    static boolean isSound(final Deed.Define deed) {
        final Map<Integer, Long> given = deed.scalars();
        final List<List<Long>> sessions = deed.rows().getOrDefault(SESSIONS, List.of());
        boolean isSound = given.containsKey(PRICE) && given.containsKey(STOCK);
        isSound &= !given.containsKey(SESSION_STOCK) || !sessions.isEmpty();
        long end = 0;
        for (final List<Long> session : sessions) {
            isSound &= session.get(0) >= end && session.get(1) > session.get(0);
            end = session.get(1);
        }
        return isSound;
    }

    static boolean follows(final Deed.Define before, final Deed.Define next) {
        return before.kind() != FLASH_SALE
                || before.scalars().get(STOCK).equals(next.scalars().get(STOCK));
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
        final boolean isPresale = version.terms.kind() == NaivePresales.PRESALE;
        final String action = isPresale ? "book" : "reserve";
        Refusal.when(
                !isPresale && version.terms.kind() != FLASH_SALE
                        || !line.action().equals(action),
                "ACTION_UNKNOWN");
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
        Refusal.when(!line.group().isEmpty(), "INSTANCE_UNKNOWN");
        final long amount;
        if (isPresale) {
            final boolean isAlone = deed.lines().size() == 1 && deed.poolSpend() == 0;
            final NaivePresales.Presale presale = (NaivePresales.Presale) sale(campaign);
            amount = presales.price(version, presale, member, line, isAlone);
        } else {
            admit(version, member, line);
            amount = terms.scalars().get(PRICE) * line.quantity();
        }
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

    private void admit(final Version version, final Member member, final Deed.Line line) {
        final Deed.Define terms = version.terms;
        final Sale sale = sale(version.campaign);
        final long available = sale == null ? terms.scalars().get(STOCK) : sale.available();
        refuse(available == 0, "SOLD_OUT");
        final List<String> skus = terms.lists().getOrDefault(SKUS, List.of());
        refuse(!skus.isEmpty() && !skus.contains(line.sku()), "SKU_NOT_ON_SALE");
        final List<String> members = terms.lists().getOrDefault(MEMBERS, List.of());
        refuse(!members.isEmpty() && !members.contains(member.id), "MEMBER_NOT_ADMITTED");
        refuse(terms.scalars().containsKey(MIN_GRADE), "MEMBER_NOT_ADMITTED"); // no story grades anybody
        final long session = session(version);
        refuse(session < 0, "OUT_OF_SESSION");
        refuse(line.quantity() > limit(terms, PER_ORDER), "ORDER_LIMIT");
        final String code = fits(version, sale, member, line.quantity(), day(version), session);
        refuse(!code.equals("OK"), code);
    }

    private static String fits(
            final Version version,
            final Sale sale,
            final Member member,
            final long pieces,
            final long day,
            final long session) {
        final Deed.Define terms = version.terms;
        final Sale known = sale == null ? new Sale() : sale;
        final long available = sale == null ? terms.scalars().get(STOCK) : sale.available();
        if (known.total(member) + pieces > limit(terms, PER_MEMBER)) {
            return "MEMBER_LIMIT";
        }
        if (known.ofDay(member, day) + pieces > limit(terms, PER_DAY)) {
            return "DAY_LIMIT";
        }
        if (pieces > available) {
            return "SOLD_OUT";
        }
        return known.taken(session) + pieces > limit(terms, SESSION_STOCK) ? "SESSION_SOLD_OUT" : "OK";
    }

    /** Gives each line that was priced its seat. */
    void hold(final Order order, final List<Deed.Line> lines) {
        for (final Deed.Line line : lines) {
            if (!line.campaign().isEmpty()) {
                final Version version =
                        order.shop.campaigns.get(line.campaign()).current();
                final boolean isPresale = version.terms.kind() == NaivePresales.PRESALE;
                final Seat seat = isPresale ? new NaivePresales.Booking() : new Seat();
                seat.sale = open(version);
                seat.index = world.seats.size();
                seat.version = version;
                seat.order = order;
                seat.line = NaiveRefunds.line(order, line.id());
                seat.pieces = line.quantity();
                seat.amount = line.amount();
                seat.state = HELD;
                world.make(seat);
                world.seats.add(seat);
                seat.sale.seats.add(seat);
                if (seat instanceof NaivePresales.Booking booking) {
                    presales.hold(booking);
                } else {
                    seat.session = session(version);
                    seat.day = day(version);
                }
            }
        }
    }

    void deposited(final Order order) {
        if (deposit(order) > 0) {
            order.payByNs = 0;
            order.holdUntilNs = 0;
            bookings(order).forEach(presales::deposited);
        }
    }

    void paid(final Order order) {
        bookings(order).forEach(presales::paid);
        move(order, HELD, PAID);
    }

    void ended(final Order order) {
        bookings(order).forEach(presales::ended);
        move(order, HELD, RELEASED);
    }

    /** Returns what the order asks for first, 0: it is no booking. */
    long deposit(final Order order) {
        return bookings(order).stream().mapToLong(NaivePresales::deposit).sum();
    }

    boolean forfeits(final Order order) {
        return bookings(order).stream().anyMatch(NaivePresales::forfeits);
    }

    void settleAtPayment(final Order order) {
        bookings(order).forEach(presales::settleAtPayment);
    }

    private List<NaivePresales.Booking> bookings(final Order order) {
        return world.seats.stream()
                .filter(seat -> seat.order == order && seat instanceof NaivePresales.Booking)
                .map(NaivePresales.Booking.class::cast)
                .toList();
    }

    private void move(final Order order, final int from, final int to) {
        for (final Seat seat : seats(order)) {
            if (seat.state == from) {
                world.touch(seat.sale);
                world.touch(seat).state = to;
            }
        }
    }

    /** Lines that were refunded in full: on sale again, or not. */
    void refunded(final Order order) {
        final long[] net = NaiveNet.net(order);
        for (final NaivePresales.Booking booking : bookings(order)) {
            presales.follow(booking);
            final boolean isAll = net[order.lines.indexOf(booking.line)] == 0
                    && (booking.line.due > 0 || order.state == OrderState.REFUNDED);
            if (isAll) {
                presales.refunded(booking);
            }
        }
        for (final Seat seat : seats(order)) {
            final boolean isAll = net[order.lines.indexOf(seat.line)] == 0
                    && (seat.line.due > 0 || order.state == OrderState.REFUNDED);
            if (seat.state == PAID && isAll) {
                final boolean isDelivered = order.isDeliveredWhole || seat.line.isDelivered();
                final boolean returns = seat.version.terms.scalars().getOrDefault(REFUND_RETURNS, 1L) == 1;
                world.touch(seat.sale);
                world.touch(seat).state = returns && isOnSale(seat) && !isDelivered ? RETURNED : REFUNDED;
            }
        }
    }

    /** Tells whether a late payment is taken after all, and if so, holds again what the order held. */
    boolean revives(final Order order, final Deed.Pay deed) {
        final List<Seat> seats = seats(order);
        final long poolMoney = order.poolSpendable + order.poolWithdrawable;
        final Pool pool = order.member == null ? null : order.member.pools.get(order.currency);
        final boolean isWhole = order.state == OrderState.EXPIRED
                && !(seats.isEmpty() && bookings(order).isEmpty())
                && order.captured == 0
                && (deed.instalment() == Instalment.FULL || deposit(order) > 0)
                && NaivePayments.isDue(order, deed, deposit(order))
                && deed.currency().equals(order.currency);
        final boolean isAgain = isWhole
                && pools.balance(pool, World.SPENDABLE) + pools.balance(pool, World.WITHDRAWABLE) >= poolMoney
                && seats.stream().allMatch(this::fitsAgain)
                && bookings(order).stream().allMatch(presales::mayReturn);
        if (isAgain) {
            world.touch(order).state = OrderState.AWAITING;
            if (poolMoney > 0) {
                order.poolReturned = 0;
                NaiveOrders.hold(pools, order, pool, poolMoney);
            }
            move(order, RELEASED, HELD);
            bookings(order).forEach(presales::holdAgain);
        }
        return isAgain;
    }

    private boolean fitsAgain(final Seat seat) {
        return seat.state == RELEASED
                && isOnSale(seat)
                && fits(seat.version, seat.sale, seat.order.member, seat.pieces, seat.day, seat.session)
                        .equals("OK");
    }

    void act(final Deed.Act deed) {
        final Shop shop = Allowed.ingest(world, deed.head());
        final Campaign campaign = shop.campaigns.get(deed.campaign());
        Refusal.when(campaign == null, "CAMPAIGN_UNKNOWN");
        final boolean isPresale = campaign.current().terms.kind() == NaivePresales.PRESALE;
        final boolean isKnown = isPresale
                ? deed.action() >= 1 && deed.action() <= 3
                : campaign.current().terms.kind() == FLASH_SALE && deed.action() == 1;
        Refusal.when(!isKnown, "ACTION_UNKNOWN");
        Allowed.operate(world, deed.head());
        if (isPresale) {
            Refusal.when(deed.pieces() != null, "ARGUMENT_INVALID");
            presales.act((NaivePresales.Presale) sale(campaign), campaign, deed.action(), this::open);
            return;
        }
        Refusal.when(deed.pieces() == null, "ARGUMENT_INVALID");
        Refusal.when(campaign.state == CampaignState.CLOSED, "CAMPAIGN_CLOSED");
        final Sale known = sale(campaign);
        final long available =
                known == null ? campaign.current().terms.scalars().get(STOCK) : known.available();
        refuse(available + deed.pieces() < 0, "STOCK_SHORT");
        world.touch(open(campaign.current())).adjusted += deed.pieces();
    }

    private boolean isOnSale(final Seat seat) {
        final Campaign campaign = seat.version.campaign;
        final long endsNs = campaign.current().terms.endsNs();
        return campaign.state != CampaignState.CLOSED && (endsNs == 0 || endsNs > world.nowNs);
    }

    private List<Seat> seats(final Order order) {
        return world.seats.stream()
                .filter(seat -> seat.order == order && !(seat instanceof NaivePresales.Booking))
                .toList();
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
        final boolean isPresale = version.terms.kind() == NaivePresales.PRESALE;
        final Sale sale = isPresale ? new NaivePresales.Presale() : new Sale();
        sale.index = world.sales.size();
        sale.campaign = version.campaign;
        sale.initial = isPresale ? 0 : version.terms.scalars().get(STOCK);
        world.sales.add(sale);
        return world.make(sale);
    }

    private long minutes(final Version version) {
        return Math.floorDiv(world.nowNs, 60 * World.SECOND_NS) + version.campaign.shop.offsetMinutes;
    }

    private long day(final Version version) {
        return Math.floorDiv(minutes(version), DAY_MINUTES);
    }

    /** Returns the number of the session that is on, 0: it sells all day, -1: none. */
    private long session(final Version version) {
        final List<List<Long>> sessions = version.terms.rows().getOrDefault(SESSIONS, List.of());
        final long minute = Math.floorMod(minutes(version), (long) DAY_MINUTES);
        for (int i = 0; i < sessions.size(); i++) {
            if (sessions.get(i).get(0) <= minute && minute < sessions.get(i).get(1)) {
                return day(version) * SESSIONS_MAX + i + 1;
            }
        }
        return sessions.isEmpty() ? 0 : -1;
    }

    private static long limit(final Deed.Define terms, final int term) {
        return terms.scalars().getOrDefault(term, Long.MAX_VALUE);
    }

    private static void refuse(final boolean isRefused, final String code) {
        Refusal.when(isRefused, "flash-sale." + code);
    }
}
