package io.miaojie.settlement.campaign;

import io.miaojie.settlement.part.Rosters;
import io.miaojie.wire.ResultCode;

/**
 * What is to become of one entry's order, as its kind says when a walk passes the entry. The engine carries it out: a
 * kind moves no money. Reused, nothing to begin with.
 *
 * <p>Units: minor. Thread: settlement. Allocates: nothing.
 */
public final class Consequence {
    private boolean isEnd;
    private int code;
    private long backMinor;
    private long creditMinor;
    private long compensationMinor;
    private boolean isAsk;
    private long lessMinor;
    private long withinNs;

    /** Forgets all. */
    public Consequence clear() {
        isEnd = false;
        code = ResultCode.OK.number();
        backMinor = 0;
        creditMinor = 0;
        compensationMinor = 0;
        isAsk = false;
        return this;
    }

    /**
     * Ends what the order has in the campaign: an order that awaits its payment is cancelled, and of one that is paid,
     * what refunds have left of the line goes back as refund orders, with the shipping if nothing else is left.
     *
     * @param newCode number of the code that says why
     */
    public void end(final int newCode) {
        isEnd = true;
        code = newCode;
    }

    /**
     * Gives a part of what was paid for the line back as refund orders, at most what refunds have left of it. An order
     * that is not paid in full gives back nothing. An entry gives back {@link Rosters#BACK_MAX} times at most.
     *
     * @param newCode number of the code that says why
     */
    public void giveBack(final long minor, final int newCode) {
        backMinor = minor;
        code = newCode;
    }

    /**
     * Credits the buyer's pool: a grant of the order in the campaign version of the entry, within its budgets; a credit
     * that does not fit them is told as a skip. Refunds of the line claw it in proportion. An order that is not paid in
     * full is credited nothing.
     */
    public void credit(final long minor) {
        creditMinor = minor;
    }

    /** Credits the buyer's pool in the same way, whatever becomes of the order: see {@link SaleKind#keepsCredit}. */
    public void compensate(final long minor) {
        compensationMinor = minor;
    }

    /**
     * Asks for the balance of an order that awaits it, which has no other line.
     *
     * @param newLessMinor so much less is to be paid than was said before
     * @param newWithinNs how long it may be paid from now on
     */
    public void ask(final long newLessMinor, final long newWithinNs) {
        isAsk = true;
        lessMinor = newLessMinor;
        withinNs = newWithinNs;
    }

    public boolean isEnd() {
        return isEnd;
    }

    public int code() {
        return code;
    }

    public long backMinor() {
        return backMinor;
    }

    public long creditMinor() {
        return creditMinor;
    }

    public long compensationMinor() {
        return compensationMinor;
    }

    public boolean isAsk() {
        return isAsk;
    }

    public long lessMinor() {
        return lessMinor;
    }

    public long withinNs() {
        return withinNs;
    }
}
