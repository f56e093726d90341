package io.miaojie.settlement.part;

import io.miaojie.settlement.state.SparseColumn;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;

/** What was decided of the rewards of orders that a rule of risk hit: of few of them there is something. */
public final class Reviews implements StatePart {
    /** No rule has hit. */
    public static final int NONE = 0;

    /** Its grants are pending until somebody decides. */
    public static final int HELD = 1;

    /** Somebody vouched for it, or nobody looked: it earns like any other, and is not judged again. */
    public static final int RELEASED = 2;

    /** It earns nothing. */
    public static final int REJECTED = 3;

    private static final int STATE_MASK = 3;
    private static final int CODE_SHIFT = 2;

    private final SparseColumn states = new SparseColumn();
    private final SparseColumn untilNs = new SparseColumn();

    /** Returns the state of an order's review; -1, an order that is not made yet, has none. */
    public int state(final int order) {
        return order < 0 ? NONE : (int) states.get(order) & STATE_MASK;
    }

    /** Returns the result code of the rule that hit. */
    public int code(final int order) {
        return (int) (states.get(order) >>> CODE_SHIFT);
    }

    public boolean isHeld(final int order) {
        return state(order) == HELD;
    }

    /** Returns when the review of an order ends that is held, epoch nanoseconds; 0: it is not held. */
    public long untilNs(final int order) {
        return untilNs.get(order);
    }

    /** Begins a review: the order is held until then, epoch nanoseconds. */
    public void hold(final int order, final int code, final long endNs) {
        set(order, HELD, code, endNs);
    }

    /** Ends the review of an order, or decides on it without one. */
    public void end(final int order, final int state, final int code) {
        set(order, state, code, 0);
    }

    private void set(final int order, final int state, final int code, final long endNs) {
        states.set(order, (long) code << CODE_SHIFT | state);
        untilNs.set(order, endNs);
    }

    @Override
    public void save(final StateWriter out) {
        states.save(out);
        untilNs.save(out);
    }

    @Override
    public void load(final StateReader in) {
        states.load(in);
        untilNs.load(in);
    }
}
