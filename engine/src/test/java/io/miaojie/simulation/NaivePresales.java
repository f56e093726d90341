package io.miaojie.simulation;

import io.miaojie.simulation.World.Campaign;
import io.miaojie.simulation.World.Grant;
import io.miaojie.simulation.World.Member;
import io.miaojie.simulation.World.Order;
import io.miaojie.simulation.World.OrderLine;
import io.miaojie.simulation.World.Version;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.OrderState;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Presales once more, straight from {@code docs/campaigns/presale.md}: deposits and ladders are counted from bookings.
 */
final class NaivePresales {
    static final int PRESALE = 6;

    private static final int PRICE = 0;
    private static final int DEPOSIT = 1;
    private static final int EARNEST = 2;
    private static final int DEPOSIT_WORTH = 3;
    private static final int CANCEL_MULTIPLIER = 4;
    private static final int COUNT_LADDER = 5;
    private static final int COUNT_INVITEES = 6;
    private static final int TIME_LADDER = 7;
    private static final int MIN_BOOKINGS = 8;
    private static final int DECIDE_WITHIN = 9;
    private static final int BALANCE_WITHIN = 10;
    private static final int PER_MEMBER = 12;
    private static final int SKUS = 13;

    private static final int UNPAID = 1;
    private static final int DEPOSIT_PAID = 2;
    private static final int BALANCE_DUE = 3;
    private static final int PAID = 4;
    private static final int RELEASED = 5;
    private static final int RETURNED = 6;
    private static final int FORFEITED = 7;
    private static final int REFUNDED = 8;
    private static final int CALLED_OFF = 9;

    private static final int BOOKING = 0;
    private static final int CLOSED = 1;
    private static final int GO = 2;
    private static final int NO_GO = 3;
    private static final int BALANCE_WINDOW = 4;
    private static final int DONE = 5;

    private static final long MINUTE_NS = 60 * World.SECOND_NS;
    private static final long HOUR_NS = 60 * MINUTE_NS;
    private static final String CALLED_OFF_CODE = "presale.PRESALE_CALLED_OFF";

    /** A presale that somebody has booked. */
    static final class Presale extends NaiveSales.Sale {
        int phase;
        long countPrice;
        long ranks;
        long deadlineNs;

        private long deposits(final int... states) {
            return seats.stream()
                    .filter(seat -> seat.isIn(states))
                    .mapToLong(NaivePresales::deposit)
                    .sum();
        }

        private long count(final int... states) {
            return seats.stream().filter(seat -> seat.isIn(states)).count();
        }

        @Override
        public String told() {
            return phase + " " + count(DEPOSIT_PAID, BALANCE_DUE, PAID) + " " + count(UNPAID, DEPOSIT_PAID, BALANCE_DUE)
                    + " " + deposits(DEPOSIT_PAID, BALANCE_DUE) + " " + deposits(PAID, REFUNDED) + " "
                    + deposits(RETURNED, CALLED_OFF) + " " + deposits(FORFEITED) + " " + countPrice + " " + ranks;
        }
    }

    /** One booking; its session is its rank, its day what it was priced at. */
    static final class Booking extends NaiveSales.Seat {
        /** Who brought the buyer, while the booking counts for that member: until it is gone, or the close. */
        Member countsFor;

        Presale presale() {
            return (Presale) sale;
        }
    }

    private final World world;
    private final NaiveGrants grants;
    private final NaiveRewards rewards;
    private final NaiveClaws claws;
    private NaiveOrders orders;

    NaivePresales(final World world, final NaiveGrants grants, final NaiveRewards rewards, final NaiveClaws claws) {
        this.world = world;
        this.grants = grants;
        this.rewards = rewards;
        this.claws = claws;
    }

    /** Says who ends orders, which asks this one in turn. */
    void endBy(final NaiveOrders newOrders) {
        orders = newOrders;
    }

