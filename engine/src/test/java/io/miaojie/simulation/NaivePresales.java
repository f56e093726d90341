package io.miaojie.simulation;

import io.miaojie.simulation.NaiveSales.Sale;
import io.miaojie.simulation.NaiveSales.Seat;
import io.miaojie.simulation.World.Campaign;
import io.miaojie.simulation.World.Member;
import io.miaojie.simulation.World.Order;
import io.miaojie.simulation.World.Version;
import io.miaojie.wire.codec.OrderState;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Presales once more, straight from {@code docs/campaigns/presale.md}: deposits and ladders are counted from bookings.
 * A booking's first number is its rank, its second what it was priced at.
 */
final class NaivePresales implements NaiveSaleKind {
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
    static final class Presale extends Sale {
        int phase;
        long countPrice;
        long ranks;
        long deadlineNs;

        private long deposits(final int... states) {
            return seats.stream()
                    .filter(seat -> seat.isIn(states))
                    .mapToLong(NaivePresales::depositOf)
                    .sum();
        }

        @Override
        public String told() {
            return phase + " " + count(DEPOSIT_PAID, BALANCE_DUE, PAID) + " " + count(UNPAID, DEPOSIT_PAID, BALANCE_DUE)
                    + " " + deposits(DEPOSIT_PAID, BALANCE_DUE) + " " + deposits(PAID, REFUNDED) + " "
                    + deposits(RETURNED, CALLED_OFF) + " " + deposits(FORFEITED) + " " + countPrice + " " + ranks;
        }
    }

    /** One booking. */
    static final class Booking extends Seat {
        /** Who brought the buyer, while the booking counts for that member: until it is gone, or the close. */
        Member countsFor;

        Presale presale() {
            return (Presale) sale;
        }
    }

    private final World world;
    private final NaiveCredits credits;
    private NaiveOrders orders;

