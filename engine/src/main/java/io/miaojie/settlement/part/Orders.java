package io.miaojie.settlement.part;

import io.miaojie.settlement.state.IdTable;
import io.miaojie.settlement.state.Slice;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;

/**
 * Orders of all merchants: (merchant, exact order id) to a row with what was paid, by whom, and where its grants begin.
 */
public final class Orders implements StatePart {
    /** Member + 1 in the high half (0: none), newest grant + 1 in the low (0: none). */
    private static final int MEMBER_GRANT = 0;

    /** Currency in the high half, paid instalments as bits in the low. */
    private static final int CURRENCY_INSTALMENTS = 1;

    private static final int PAID_MINOR = 2;
    private static final int FIRST_SEQUENCE = 3;
    private static final int WIDTH = 4;
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private final IdTable rows;

    public Orders(final int max) {
        this.rows = new IdTable(max, WIDTH);
    }

    /** Returns the order's index, -1 when unknown. */
    public int find(final int merchant, final Slice id) {
        return rows.find(merchant, id);
    }

    /** Reads where the search for an order of this hash begins, see {@link IdTable#touch}. */
    public int touch(final long hash) {
        return rows.touch(hash);
    }

    /** Adds an order that nothing was paid for yet. */
    public int add(final int merchant, final Slice id, final int currency, final long sequence) {
        final int order = rows.add(merchant, id);
        rows.set(order, CURRENCY_INSTALMENTS, (long) currency << Integer.SIZE);
        rows.set(order, FIRST_SEQUENCE, sequence);
        return order;
    }

    /** Notes a captured payment. */
    public void capture(final int order, final int instalment, final long amountMinor) {
        rows.set(order, CURRENCY_INSTALMENTS, rows.get(order, CURRENCY_INSTALMENTS) | 1L << instalment);
        rows.set(order, PAID_MINOR, paidMinor(order) + amountMinor);
    }

    /** Tells whether a payment of this instalment was captured. */
    public boolean hasPaid(final int order, final int instalment) {
        return (rows.get(order, CURRENCY_INSTALMENTS) & 1L << instalment) != 0;
    }

    /** Returns the member that the order is of, -1 when no payment named one. */
    public int member(final int order) {
        return (int) (rows.get(order, MEMBER_GRANT) >>> Integer.SIZE) - 1;
    }

    public void setMember(final int order, final int member) {
        rows.set(order, MEMBER_GRANT, (member + 1L) << Integer.SIZE | rows.get(order, MEMBER_GRANT) & LOW_HALF);
    }

    /** Returns the order's newest grant, -1 when there is none. */
    public int lastGrant(final int order) {
        return (int) rows.get(order, MEMBER_GRANT) - 1;
    }

    public int merchant(final int order) {
        return (int) rows.owner(order);
    }

    /** Moves the view to the order's id. */
    public Slice id(final int order, final Slice view) {
        return rows.id(order, view);
    }

    public int currency(final int order) {
        return (int) (rows.get(order, CURRENCY_INSTALMENTS) >>> Integer.SIZE);
    }

    /** Returns the sum of the captured payments. */
    public long paidMinor(final int order) {
        return rows.get(order, PAID_MINOR);
    }

    /** Returns the sequence of the payment that made the order. */
    public long firstSequence(final int order) {
        return rows.get(order, FIRST_SEQUENCE);
    }

    public int count() {
        return rows.count();
    }

    public int room() {
        return rows.room();
    }

    public void reserve() {
        rows.reserve();
    }

    @Override
    public void save(final StateWriter out) {
        rows.save(out);
    }

    @Override
    public void load(final StateReader in) {
        rows.load(in);
    }

    void setLastGrant(final int order, final int grant) {
        rows.set(order, MEMBER_GRANT, rows.get(order, MEMBER_GRANT) & ~LOW_HALF | grant + 1);
    }
}