    static boolean isSound(final Deed.Define deed) {
        final Map<Integer, Long> given = deed.scalars();
        if (!given.containsKey(PRICE) || !given.containsKey(DEPOSIT)) {
            return false;
        }
        final List<List<Long>> counts = deed.rows().getOrDefault(COUNT_LADDER, List.of());
        final List<List<Long>> times = deed.rows().getOrDefault(TIME_LADDER, List.of());
        final boolean isEarnest = given.getOrDefault(EARNEST, 0L) == 1;
        long lowest = given.get(PRICE);
        long above = given.get(PRICE);
        long step = 0;
        boolean isSound = true;
        for (final List<Long> row : counts) {
            isSound &= row.get(0) > step && row.get(1) <= above;
            step = row.get(0);
            above = row.get(1);
            lowest = Math.min(lowest, row.get(1));
        }
        step = 0;
        long below = 0;
        for (final List<Long> row : times) {
            isSound &= row.get(0) > step && row.get(1) >= below && row.get(1) <= given.get(PRICE);
            step = row.get(0);
            below = row.get(1);
            lowest = Math.min(lowest, row.get(1));
        }
        final long worth = worth(given);
        isSound &= worth >= given.get(DEPOSIT) && worth < lowest;
        isSound &= isEarnest
                ? 5 * given.get(DEPOSIT) <= lowest
                : counts.isEmpty() && given.getOrDefault(CANCEL_MULTIPLIER, 1L) == 1;
        return isSound && (!given.containsKey(COUNT_INVITEES) || !counts.isEmpty());
    }

    static boolean follows(final Deed.Define before, final Deed.Define next) {
        boolean follows = before.rows().equals(next.rows());
        for (final int term : List.of(PRICE, DEPOSIT, EARNEST, DEPOSIT_WORTH, CANCEL_MULTIPLIER, COUNT_INVITEES)) {
            final Long was = before.scalars().get(term);
            follows &= was == null
                    ? !next.scalars().containsKey(term)
                    : was.equals(next.scalars().get(term));
        }
        return before.kind() != PRESALE || follows;
    }

    private static long worth(final Map<Integer, Long> given) {
        return given.getOrDefault(DEPOSIT_WORTH, given.get(DEPOSIT));
    }

    private static long bonus(final Version version) {
        final Map<Integer, Long> given = version.terms.scalars();
        return worth(given) - given.get(DEPOSIT);
    }

    private static boolean isEarnest(final Version version) {
        return version.terms.scalars().getOrDefault(EARNEST, 0L) == 1;
    }

    static long deposit(final NaiveSales.Seat seat) {
        return seat.version.terms.scalars().get(DEPOSIT) * seat.pieces;
    }

    /** Returns the price of the line, unless it may not be booked. */
    long price(
            final Version version,
            final Presale presale,
            final Member member,
            final Deed.Line line,
            final boolean isAlone) {
        refuse(presale != null && presale.phase != BOOKING, "BOOKING_CLOSED");
        final List<String> skus = version.terms.lists().getOrDefault(SKUS, List.of());
        refuse(!skus.isEmpty() && !skus.contains(line.sku()), "SKU_NOT_IN_PRESALE");
        refuse(!isAlone, "BOOKING_ALONE");
        refuse(isFull(version, presale, member), "BOOKING_LIMIT");
        long price = version.terms.scalars().get(PRICE);
        final List<List<Long>> times = version.terms.rows().getOrDefault(TIME_LADDER, List.of());
        for (int i = times.size() - 1; i >= 0 && version.terms.startsNs() != 0; i--) {
            if (world.nowNs - version.terms.startsNs() < times.get(i).get(0) * MINUTE_NS) {
                price = times.get(i).get(1);
            }
        }
        return (price - bonus(version)) * line.quantity();
    }

    private static boolean isFull(final Version version, final Presale presale, final Member member) {
        final long has = presale == null
                ? 0
                : presale.seats.stream()
                        .filter(seat -> seat.order.member == member)
                        .filter(seat -> seat.isIn(UNPAID, DEPOSIT_PAID, BALANCE_DUE, PAID))
                        .count();
        return has >= version.terms.scalars().getOrDefault(PER_MEMBER, Long.MAX_VALUE);
    }

    /** The line has its booking. */
    void hold(final Booking booking) {
        booking.day = booking.amount;
        booking.state = UNPAID;
        arm(booking.presale());
    }

    private void arm(final Presale presale) {
        final long endsNs = presale.campaign.current().terms.endsNs();
        if (presale.phase == BOOKING && presale.deadlineNs == 0 && endsNs > 0) {
            setDeadline(presale, endsNs);
        }
    }

    private void setDeadline(final Presale presale, final long deadlineNs) {
        presale.deadlineNs = deadlineNs;
        world.arm(deadlineNs, () -> deadline(presale, deadlineNs));
    }

    private void deadline(final Presale presale, final long deadlineNs) {
        if (presale.deadlineNs != deadlineNs) {
            return;
        }
        presale.deadlineNs = 0;
        final long endsNs = presale.campaign.current().terms.endsNs();
        if (presale.phase == CLOSED) {
            decideByCount(presale);
        } else if (presale.phase == BOOKING && endsNs > world.nowNs) {
            setDeadline(presale, endsNs);
        } else if (presale.phase == BOOKING && endsNs > 0) {
            close(presale);
            awaitDecision(presale);
        }
    }

