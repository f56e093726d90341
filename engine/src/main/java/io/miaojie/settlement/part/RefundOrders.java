package io.miaojie.settlement.part;

import io.miaojie.settlement.state.LongRows;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;

/**
 * Money that somebody outside is to give back: a payment that was not captured, or what was captured of an order that
 * ended unpaid. A refund order is named by the record that made it and its place among those of that record; rows stand
 * in that order, so it is found by halving.
 */
public final class RefundOrders implements StatePart {
    private static final int SEQUENCE = 0;

    /** Order in the high half, the order's refund order before this + 1 in the low. */
    private static final int ORDER_PREVIOUS = 1;

    private static final int AMOUNT_MINOR = 2;

    /** Currency above the reason (16 bits each) in the high half; ordinal above the state in the low. */
    private static final int REASON_ORDINAL_STATE = 3;

    /** Record of the payment that is to go back. */
    private static final int PAYMENT_SEQUENCE = 4;

    private static final int WIDTH = 5;
    private static final int CURRENCY_SHIFT = 48;
    private static final int REASON_MASK = 0xFFFF;
    private static final int STATE_BITS = 8;
    private static final int STATE_MASK = (1 << STATE_BITS) - 1;

    private final int max;
    private final LongRows rows;

    /**
     * Makes a table.
     *
     * @param max while there are fewer, a payment that is not captured finds room
     * @param captured room beyond, for every captured instalment that there can be: an order that ends is never refused
     */
    public RefundOrders(final int max, final int captured) {
        this.max = max;
        this.rows = new LongRows(WIDTH, (int) Math.min(Integer.MAX_VALUE - 8, (long) max + captured));
    }

    /**
     * Adds a refund order in state 0, OPEN; the caller has proven that there {@link #room} is, or gives a captured
     * instalment back.
     *
     * @param previous the order's refund order before this one, -1: none
     * @param reason number of the code that says why
     * @param currency of the payment
     * @param paymentSequence record of the payment
     * @return its row
     */
    public int add(
            final long sequence,
            final int order,
            final int previous,
            final long amountMinor,
            final int reason,
            final int currency,
            final long paymentSequence) {
        final int ordinal = count() > 0 && sequence(count() - 1) == sequence ? ordinal(count() - 1) + 1 : 0;
        final int row = rows.add();
        rows.set(row, SEQUENCE, sequence);
        rows.set(row, ORDER_PREVIOUS, (long) order << Integer.SIZE | previous + 1);
        rows.set(row, AMOUNT_MINOR, amountMinor);
        rows.set(
                row,
                REASON_ORDINAL_STATE,
                (long) currency << CURRENCY_SHIFT | (long) reason << Integer.SIZE | (long) ordinal << STATE_BITS);
        rows.set(row, PAYMENT_SEQUENCE, paymentSequence);
        return row;
    }

    /** Returns the row of the refund order that this record made at this place, -1 when there is none. */
    public int find(final long sequence, final int ordinal) {
        int low = 0;
        int high = count();
        while (low < high) {
            final int middle = low + high >>> 1;
            if (sequence(middle) < sequence || sequence(middle) == sequence && ordinal(middle) < ordinal) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < count() && sequence(low) == sequence && ordinal(low) == ordinal ? low : -1;
    }

    /** Returns the sequence of the record that made it. */
    public long sequence(final int row) {
        return rows.get(row, SEQUENCE);
    }

    /** Returns its place among the refund orders of its record, from 0. */
    public int ordinal(final int row) {
        return (int) rows.get(row, REASON_ORDINAL_STATE) >>> STATE_BITS;
    }

    public int order(final int row) {
        return (int) (rows.get(row, ORDER_PREVIOUS) >>> Integer.SIZE);
    }

    /** Returns the refund order of the same order before this one, -1 when it is the first. */
    public int previous(final int row) {
        return (int) rows.get(row, ORDER_PREVIOUS) - 1;
    }

    public long amountMinor(final int row) {
        return rows.get(row, AMOUNT_MINOR);
    }

    /** Returns the number of the code that says why. */
    public int reason(final int row) {
        return (int) (rows.get(row, REASON_ORDINAL_STATE) >>> Integer.SIZE) & REASON_MASK;
    }

    /** Returns the currency of its amount. */
    public int currency(final int row) {
        return (int) (rows.get(row, REASON_ORDINAL_STATE) >>> CURRENCY_SHIFT);
    }

    /** Returns the sequence of the payment that is to go back, in whole or in part. */
    public long paymentSequence(final int row) {
        return rows.get(row, PAYMENT_SEQUENCE);
    }

    /** Returns the number of {@code RefundOrderState}. */
    public int state(final int row) {
        return (int) rows.get(row, REASON_ORDINAL_STATE) & STATE_MASK;
    }

    public void setState(final int row, final int state) {
        rows.set(row, REASON_ORDINAL_STATE, rows.get(row, REASON_ORDINAL_STATE) & ~(long) STATE_MASK | state);
    }

    public int count() {
        return rows.count();
    }

    /** Returns how many payments more may be turned into refund orders. */
    public int room() {
        return Math.max(0, max - count());
    }

    @Override
    public void save(final StateWriter out) {
        rows.save(out);
    }

    @Override
    public void load(final StateReader in) {
        rows.load(in);
    }
}
