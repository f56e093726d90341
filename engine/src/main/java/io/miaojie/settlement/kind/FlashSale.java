package io.miaojie.settlement.kind;

import static io.miaojie.settlement.ledger.Money.MINOR_MAX;

import io.miaojie.settlement.campaign.SaleKind;
import io.miaojie.settlement.campaign.Seat;
import io.miaojie.settlement.campaign.Terms;
import io.miaojie.settlement.part.Rosters;
import io.miaojie.wire.ActionDescriptor;
import io.miaojie.wire.CodeCategory;
import io.miaojie.wire.CodeDescriptor;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.TermDescriptor;
import io.miaojie.wire.TermDescriptor.Column;
import io.miaojie.wire.ViewDescriptor;
import java.util.List;

/**
 * 秒杀: a stock at a price, sold in daily sessions, within limits. Pieces are held when an order is placed, sold when it
 * is paid, and on sale again when it expires or is cancelled. Who comes first in the log is served first.
 *
 * <p>At any time {@code initial + adjusted = available + reserved + sold}.
 */
final class FlashSale implements SaleKind {
    static final int NUMBER = 4;
    static final int SOLD_OUT = NUMBER << 8 | 1;
    static final int OUT_OF_SESSION = NUMBER << 8 | 2;
    static final int SESSION_SOLD_OUT = NUMBER << 8 | 3;
    static final int SKU_NOT_ON_SALE = NUMBER << 8 | 4;
    static final int MEMBER_NOT_ADMITTED = NUMBER << 8 | 5;
    static final int ORDER_LIMIT = NUMBER << 8 | 6;
    static final int MEMBER_LIMIT = NUMBER << 8 | 7;
    static final int DAY_LIMIT = NUMBER << 8 | 8;
    static final int STOCK_SHORT = NUMBER << 8 | 9;

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

    private static final int FROM = 0;
    private static final int TO = 1;

    /** Registers of the campaign's one group; SESSION is the newest session that sold, which SESSION_TAKEN counts. */
    private static final int INITIAL = 0;

    private static final int ADJUSTED = 1;
    private static final int AVAILABLE = 2;
    private static final int RESERVED = 3;
    private static final int SOLD = 4;
    private static final int SESSION = 5;
    private static final int SESSION_TAKEN = 6;

    /** Registers of what a member has: pieces in all, the newest business day + 1, pieces of that day. */
    private static final int TOTAL = 0;

    private static final int DAY = 1;
    private static final int DAY_TOTAL = 2;

    /** States of an entry. */
    private static final int HELD = 1;

    private static final int PAID = 2;
    private static final int RELEASED = 3;
    private static final int RETURNED = 4;
    private static final int REFUNDED = 5;

    private static final int PIECES_MAX = 1_000_000_000;
    private static final int DAY_MINUTES = 24 * 60;
    private static final int SESSIONS_MAX = 48;

    private static final KindDescriptor DESCRIPTOR = new KindDescriptor(
            NUMBER,
            "flash-sale",
            "秒杀: sells a stock at a price in daily sessions, within limits per order, member and day. Pieces are held "
                    + "by the order until it is paid, cancelled, or expires. price and stock are required.",
            List.of(
                    TermDescriptor.scalar("price", 1, MINOR_MAX, "Of one piece, minor units."),
                    TermDescriptor.scalar("stock", 0, PIECES_MAX, "Pieces to begin with; later versions keep it."),
                    TermDescriptor.scalar("per_order", 1, PIECES_MAX, "Most pieces of one order."),
                    TermDescriptor.scalar(
                            "per_member", 1, PIECES_MAX, "Most pieces that a member holds or has bought."),
                    TermDescriptor.scalar("per_day", 1, PIECES_MAX, "As per_member, of one business day."),
                    TermDescriptor.table(
                            "sessions",
                            SESSIONS_MAX,
                            "Sold within these hours of each business day only, in ascending order; none: all day.",
                            List.of(
                                    new Column(
                                            "from_minute", 0, DAY_MINUTES - 1, true, "Minute of the day, inclusive."),
                                    new Column("to_minute", 1, DAY_MINUTES, true, "Minute of the day, exclusive."))),
                    TermDescriptor.scalar(
                            "session_stock",
                            1,
                            PIECES_MAX,
                            "Most pieces of one session, held or sold; needs sessions."),
                    TermDescriptor.scalar(
                            "refund_returns_stock",
                            0,
                            1,
                            "1 (default): pieces refunded before their delivery and before the end are on sale again."),
                    TermDescriptor.ids("skus", 1_000, "Sells these skus only; none: any."),
                    TermDescriptor.ids("members", 2_000, "Sells to these members only; none: to all."),
                    TermDescriptor.scalar("min_grade", 1, 255, "Least grade of a member that may buy.")),
            List.of(
                    new ActionDescriptor(
                            "reserve",
                            ActionDescriptor.Caller.ORDER,
                            List.of(),
                            "Holds the pieces of an order's line until the order is paid."),
                    new ActionDescriptor(
                            "adjust_stock",
                            ActionDescriptor.Caller.OPERATOR,
                            List.of(new ActionDescriptor.Argument(
                                    "quantity",
                                    -PIECES_MAX,
                                    PIECES_MAX,
                                    true,
                                    "Pieces to add; below 0: to take away.")),
                            "Adds pieces to what is available, or takes away what is there.")),
            new ViewDescriptor(
                    ViewDescriptor.Instances.ENTRIES,
                    List.of("initial", "adjusted", "available", "reserved", "sold", "session", "session_taken"),
                    List.of("", "RESERVED", "SOLD", "RELEASED", "RETURNED", "REFUNDED"),
                    List.of("OPEN")),
            List.of(
                    new CodeDescriptor(SOLD_OUT, "SOLD_OUT", CodeCategory.CONFLICT),
                    new CodeDescriptor(OUT_OF_SESSION, "OUT_OF_SESSION", CodeCategory.CONFLICT),
                    new CodeDescriptor(SESSION_SOLD_OUT, "SESSION_SOLD_OUT", CodeCategory.CONFLICT),
                    new CodeDescriptor(SKU_NOT_ON_SALE, "SKU_NOT_ON_SALE", CodeCategory.CONTRADICTION),
                    new CodeDescriptor(MEMBER_NOT_ADMITTED, "MEMBER_NOT_ADMITTED", CodeCategory.CONFLICT),
                    new CodeDescriptor(ORDER_LIMIT, "ORDER_LIMIT", CodeCategory.CONTRADICTION),
                    new CodeDescriptor(MEMBER_LIMIT, "MEMBER_LIMIT", CodeCategory.CONFLICT),
                    new CodeDescriptor(DAY_LIMIT, "DAY_LIMIT", CodeCategory.CONFLICT),
                    new CodeDescriptor(STOCK_SHORT, "STOCK_SHORT", CodeCategory.CONFLICT)));