    private void close(final Presale presale) {
        world.touch(presale).phase = CLOSED;
        final Version version = presale.campaign.current();
        if (version.terms.scalars().getOrDefault(COUNT_INVITEES, 0L) == 0) {
            presale.countPrice = countPrice(version, presale.count(DEPOSIT_PAID, BALANCE_DUE, PAID));
        }
    }

    private static long countPrice(final Version version, final long bookings) {
        long price = version.terms.scalars().get(PRICE);
        for (final List<Long> row : version.terms.rows().getOrDefault(COUNT_LADDER, List.of())) {
            price = row.get(0) <= bookings ? row.get(1) : price;
        }
        return price;
    }

    private void awaitDecision(final Presale presale) {
        final long hours = presale.campaign.current().terms.scalars().getOrDefault(DECIDE_WITHIN, 0L);
        if (hours == 0) {
            decideByCount(presale);
        } else {
            setDeadline(presale, Math.max(world.nowNs + hours * HOUR_NS, presale.deadlineNs));
        }
    }

    private void decideByCount(final Presale presale) {
        final long least = presale.campaign.current().terms.scalars().getOrDefault(MIN_BOOKINGS, 0L);
        decided(presale, presale.count(DEPOSIT_PAID, BALANCE_DUE, PAID) >= least);
    }

    private void decided(final Presale presale, final boolean isGo) {
        world.touch(presale).phase = isGo ? GO : NO_GO;
        presale.deadlineNs = 0;
        if (presale.seats.isEmpty()) {
            walked(presale);
        } else {
            world.arm(world.nowNs, () -> walk(presale));
        }
    }

    private void walk(final Presale presale) {
        for (final NaiveSales.Seat seat : presale.seats) {
            settle((Booking) seat);
        }
        walked(presale);
    }

    private void walked(final Presale presale) {
        world.touch(presale).phase = presale.phase == GO ? BALANCE_WINDOW : DONE;
        finish(presale);
    }

    private void finish(final Presale presale) {
        if (presale.phase == BALANCE_WINDOW && presale.count(UNPAID, DEPOSIT_PAID, BALANCE_DUE) == 0) {
            world.touch(presale).phase = DONE;
        }
    }

    /** An operator asks for it: 1 close, 2 go, 3 no_go. */
    void act(
            final Presale known,
            final Campaign campaign,
            final int action,
            final Function<Version, NaiveSales.Sale> opening) {
        final int phase = known == null ? BOOKING : known.phase;
        refuse(phase > (action == 1 ? BOOKING : CLOSED), "PHASE_FORBIDS");
        final Presale presale = (Presale) opening.apply(campaign.current());
        if (presale.phase == BOOKING) {
            close(presale);
        }
        if (action == 1) {
            awaitDecision(presale);
        } else {
            decided(presale, action == 2);
        }
    }

    void deposited(final Booking booking) {
        if (booking.state == UNPAID) {
            count(booking);
            booking.state = DEPOSIT_PAID;
        }
    }

    void paid(final Booking booking) {
        if (booking.state == UNPAID || booking.state == RETURNED) {
            count(booking);
        }
        if (booking.isIn(UNPAID, DEPOSIT_PAID, BALANCE_DUE, RETURNED)) {
            world.touch(booking).state = PAID;
        }
        finish(booking.presale());
    }

    private void count(final Booking booking) {
        world.touch(booking.sale);
        world.touch(booking);
        if (booking.session == 0) {
            booking.session = ++booking.presale().ranks;
        }
        if (booking.presale().phase == BOOKING) {
            booking.countsFor = booking.order.level1;
        }
    }

    private void leave(final Booking booking, final int state) {
        world.touch(booking.sale);
        world.touch(booking).state = state;
        if (booking.presale().phase == BOOKING) {
            booking.countsFor = null;
        }
    }

    void ended(final Booking booking) {
        final boolean isCalledOff = booking.presale().phase == NO_GO;
        if (booking.state == UNPAID) {
            leave(booking, RELEASED);
        } else if (booking.isIn(DEPOSIT_PAID, BALANCE_DUE)) {
            final int gone = isCalledOff ? CALLED_OFF : RETURNED;
            leave(booking, isEarnest(booking.version) && !isCalledOff ? FORFEITED : gone);
        }
        finish(booking.presale());
    }

    static boolean forfeits(final Booking booking) {
        return booking.state == FORFEITED;
    }

    void refunded(final Booking booking) {
        if (booking.isIn(DEPOSIT_PAID, BALANCE_DUE, PAID)) {
            leave(booking, booking.state == PAID ? REFUNDED : RETURNED);
            finish(booking.presale());
        }
    }

