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

    /** Forgets all. */
    public Consequence clear() {
        isEnd = false;
        code = ResultCode.OK.number();
        backMinor = 0;
        creditMinor = 0;
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
}
