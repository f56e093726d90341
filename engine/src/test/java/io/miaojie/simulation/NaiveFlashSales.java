package io.miaojie.simulation;

import io.miaojie.simulation.NaiveSales.Sale;
import io.miaojie.simulation.NaiveSales.Seat;
import io.miaojie.simulation.World.Campaign;
import io.miaojie.simulation.World.Member;
import io.miaojie.simulation.World.Version;
import io.miaojie.wire.codec.CampaignState;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Flash sales once more, straight from {@code docs/campaigns/flash-sale.md}: every figure is counted from the seats. A
 * seat's first number is its session, its second the day.
 */
final class NaiveFlashSales implements NaiveSaleKind {
    static final int FLASH_SALE = 4;

    private static final int PRICE = 0;
    private static final int STOCK = 1;
    private static final int PER_ORDER = 2;
    /** Place of the term: pieces of one member at most. */
    static final int PER_MEMBER = 3;

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

    /** A stock that somebody has taken of. */
    static final class Stock extends Sale {
        long initial;
        long adjusted;

        long available() {
            return initial + adjusted - pieces(HELD, PAID, REFUNDED);
        }

        long session() {
            return seats.stream().mapToLong(seat -> seat.first).max().orElse(0);
        }

        /** What the newest session has taken; of older ones nobody asks any more. */
        long taken(final long session) {
            return session < session()
                    ? 0
                    : seats.stream()
                            .filter(seat -> seat.first == session && seat.isIn(HELD, PAID, REFUNDED))
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
            final boolean isOld = seats.stream().anyMatch(seat -> seat.order.member == member && seat.second > day);
            return isOld
                    ? 0
                    : seats.stream()
                            .filter(seat -> seat.order.member == member && seat.second == day)
                            .filter(seat -> seat.isIn(HELD, PAID, REFUNDED))
                            .mapToLong(seat -> seat.pieces)
                            .sum();
        }

        @Override
        public String told() {
            return "0 " + initial + " " + adjusted + " " + available() + " " + pieces(HELD) + " "
                    + pieces(PAID, REFUNDED) + " " + session() + " " + taken(session()) + " 0";
        }
    }

    private final World world;

    NaiveFlashSales(final World world) {
        this.world = world;
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
        return before.scalars().get(STOCK).equals(next.scalars().get(STOCK));
    }

    @Override
    public String action() {
        return "reserve";
    }

    @Override
    public Sale begin(final Version version) {
        final Stock stock = new Stock();
        stock.initial = version.terms.scalars().get(STOCK);
        return stock;
    }

    @Override
    public Seat seat() {
        return new Seat();
    }

    @Override
    public long price(final Asked asked) {
        NaiveSales.hasNoGroups(asked.line().group());
        final Deed.Line line = asked.line();
        final Deed.Define terms = asked.version().terms;
        final Stock stock = asked.sale() == null ? (Stock) begin(asked.version()) : (Stock) asked.sale();
        refuse(stock.available() == 0, "SOLD_OUT");
        final List<String> skus = terms.lists().getOrDefault(SKUS, List.of());
        refuse(!skus.isEmpty() && !skus.contains(line.sku()), "SKU_NOT_ON_SALE");
        final List<String> members = terms.lists().getOrDefault(MEMBERS, List.of());
        refuse(!members.isEmpty() && !members.contains(asked.member().id), "MEMBER_NOT_ADMITTED");
        refuse(terms.scalars().containsKey(MIN_GRADE), "MEMBER_NOT_ADMITTED"); // no story grades anybody
        final long session = session(asked.version());
        refuse(session < 0, "OUT_OF_SESSION");
        refuse(line.quantity() > limit(terms, PER_ORDER), "ORDER_LIMIT");
        final String code = fits(terms, stock, asked.member(), line.quantity(), day(asked.version()), session);
        refuse(!code.equals("OK"), code);
        return terms.scalars().get(PRICE) * line.quantity();
    }

    private static String fits(
            final Deed.Define terms,
            final Stock stock,
            final Member member,
            final long pieces,
            final long day,
            final long session) {
        if (stock.total(member) + pieces > limit(terms, PER_MEMBER)) {
            return "MEMBER_LIMIT";
        }
        if (stock.ofDay(member, day) + pieces > limit(terms, PER_DAY)) {
            return "DAY_LIMIT";
        }
        if (pieces > stock.available()) {
            return "SOLD_OUT";
        }
        return stock.taken(session) + pieces > limit(terms, SESSION_STOCK) ? "SESSION_SOLD_OUT" : "OK";
    }

    @Override
    public void hold(final Seat seat) {
        seat.state = HELD;
        seat.first = session(seat.version);
        seat.second = day(seat.version);
    }

    @Override
    public void paid(final Seat seat) {
        move(seat, HELD, PAID);
    }

    @Override
    public void ended(final Seat seat) {
        move(seat, HELD, RELEASED);
    }

    /** On sale again, or not. */
    @Override
    public void refunded(final Seat seat, final boolean isDelivered) {
        final boolean returns = seat.version.terms.scalars().getOrDefault(REFUND_RETURNS, 1L) == 1;
        move(seat, PAID, returns && NaiveSales.isOnSale(world, seat) && !isDelivered ? RETURNED : REFUNDED);
    }

    @Override
    public boolean mayReturn(final Seat seat) {
        return seat.state == RELEASED
                && NaiveSales.isOnSale(world, seat)
                && fits(seat.version.terms, (Stock) seat.sale, seat.order.member, seat.pieces, seat.second, seat.first)
                        .equals("OK");
    }

    @Override
    public void holdAgain(final Seat seat) {
        move(seat, RELEASED, HELD);
    }

    private void move(final Seat seat, final int from, final int to) {
        if (seat.state == from) {
            world.touch(seat.sale);
            world.touch(seat).state = to;
        }
    }

    @Override
    public int actionCount() {
        return 1;
    }

    /** An operator adds pieces, or takes some off. */
    @Override
    public void act(final Deed.Act deed, final Campaign campaign, final Sale known, final Supplier<Sale> opened) {
        Refusal.when(deed.pieces() == null, "ARGUMENT_INVALID");
        Refusal.when(campaign.state == CampaignState.CLOSED, "CAMPAIGN_CLOSED");
        NaiveSales.hasNoGroups(deed.group());
        final Stock stock = known == null ? (Stock) begin(campaign.current()) : (Stock) known;
        refuse(stock.available() + deed.pieces() < 0, "STOCK_SHORT");
        ((Stock) opened.get()).adjusted += deed.pieces();
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