    boolean mayReturn(final Booking booking) {
        final Campaign campaign = booking.version.campaign;
        final long endsNs = campaign.current().terms.endsNs();
        return booking.state == RELEASED
                && booking.presale().phase == BOOKING
                && campaign.state != CampaignState.CLOSED
                && (endsNs == 0 || endsNs > world.nowNs)
                && !isFull(booking.version, booking.presale(), booking.order.member);
    }

    void holdAgain(final Booking booking) {
        world.touch(booking.sale);
        world.touch(booking).state = UNPAID;
        arm(booking.presale());
    }

    /** A payment came after it was decided: the booking is settled before the walk, or behind it. */
    void settleAtPayment(final Booking booking) {
        if (booking.presale().phase >= GO) {
            settle(booking);
        }
    }

    private void settle(final Booking booking) {
        world.touch(booking.sale);
        world.touch(booking);
        world.touch(booking.order);
        if (booking.presale().phase == NO_GO) {
            callOff(booking);
            return;
        }
        final Order order = booking.order;
        final long priced = booking.day;
        final long last = Math.min(priced, (lastPrice(booking) - bonus(booking.version)) * booking.pieces);
        if (booking.state == DEPOSIT_PAID) {
            booking.state = BALANCE_DUE;
            booking.amount = last;
            booking.day = last;
            order.payable -= priced - last;
            booking.line.due -= priced - last;
            order.payByNs = world.nowNs + booking.version.terms.scalars().getOrDefault(BALANCE_WITHIN, 72L) * HOUR_NS;
            order.holdUntilNs = order.payByNs + 120 * World.SECOND_NS;
            world.arm(order.holdUntilNs, () -> orders.expire(order));
        } else if (booking.state == PAID && last < booking.amount) {
            booking.amount = last;
            credit(booking, priced - last);
            follow(booking);
        } else if (booking.state == RETURNED && order.state == OrderState.AWAITING) {
            orders.cancel(order, "ORDER_CANCELLED");
        }
    }

    private static long lastPrice(final Booking booking) {
        final Presale presale = booking.presale();
        final long invited = presale.seats.stream()
                .filter(seat -> ((Booking) seat).countsFor == booking.order.member)
                .count();
        return presale.countPrice > 0 ? presale.countPrice : countPrice(booking.version, invited);
    }

    private void callOff(final Booking booking) {
        final boolean hadPaid = booking.isIn(DEPOSIT_PAID, PAID);
        if (booking.state == PAID) {
            booking.state = CALLED_OFF;
            orders.giveBack(booking.order, CALLED_OFF_CODE);
        } else if (booking.isIn(UNPAID, DEPOSIT_PAID, RETURNED) && booking.order.state == OrderState.AWAITING) {
            orders.cancel(booking.order, CALLED_OFF_CODE);
        }
        final long times =
                booking.version.terms.scalars().getOrDefault(CANCEL_MULTIPLIER, isEarnest(booking.version) ? 2L : 1L);
        if (hadPaid && times == 2) {
            credit(booking, deposit(booking));
        }
    }

    /** A grant of the order in the booking's version, within budgets. */
    private void credit(final Booking booking, final long amount) {
        final Order order = booking.order;
        rewards.beginOne(order.member, booking.version);
        final Grant known = NaiveGrants.find(order, booking.version, 0);
        final String code = rewards.budget(booking.version, order.member, known == null, amount, world.nowNs);
        if (code.equals("OK")) {
            final Grant grant = known == null ? grants.make(order, booking.version, order.member, 0) : known;
            grants.credit(grant, amount);
            rewards.count(booking.version, order.member, known == null, amount, world.nowNs);
        } else {
            world.skips.add(NaiveRewards.skip(booking.version, 0, code));
        }
    }

    /** What refunds have taken of the line is clawed of what was credited for it, in proportion. */
    void follow(final Booking booking) {
        final Grant grant = NaiveGrants.find(booking.order, booking.version, 0);
        if (grant == null || booking.state == CALLED_OFF) {
            return;
        }
        final OrderLine line = booking.line;
        final long net = NaiveNet.net(booking.order)[booking.order.lines.indexOf(line)];
        final long whole = booking.order.state == OrderState.REFUNDED ? 0 : grant.credited;
        claws.bring(grant, grant.credited - (line.due == 0 ? whole : Sums.part(grant.credited, net, line.due)));
    }

    private static void refuse(final boolean isRefused, final String code) {
        Refusal.when(isRefused, "presale." + code);
    }
}