    @Override
    public KindDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public boolean isSound(final Terms terms) {
        boolean isSound =
                terms.has(PRICE) && terms.has(STOCK) && (!terms.has(SESSION_STOCK) || terms.rowCount(SESSIONS) > 0);
        long endedAt = 0;
        for (int session = 0; session < terms.rowCount(SESSIONS); session++) {
            isSound &= terms.cell(SESSIONS, session, FROM) >= endedAt
                    && terms.cell(SESSIONS, session, TO) > terms.cell(SESSIONS, session, FROM);
            endedAt = terms.cell(SESSIONS, session, TO);
        }
        return isSound;
    }

    @Override
    public boolean follows(final Terms before, final Terms after) {
        return before.scalar(STOCK) == after.scalar(STOCK);
    }

    @Override
    public long opening(final Terms terms, final int register) {
        return register == INITIAL || register == AVAILABLE ? terms.scalar(STOCK) : 0;
    }

    /**
     * Says {@code SOLD_OUT} first, before anything is looked at, when nothing is left; then {@code SKU_NOT_ON_SALE},
     * {@code MEMBER_NOT_ADMITTED}, {@code OUT_OF_SESSION}, {@code ORDER_LIMIT}, {@code MEMBER_LIMIT},
     * {@code DAY_LIMIT}, {@code SOLD_OUT} (less is left than asked for), {@code SESSION_SOLD_OUT}.
     */
    @Override
    public int admit(final Seat seat) {
        final Terms terms = seat.terms();
        if (seat.register(AVAILABLE) == 0) {
            return SOLD_OUT;
        }
        if (!terms.admits(SKUS, seat.sku())) {
            return SKU_NOT_ON_SALE;
        }
        if (!terms.admitsAll(MEMBERS) && !terms.admits(MEMBERS, seat.memberId())
                || terms.has(MIN_GRADE) && seat.memberGrade() < terms.scalar(MIN_GRADE)) {
            return MEMBER_NOT_ADMITTED;
        }
        final long session = session(seat);
        if (session < 0) {
            return OUT_OF_SESSION;
        }
        return exceeds(terms, PER_ORDER, 0, seat.pieces()) ? ORDER_LIMIT : fits(seat, seat.day(), session);
    }

    @Override
    public int readmit(final Seat seat) {
        if (seat.state() != RELEASED || !seat.isOnSale()) {
            return SOLD_OUT;
        }
        final Rosters rosters = seat.rosters();
        return fits(seat, (int) rosters.second(seat.entry()), rosters.first(seat.entry()));
    }

    @Override
    public long unitPriceMinor(final Seat seat) {
        return seat.terms().scalar(PRICE);
    }

    @Override
    public void onOrder(final Seat seat) {
        final Rosters rosters = seat.rosters();
        if (seat.state() == 0) {
            rosters.setFirst(seat.entry(), session(seat));
            rosters.setSecond(seat.entry(), seat.day());
        }
        final long session = rosters.first(seat.entry());
        final long day = rosters.second(seat.entry()) + 1;
        if (session > seat.register(SESSION)) {
            rosters.setRegister(seat.group(), SESSION, session);
            rosters.setRegister(seat.group(), SESSION_TAKEN, 0);
        }
        if (day > seat.standing(DAY)) {
            seat.setStanding(DAY, day);
            seat.setStanding(DAY_TOTAL, 0);
        }
        seat.setState(HELD);
        seat.raise(RESERVED, seat.pieces());
        take(seat, seat.pieces());
    }

