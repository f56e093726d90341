package io.miaojie.settlement.part;

import io.miaojie.settlement.state.LongRows;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;

/** Rewards credited: one row per (order, campaign version, beneficiary, level); those of an order form a chain. */
public final class Grants implements StatePart {
    /** Order in the high half, campaign version in the low. */
    private static final int ORDER_VERSION = 0;

    /** Beneficiary in the high half, the order's grant before this + 1 in the low. */
    private static final int MEMBER_PREVIOUS = 1;

    /** Level in the top byte, amount in minor units below. */
    private static final int LEVEL_AMOUNT = 2;

    private static final int WIDTH = 3;
    private static final int LEVEL_SHIFT = 56;
    private static final long AMOUNT_MASK = (1L << LEVEL_SHIFT) - 1;

    private final Orders orders;
    private final LongRows rows;

    public Grants(final int max, final Orders orders) {
        this.orders = orders;
        this.rows = new LongRows(WIDTH, max);
    }

    /** Adds a grant to its order; the caller has proven that there {@link #room} is. */
    public void add(final int order, final int version, final int member, final int level, final long amountMinor) {
        final int grant = rows.add();
        rows.set(grant, ORDER_VERSION, (long) order << Integer.SIZE | version);
        rows.set(grant, MEMBER_PREVIOUS, (long) member << Integer.SIZE | orders.lastGrant(order) + 1);
        rows.set(grant, LEVEL_AMOUNT, (long) level << LEVEL_SHIFT | amountMinor);
        orders.setLastGrant(order, grant);
    }

    public int order(final int grant) {
        return (int) (rows.get(grant, ORDER_VERSION) >>> Integer.SIZE);
    }

    /** Returns the index of the campaign version. */
    public int version(final int grant) {
        return (int) rows.get(grant, ORDER_VERSION);
    }

    public int member(final int grant) {
        return (int) (rows.get(grant, MEMBER_PREVIOUS) >>> Integer.SIZE);
    }

    /** Returns the grant of the same order before this one, -1 when it is the first. */
    public int previous(final int grant) {
        return (int) rows.get(grant, MEMBER_PREVIOUS) - 1;
    }

    /** Returns who is rewarded: 0 is the buyer. */
    public int level(final int grant) {
        return (int) (rows.get(grant, LEVEL_AMOUNT) >>> LEVEL_SHIFT);
    }

    public long amountMinor(final int grant) {
        return rows.get(grant, LEVEL_AMOUNT) & AMOUNT_MASK;
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
}
