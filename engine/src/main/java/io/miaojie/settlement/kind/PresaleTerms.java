package io.miaojie.settlement.kind;

import static io.miaojie.settlement.ledger.Money.MINOR_MAX;

import io.miaojie.settlement.campaign.Terms;
import io.miaojie.wire.ActionDescriptor;
import io.miaojie.wire.ActionDescriptor.Caller;
import io.miaojie.wire.CodeCategory;
import io.miaojie.wire.CodeDescriptor;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.TermDescriptor;
import io.miaojie.wire.TermDescriptor.Column;
import io.miaojie.wire.ViewDescriptor;
import java.util.List;

/** The words of {@link Presale} and what its terms say: deposits, ladders, prices. Units: minor of one piece. */
final class PresaleTerms {
    static final int NUMBER = 6;
    static final int BOOKING_CLOSED = NUMBER << 8 | 1;
    static final int SKU_NOT_IN_PRESALE = NUMBER << 8 | 2;
    static final int BOOKING_ALONE = NUMBER << 8 | 3;
    static final int BOOKING_LIMIT = NUMBER << 8 | 4;
    static final int PHASE_FORBIDS = NUMBER << 8 | 5;
    static final int PRESALE_CALLED_OFF = NUMBER << 8 | 6;

    static final int PRICE = 0;
    static final int DEPOSIT = 1;
    static final int EARNEST = 2;
    static final int DEPOSIT_WORTH = 3;
    static final int CANCEL_MULTIPLIER = 4;
    static final int COUNT_LADDER = 5;
    static final int COUNT_INVITEES = 6;
    static final int TIME_LADDER = 7;
    static final int MIN_BOOKINGS = 8;
    static final int DECIDE_WITHIN = 9;
    static final int BALANCE_WITHIN = 10;
    static final int FIRST_BATCH = 11;
    static final int PER_MEMBER = 12;
    static final int SKUS = 13;

    /** Actions by their place. */
    static final int CLOSE = 1;

    static final int GO = 2;
    static final int NO_GO = 3;

    /** Columns of both ladders: from how many bookings, or until which minute; then the price. */
    private static final int STEP = 0;

    private static final int STEP_PRICE = 1;

    private static final int ROWS_MAX = 20;
    private static final int BOOKINGS_MAX = 1_000_000_000;
    private static final int HOURS_MAX = 24 * 90;
    private static final int BALANCE_WITHIN_DEFAULT_H = 72;

    /** 民法典 586: a deposit that forfeits is at most a fifth of the price. */
    private static final int EARNEST_PART = 5;

    private static final int MINUTES_MAX = 60 * HOURS_MAX;
    private static final long MINUTE_NS = 60L * 1_000_000_000;
    private static final long HOUR_NS = 60 * MINUTE_NS;

    static final KindDescriptor DESCRIPTOR = new KindDescriptor(
            NUMBER,
            "presale",
            "预售返款: takes bookings with a deposit, lets the price fall by the number of bookings and by how soon they "
                    + "came, goes ahead or is called off, then asks for the balance. price and deposit are required.",
            terms(),
            List.of(
                    new ActionDescriptor(
                            "book", Caller.ORDER, List.of(), "Books the pieces of an order that has no other line."),
                    operator("close", "Takes no more bookings, and fixes the price of the count ladder."),
                    operator("go", "Goes ahead: every booking gets its final price and is asked for its balance."),
                    operator("no_go", "Calls the presale off: every deposit goes back in full.")),
            new ViewDescriptor(
                    ViewDescriptor.Instances.ENTRIES,
                    List.of(
                            "booked",
                            "open",
                            "deposits_held",
                            "deposits_applied",
                            "deposits_returned",
                            "deposits_forfeited",
                            "count_price",
                            "ranks"),
                    List.of(
                            "",
                            "DEPOSIT_UNPAID",
                            "DEPOSIT_PAID",
                            "BALANCE_DUE",
                            "PAID",
                            "RELEASED",
                            "RETURNED",
                            "FORFEITED",
                            "REFUNDED",
                            "CALLED_OFF"),
                    List.of("BOOKING", "CLOSED", "GO", "NO_GO", "BALANCE_WINDOW", "DONE"),
                    List.of("rank", "")),
            List.of(
                    new CodeDescriptor(BOOKING_CLOSED, "BOOKING_CLOSED", CodeCategory.CONFLICT),
                    new CodeDescriptor(SKU_NOT_IN_PRESALE, "SKU_NOT_IN_PRESALE", CodeCategory.CONTRADICTION),
                    new CodeDescriptor(BOOKING_ALONE, "BOOKING_ALONE", CodeCategory.CONTRADICTION),
                    new CodeDescriptor(BOOKING_LIMIT, "BOOKING_LIMIT", CodeCategory.CONFLICT),
                    new CodeDescriptor(PHASE_FORBIDS, "PHASE_FORBIDS", CodeCategory.CONFLICT),
                    new CodeDescriptor(PRESALE_CALLED_OFF, "PRESALE_CALLED_OFF", CodeCategory.DONE)));

