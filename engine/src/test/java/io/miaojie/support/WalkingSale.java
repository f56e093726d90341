package io.miaojie.support;

import io.miaojie.settlement.campaign.Consequence;
import io.miaojie.settlement.campaign.SaleKind;
import io.miaojie.settlement.campaign.Seat;
import io.miaojie.settlement.campaign.Terms;
import io.miaojie.settlement.part.Rosters;
import io.miaojie.wire.ActionDescriptor;
import io.miaojie.wire.ActionDescriptor.Argument;
import io.miaojie.wire.ActionDescriptor.Caller;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.TermDescriptor;
import io.miaojie.wire.ViewDescriptor;
import java.util.List;

/**
 * A kind for tests of campaign timers: sells at a price without limit, and at its deadline does to every entry what its
 * terms say. Actions: {@code seat}, {@code at} (sets the deadline), {@code walk} (at once).
 */
public final class WalkingSale implements SaleKind {
    public static final int NUMBER = 200;
    public static final int AT = 1;
    public static final int WALK = 2;
    public static final int PRICE = 0;

    /** Terms: 1 ends every order; else what is given back, and credited, of each. */
    public static final int ENDS = 1;

    public static final int BACK = 2;
    public static final int CREDIT = 3;

    /** Registers: deadlines that came, entries that walks passed, walks that ended. */
    public static final int CAME = 0;

    public static final int PASSED = 1;
    public static final int WALKED = 2;

    private static final long MAX = Long.MAX_VALUE - 1;
    private static final KindDescriptor DESCRIPTOR = new KindDescriptor(
            NUMBER,
            "walking-sale",
            "A kind for tests.",
            List.of(
                    TermDescriptor.scalar("price", 1, MAX, "Minor."),
                    TermDescriptor.scalar("ends", 0, 1, "Ends."),
                    TermDescriptor.scalar("back", 0, MAX, "Minor."),
                    TermDescriptor.scalar("credit", 0, MAX, "Minor.")),
            List.of(
                    new ActionDescriptor("seat", Caller.ORDER, List.of(), "Takes part."),
                    new ActionDescriptor(
                            "at", Caller.OPERATOR, List.of(new Argument("at_ns", 0, MAX, true, "When.")), "Sets."),
                    new ActionDescriptor("walk", Caller.OPERATOR, List.of(), "Walks.")),
            new ViewDescriptor(
                    ViewDescriptor.Instances.ENTRIES, List.of("came", "passed", "walked"), List.of(""), List.of("")),
            List.of());

    @Override
    public KindDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public boolean isSound(final Terms terms) {
        return terms.has(PRICE);
    }

    @Override
    public long opening(final Terms terms, final int register) {
        return 0;
    }

    @Override
    public int admit(final Seat seat) {
        return 0;
    }

    @Override
    public long unitPriceMinor(final Seat seat) {
        return seat.terms().scalar(PRICE);
    }

    @Override
    public void onOrder(final Seat seat) {
        // Nothing is limited.
    }

    @Override
    public void onPaid(final Seat seat) {
        // Nothing is limited.
    }

    @Override
    public void onEnded(final Seat seat) {
        // Nothing is limited.
    }

    @Override
    public void onRefunded(final Seat seat) {
        // Nothing is limited.
    }

    @Override
    public int readmit(final Seat seat) {
        return 0;
    }

    @Override
    public int decide(final Seat seat, final int action, final long[] arguments) {
        return 0;
    }

    @Override
    public void act(final Seat seat, final int action, final long[] arguments) {
        if (action == AT) {
            seat.setDeadline(arguments[0]);
        } else {
            seat.beginWalk();
        }
    }

    @Override
    public void onDeadline(final Seat seat) {
        seat.raise(CAME, 1);
        seat.beginWalk();
    }

    @Override
    public void onWalk(final Seat seat, final Consequence consequence) {
        final Terms terms = seat.terms();
        seat.raise(PASSED, 1);
        if (terms.has(ENDS)) {
            consequence.end(ResultCode.ORDER_EXPIRED.number());
        }
        if (terms.has(BACK)) {
            consequence.giveBack(terms.scalar(BACK), ResultCode.ORDER_CANCELLED.number());
        }
        if (terms.has(CREDIT)) {
            consequence.credit(terms.scalar(CREDIT));
        }
    }

    @Override
    public void onWalked(final Seat seat) {
        seat.raise(WALKED, 1);
    }

    @Override
    public String violation(final Terms terms, final Rosters rosters, final int group) {
        return null;
    }
}
