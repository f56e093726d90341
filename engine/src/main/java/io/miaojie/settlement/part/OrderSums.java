package io.miaojie.settlement.part;

import io.miaojie.settlement.state.LongRows;
import io.miaojie.settlement.state.SparseColumn;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;

/**
 * What placed and refunded orders have beside their row: the payable amount and its deadline, the sums of refunds as
 * they were said, the pool money. A row of -1 stands for an order that has none of it: every sum is 0.
 *
 * <p>Units: minor, epoch nanoseconds.
 */
public final class OrderSums implements StatePart {
    /** What the order asks for in cash; 0: it was not placed. */
    public static final int PAYABLE = 0;

    /** When an order that awaits its payment expires. */
    public static final int HOLD_UNTIL_NS = 1;

    /** All refunds, also those above what was captured, also for goodwill. */
    public static final int REFUNDED = 2;

    /** Refunds that named no line, or lines only in part. */
    public static final int OPEN_REFUND = 3;

    /** Refunds that claw nothing. */
    public static final int GOODWILL = 4;

    /** Pool money that came from spendable, then from withdrawable. */
    public static final int POOL_SPENDABLE = 5;

    public static final int POOL_WITHDRAWABLE = 6;

    /** Pool money that refunds gave back. */
    public static final int POOL_RETURNED = 7;

    /** Newest captured instalment + 1 in the high half, newest refund order + 1 in the low. */
    private static final int LAST_INSTALMENT_REFUND_ORDER = 8;

    /** Newest entry in a roster + 1. */
    private static final int LAST_ENTRY = 9;

    private static final int WIDTH = 10;

    private final LongRows rows;
    private final SparseColumn kept = new SparseColumn();
    private final SparseColumn lapsing = new SparseColumn();

    OrderSums(final int max) {
        this.rows = new LongRows(WIDTH, max);
    }

    /** Returns a sum, 0 for a row of -1. */
    public long get(final int row, final int column) {
        return row < 0 ? 0 : rows.get(row, column);
    }

    public void set(final int row, final int column, final long value) {
        rows.set(row, column, value);
    }

    /** Returns what of the pool money that came from spendable never becomes withdrawable. */
    public long keptMinor(final int row) {
        return kept.get(row);
    }

    /** Returns what of that expires. */
    public long lapsingMinor(final int row) {
        return lapsing.get(row);
    }

    /** Notes which parts of the pool money are of these sorts, in the place of what an earlier hold of it noted. */
    public void keep(final int row, final long keptMinor, final long lapsingMinor) {
        kept.set(row, keptMinor);
        lapsing.set(row, lapsingMinor);
    }

    /** Forgets all refunds, of a row or of -1. */
    public void forgetRefunds(final int row) {
        if (row >= 0) {
            rows.set(row, REFUNDED, 0);
            rows.set(row, OPEN_REFUND, 0);
            rows.set(row, GOODWILL, 0);
        }
    }

    /** Returns the order's newest refund order, -1: there is none. */
    public int lastRefundOrder(final int row) {
        return (int) get(row, LAST_INSTALMENT_REFUND_ORDER) - 1;
    }

    public void setLastRefundOrder(final int row, final int refundOrder) {
        final long instalment = rows.get(row, LAST_INSTALMENT_REFUND_ORDER) >>> Integer.SIZE;
        rows.set(row, LAST_INSTALMENT_REFUND_ORDER, instalment << Integer.SIZE | refundOrder + 1);
    }

    /** Returns the order's newest captured instalment, see {@link Instalments}; -1: there is none. */
    public int lastInstalment(final int row) {
        return (int) (get(row, LAST_INSTALMENT_REFUND_ORDER) >>> Integer.SIZE) - 1;
    }

    public void setLastInstalment(final int row, final int instalment) {
        final long refundOrder = rows.get(row, LAST_INSTALMENT_REFUND_ORDER) & 0xFFFF_FFFFL;
        rows.set(row, LAST_INSTALMENT_REFUND_ORDER, (instalment + 1L) << Integer.SIZE | refundOrder);
    }

    /** Returns the order's newest entry in a roster, -1: there is none. */
    public int lastEntry(final int row) {
        return (int) get(row, LAST_ENTRY) - 1;
    }

    public void setLastEntry(final int row, final int entry) {
        rows.set(row, LAST_ENTRY, entry + 1L);
    }

    @Override
    public void save(final StateWriter out) {
        rows.save(out);
        kept.save(out);
        lapsing.save(out);
    }

    @Override
    public void load(final StateReader in) {
        rows.load(in);
        kept.load(in);
        lapsing.load(in);
    }

    int add() {
        return rows.add();
    }
}
