package io.miaojie.settlement.part;

import io.miaojie.settlement.state.LongRows;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;

/**
 * Captured payments of placed orders that were less than the order asked for, and of those that take part in campaigns.
 * Those of an order form a chain, newest first, so that each can be given back as the payment that it was.
 *
 * <p>Units: minor.
 */
public final class Instalments implements StatePart {
    /** What an order takes at most beside a payment in full: one of each kind that a payment can name. */
    public static final int PER_ORDER_MAX = 7;

    /** Record of the payment. */
    private static final int SEQUENCE = 0;

    private static final int AMOUNT_MINOR = 1;

    /** The order's instalment before this + 1. */
    private static final int PREVIOUS = 2;

    private static final int WIDTH = 3;

    private final LongRows rows;

    public Instalments(final int max) {
        this.rows = new LongRows(WIDTH, max);
    }

    /**
     * Adds a captured payment: there is room for all that orders can have.
     *
     * @param previous the order's instalment before this one, -1: none
     * @return its row
     */
    public int add(final long sequence, final long amountMinor, final int previous) {
        final int row = rows.add();
        rows.set(row, SEQUENCE, sequence);
        rows.set(row, AMOUNT_MINOR, amountMinor);
        rows.set(row, PREVIOUS, previous + 1L);
        return row;
    }

    /** Returns the sequence of the payment's record. */
    public long sequence(final int row) {
        return rows.get(row, SEQUENCE);
    }

    public long amountMinor(final int row) {
        return rows.get(row, AMOUNT_MINOR);
    }

    /** Returns the order's instalment before this one, -1 when it is the first. */
    public int previous(final int row) {
        return (int) rows.get(row, PREVIOUS) - 1;
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