    private PresaleTerms() {}

    private static ActionDescriptor operator(final String name, final String description) {
        return new ActionDescriptor(name, Caller.OPERATOR, List.of(), description);
    }

    private static List<TermDescriptor> terms() {
        return List.of(
                TermDescriptor.scalar("price", 1, MINOR_MAX, "Of one piece, minor units: the most that it will cost."),
                TermDescriptor.scalar("deposit", 1, MINOR_MAX, "Of one piece, minor units; what a booking pays first."),
                TermDescriptor.scalar(
                        "earnest",
                        0,
                        1,
                        "1: 定金, forfeited by who does not pay the balance, at most a fifth of the lowest price; 0 "
                                + "(default): 订金, always returned."),
                TermDescriptor.scalar(
                        "deposit_worth",
                        1,
                        MINOR_MAX,
                        "What the deposit of one piece counts for, minor units (定金膨胀); default: what it is."),
                TermDescriptor.scalar(
                        "cancel_multiplier",
                        1,
                        2,
                        "How many deposits a buyer gets when the presale is called off; default: 2 of an earnest, else "
                                + "1. The second goes into the pool."),
                TermDescriptor.table(
                        "count_ladder",
                        ROWS_MAX,
                        "More bookings, cheaper; rising numbers, prices that do not rise. Needs earnest.",
                        List.of(
                                new Column("bookings", 1, BOOKINGS_MAX, true, "From how many bookings on."),
                                new Column("price", 1, MINOR_MAX, true, "Of one piece then, minor units."))),
                TermDescriptor.scalar(
                        "count_invitees",
                        0,
                        1,
                        "1: the ladder counts the bookings of whom the buyer brought; 0 (default): all bookings."),
                TermDescriptor.table(
                        "time_ladder",
                        ROWS_MAX,
                        "Sooner, cheaper; rising minutes, prices that do not fall. Needs starts_at.",
                        List.of(
                                new Column("until_minute", 1, MINUTES_MAX, true, "Minutes after starts_at, exclusive."),
                                new Column("price", 1, MINOR_MAX, true, "Of one piece booked until then."))),
                TermDescriptor.scalar(
                        "min_bookings",
                        0,
                        BOOKINGS_MAX,
                        "Fewer than these, and by default it is called off; default 0."),
                TermDescriptor.scalar(
                        "decide_within_h",
                        0,
                        HOURS_MAX,
                        "Hours after the close in which an operator may decide; default 0: min_bookings decides."),
                TermDescriptor.scalar(
                        "balance_within_h", 1, HOURS_MAX, "Hours to pay the balance once it is asked for; default 72."),
                TermDescriptor.scalar(
                        "first_batch", 0, BOOKINGS_MAX, "Bookings of a rank up to this are of the first batch."),
                TermDescriptor.scalar("per_member", 1, BOOKINGS_MAX, "Most bookings that a member has or holds."),
                TermDescriptor.ids("skus", 1_000, "Takes bookings of these skus only; none: of any."));
    }

    /**
     * Tells whether terms agree: a balance is always left to pay, an earnest is at most a fifth of the lowest price, a
     * deposit that is no earnest is returned once, and does not lower the price of others, as whoever books takes no
     * risk by it.
     */
    static boolean isSound(final Terms terms) {
        if (!terms.has(PRICE) || !terms.has(DEPOSIT)) {
            return false;
        }
        final long lowestMinor = Math.min(lowest(terms, COUNT_LADDER), lowest(terms, TIME_LADDER));
        final boolean isEarnest = isEarnest(terms);
        return worthMinor(terms) >= terms.scalar(DEPOSIT)
                && worthMinor(terms) < lowestMinor
                && (!isEarnest || terms.scalar(DEPOSIT) <= lowestMinor / EARNEST_PART)
                && (isEarnest || multiplier(terms) == 1 && terms.rowCount(COUNT_LADDER) == 0)
                && (!terms.has(COUNT_INVITEES) || terms.rowCount(COUNT_LADDER) > 0)
                && fallsOnly(terms);
    }

    /** Tells whether what buyers were promised is as it was: deposits and ladders never change. */
    static boolean follows(final Terms before, final Terms after) {
        boolean follows = isSame(before, after, COUNT_INVITEES);
        for (int term = PRICE; term <= CANCEL_MULTIPLIER; term++) {
            follows &= isSame(before, after, term);
        }
        return follows && isSameTable(before, after, COUNT_LADDER) && isSameTable(before, after, TIME_LADDER);
    }