    NaivePresales(final World world, final NaiveCredits credits) {
        this.world = world;
        this.credits = credits;
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
        return follows;
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

    @Override
    public String action() {
        return "book";
    }

    @Override
    public Sale begin(final Version version) {
        return new Presale();
    }

    @Override
    public Seat seat() {
        return new Booking();
    }

    @Override
    public long deposit(final Seat seat) {
        return depositOf(seat);
    }

    private static long depositOf(final Seat seat) {
        return seat.version.terms.scalars().get(DEPOSIT) * seat.pieces;
    }

    @Override
    public long price(final Asked asked) {
        NaiveSales.hasNoGroups(asked.line().group());
        final Version version = asked.version();
        final Deed.Line line = asked.line();
        final Presale presale = (Presale) asked.sale();
        refuse(presale != null && presale.phase != BOOKING, "BOOKING_CLOSED");
        final List<String> skus = version.terms.lists().getOrDefault(SKUS, List.of());
        refuse(!skus.isEmpty() && !skus.contains(line.sku()), "SKU_NOT_IN_PRESALE");
        refuse(!asked.isAlone(), "BOOKING_ALONE");
        refuse(isFull(version, presale, asked.member()), "BOOKING_LIMIT");
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

    @Override
    public void hold(final Seat seat) {
        seat.second = seat.amount;
        seat.state = UNPAID;
    }

    private void deadline(final Presale presale, final long deadlineNs) {
        if (presale.deadlineNs == deadlineNs) {
            presale.deadlineNs = 0;
            decideByCount(presale);
        }
    }

    @Override
    public void campaignEnds(final Sale sale) {
        final Presale presale = (Presale) sale;
        if (presale.phase == BOOKING) {
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
            final long deadlineNs = world.nowNs + hours * HOUR_NS;
            presale.deadlineNs = deadlineNs;
            world.arm(deadlineNs, () -> deadline(presale, deadlineNs));
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
        for (final Seat seat : presale.seats) {
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

    @Override
    public int actionCount() {
        return 3;
    }

    /** An operator asks for it: 1 close, 2 go, 3 no_go. */
    @Override
    public void act(final Deed.Act deed, final Campaign campaign, final Sale known, final Supplier<Sale> opened) {
        final int action = deed.action();
        Refusal.when(deed.pieces() != null, "ARGUMENT_INVALID");
        NaiveSales.hasNoGroups(deed.group());
        final int phase = known == null ? BOOKING : ((Presale) known).phase;
        refuse(phase > (action == 1 ? BOOKING : CLOSED), "PHASE_FORBIDS");
        final Presale presale = (Presale) opened.get();
        if (presale.phase == BOOKING) {
            close(presale);
        }
        if (action == 1) {
            awaitDecision(presale);
        } else {
            decided(presale, action == 2);
        }
    }

    @Override
    public void deposited(final Seat seat) {
        final Booking booking = (Booking) seat;
        if (booking.state == UNPAID) {
            count(booking);
            booking.state = DEPOSIT_PAID;
        }
    }

    @Override
    public void paid(final Seat seat) {
        final Booking booking = (Booking) seat;
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
        if (booking.first == 0) {
            booking.first = ++booking.presale().ranks;
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

    @Override
    public void ended(final Seat seat) {
        final Booking booking = (Booking) seat;
        final boolean isCalledOff = booking.presale().phase == NO_GO;
        if (booking.state == UNPAID) {
            leave(booking, RELEASED);
        } else if (booking.isIn(DEPOSIT_PAID, BALANCE_DUE)) {
            final int gone = isCalledOff ? CALLED_OFF : RETURNED;
            leave(booking, isEarnest(booking.version) && !isCalledOff ? FORFEITED : gone);
        }
        finish(booking.presale());
    }

    @Override
    public boolean forfeits(final Seat seat) {
        return seat.state == FORFEITED;
    }

    @Override
    public boolean keepsCredit(final Seat seat) {
        return seat.state == CALLED_OFF;
    }

    @Override
    public void refunded(final Seat seat, final boolean isDelivered) {
        final Booking booking = (Booking) seat;
        if (booking.isIn(DEPOSIT_PAID, BALANCE_DUE, PAID)) {
            leave(booking, booking.state == PAID ? REFUNDED : RETURNED);
            finish(booking.presale());
        }
    }

    @Override
    public boolean mayReturn(final Seat seat) {
        final Booking booking = (Booking) seat;
        return booking.state == RELEASED
                && booking.presale().phase == BOOKING
                && NaiveSales.isOnSale(world, booking)
                && !isFull(booking.version, booking.presale(), booking.order.member);
    }

    @Override
    public void holdAgain(final Seat seat) {
        world.touch(seat.sale);
        world.touch(seat).state = UNPAID;
    }

    /** A payment came after it was decided: the booking is settled before the walk, or behind it. */
    @Override
    public void settleAtPayment(final Seat seat) {
        if (((Booking) seat).presale().phase >= GO) {
            settle((Booking) seat);
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
        final long priced = booking.second;
        final long last = Math.min(priced, (lastPrice(booking) - bonus(booking.version)) * booking.pieces);
        if (booking.state == DEPOSIT_PAID) {
            booking.state = BALANCE_DUE;
            booking.amount = last;
            booking.second = last;
            order.payable -= priced - last;
            booking.line.due -= priced - last;
            order.payByNs = world.nowNs + booking.version.terms.scalars().getOrDefault(BALANCE_WITHIN, 72L) * HOUR_NS;
            order.holdUntilNs = order.payByNs + 120 * World.SECOND_NS;
            world.arm(order.holdUntilNs, () -> orders.expire(order));
        } else if (booking.state == PAID && last < booking.amount) {
            booking.amount = last;
            if (order.state == OrderState.PAID) { // else all of it has gone back already, for goodwill
                credits.credit(booking, priced - last);
                credits.follow(booking);
            }
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
            credits.credit(booking, depositOf(booking));
        }
    }

    private static void refuse(final boolean isRefused, final String code) {
        Refusal.when(isRefused, "presale." + code);
    }
}