    @Override
    public void onPaid(final Seat seat) {
        if (seat.state() == HELD) {
            seat.setState(PAID);
            seat.raise(RESERVED, -seat.pieces());
            seat.raise(SOLD, seat.pieces());
        }
    }

    @Override
    public void onEnded(final Seat seat) {
        if (seat.state() == HELD) {
            seat.setState(RELEASED);
            seat.raise(RESERVED, -seat.pieces());
            take(seat, -seat.pieces());
        }
    }

    @Override
    public void onRefunded(final Seat seat) {
        if (seat.state() != PAID) {
            return;
        }
        if (seat.terms().scalar(REFUND_RETURNS) != 0 && seat.isOnSale() && !seat.isDelivered()) {
            seat.setState(RETURNED);
            seat.raise(SOLD, -seat.pieces());
            take(seat, -seat.pieces());
        } else {
            seat.setState(REFUNDED);
        }
    }

    /** Says {@code STOCK_SHORT}: less is available than is to be taken away. */
    @Override
    public int decide(final Seat seat, final int action, final long[] arguments) {
        return seat.register(AVAILABLE) + arguments[0] < 0 ? STOCK_SHORT : 0;
    }

    /** Moves the stock: the one action that no order makes. */
    @Override
    public void act(final Seat seat, final int action, final long[] arguments) {
        seat.raise(ADJUSTED, arguments[0]);
        seat.raise(AVAILABLE, arguments[0]);
    }

    @Override
    public String violation(final Terms terms, final Rosters rosters, final int group) {
        long reserved = 0;
        long sold = 0;
        for (int entry = rosters.firstEntry(group); entry >= 0; entry = rosters.next(entry)) {
            final int state = rosters.state(entry);
            reserved += state == HELD ? rosters.pieces(entry) : 0;
            sold += state == PAID || state == REFUNDED ? rosters.pieces(entry) : 0;
        }
        final long in = rosters.register(group, INITIAL) + rosters.register(group, ADJUSTED);
        final long available = rosters.register(group, AVAILABLE);
        final boolean holds = reserved == rosters.register(group, RESERVED)
                && sold == rosters.register(group, SOLD)
                && available >= 0
                && in == available + reserved + sold;
        return holds
                ? null
                : "initial+adjusted=" + in + " available=" + available + " reserved=" + reserved + " sold=" + sold;
    }

    /** What the limits and the stock say to the pieces of a seat that takes none yet. */
    private static int fits(final Seat seat, final int day, final long session) {
        final Terms terms = seat.terms();
        if (exceeds(terms, PER_MEMBER, seat.standing(TOTAL), seat.pieces())) {
            return MEMBER_LIMIT;
        }
        final long dayTotal = seat.standing(DAY) == day + 1L ? seat.standing(DAY_TOTAL) : 0;
        if (exceeds(terms, PER_DAY, dayTotal, seat.pieces())) {
            return DAY_LIMIT;
        }
        if (seat.pieces() > seat.register(AVAILABLE)) {
            return SOLD_OUT;
        }
        final long taken = seat.register(SESSION) == session ? seat.register(SESSION_TAKEN) : 0;
        return exceeds(terms, SESSION_STOCK, taken, seat.pieces()) ? SESSION_SOLD_OUT : 0;
    }

    /**
     * Takes pieces from what is available; below 0: gives back. What counts them is the day and session of the entry.
     */
    private static void take(final Seat seat, final int pieces) {
        final Rosters rosters = seat.rosters();
        seat.raise(AVAILABLE, -pieces);
        if (rosters.first(seat.entry()) == seat.register(SESSION)) {
            seat.raise(SESSION_TAKEN, pieces);
        }
        seat.setStanding(TOTAL, seat.standing(TOTAL) + pieces);
        if (rosters.second(seat.entry()) + 1 == seat.standing(DAY)) {
            seat.setStanding(DAY_TOTAL, seat.standing(DAY_TOTAL) + pieces);
        }
    }

    /** Returns the session that is on: it counts up over the days; 0: no sessions, all day; -1: none is on. */
    private static long session(final Seat seat) {
        final Terms terms = seat.terms();
        final int sessions = terms.rowCount(SESSIONS);
        final int minute = seat.minuteOfDay();
        for (int session = 0; session < sessions; session++) {
            if (minute >= terms.cell(SESSIONS, session, FROM) && minute < terms.cell(SESSIONS, session, TO)) {
                return (long) seat.day() * SESSIONS_MAX + session + 1;
            }
        }
        return sessions == 0 ? 0 : -1;
    }

    private static boolean exceeds(final Terms terms, final int limit, final long taken, final long more) {
        return terms.has(limit) && taken + more > terms.scalar(limit);
    }
}