    static boolean isEarnest(final Terms terms) {
        return terms.scalar(EARNEST) == 1;
    }

    /** Returns what is credited into the pool when it is called off: a second deposit, or nothing. */
    static long compensationMinor(final Terms terms) {
        return (multiplier(terms) - 1) * terms.scalar(DEPOSIT);
    }

    /** Returns what the deposit takes off the price beyond what it is. */
    static long bonusMinor(final Terms terms) {
        return worthMinor(terms) - terms.scalar(DEPOSIT);
    }

    /** Returns the price of a booking by how soon it came. */
    static long timePriceMinor(final Terms terms, final long startsAtNs, final long nowNs) {
        int row = startsAtNs == 0 ? terms.rowCount(TIME_LADDER) : 0;
        while (row < terms.rowCount(TIME_LADDER)
                && nowNs - startsAtNs >= terms.cell(TIME_LADDER, row, STEP) * MINUTE_NS) {
            row++;
        }
        return row < terms.rowCount(TIME_LADDER) ? terms.cell(TIME_LADDER, row, STEP_PRICE) : terms.scalar(PRICE);
    }

    /** Returns the price by the number of bookings. */
    static long countPriceMinor(final Terms terms, final long bookings) {
        int row = terms.rowCount(COUNT_LADDER) - 1;
        while (row >= 0 && terms.cell(COUNT_LADDER, row, STEP) > bookings) {
            row--;
        }
        return row >= 0 ? terms.cell(COUNT_LADDER, row, STEP_PRICE) : terms.scalar(PRICE);
    }

    static boolean countsInvitees(final Terms terms) {
        return terms.scalar(COUNT_INVITEES) == 1;
    }

    /** Returns how long an operator may decide. */
    static long decideWithinNs(final Terms terms) {
        return terms.has(DECIDE_WITHIN) ? terms.scalar(DECIDE_WITHIN) * HOUR_NS : 0;
    }

    /** Returns how long the balance may be paid. */
    static long balanceWithinNs(final Terms terms) {
        return (terms.has(BALANCE_WITHIN) ? terms.scalar(BALANCE_WITHIN) : BALANCE_WITHIN_DEFAULT_H) * HOUR_NS;
    }

    private static long worthMinor(final Terms terms) {
        return terms.has(DEPOSIT_WORTH) ? terms.scalar(DEPOSIT_WORTH) : terms.scalar(DEPOSIT);
    }

    private static long multiplier(final Terms terms) {
        final int byDefault = isEarnest(terms) ? 2 : 1;
        return terms.has(CANCEL_MULTIPLIER) ? terms.scalar(CANCEL_MULTIPLIER) : byDefault;
    }

    /** Returns the lowest price that a ladder can come to. */
    private static long lowest(final Terms terms, final int ladder) {
        long lowestMinor = terms.scalar(PRICE);
        for (int row = 0; row < terms.rowCount(ladder); row++) {
            lowestMinor = Math.min(lowestMinor, terms.cell(ladder, row, STEP_PRICE));
        }
        return lowestMinor;
    }

    /** Tells whether more bookings never cost more, and sooner ones never, and neither more than the price. */
    private static boolean fallsOnly(final Terms terms) {
        boolean falls = true;
        for (int row = 0; row < terms.rowCount(COUNT_LADDER); row++) {
            falls &= isStep(terms, COUNT_LADDER, row)
                    && terms.cell(COUNT_LADDER, row, STEP_PRICE)
                            <= (row == 0 ? terms.scalar(PRICE) : terms.cell(COUNT_LADDER, row - 1, STEP_PRICE));
        }
        for (int row = 0; row < terms.rowCount(TIME_LADDER); row++) {
            final boolean isLast = row == terms.rowCount(TIME_LADDER) - 1;
            falls &= isStep(terms, TIME_LADDER, row)
                    && terms.cell(TIME_LADDER, row, STEP_PRICE)
                            <= (isLast ? terms.scalar(PRICE) : terms.cell(TIME_LADDER, row + 1, STEP_PRICE));
        }
        return falls;
    }

    private static boolean isStep(final Terms terms, final int ladder, final int row) {
        return row == 0 || terms.cell(ladder, row, STEP) > terms.cell(ladder, row - 1, STEP);
    }

    private static boolean isSame(final Terms before, final Terms after, final int term) {
        return before.scalar(term) == after.scalar(term);
    }

    private static boolean isSameTable(final Terms before, final Terms after, final int table) {
        boolean isSame = before.rowCount(table) == after.rowCount(table);
        for (int row = 0; isSame && row < after.rowCount(table); row++) {
            isSame = before.cell(table, row, STEP) == after.cell(table, row, STEP)
                    && before.cell(table, row, STEP_PRICE) == after.cell(table, row, STEP_PRICE);
        }
        return isSame;
    }
}
