package io.miaojie.settlement.part;

import io.miaojie.settlement.state.DenseIndex;
import io.miaojie.settlement.state.LongRows;
import io.miaojie.settlement.state.Slice;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;

/** Exact sums per (campaign, business day) and (campaign, member). The key is packed whole: nothing is hashed away. */
public final class Counters implements StatePart {
    private static final int KEY = 0;
    private static final int VALUE = 1;
    private static final long MEMBER_BIT = 1L << 63;
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private final LongRows rows;
    private final DenseIndex index;

    public Counters(final int max) {
        this.rows = new LongRows(2, max);
        this.index = new DenseIndex(max);
    }

    /** Returns the key of a campaign's business day, counted from 1970. */
    public static long dayKey(final int campaign, final int day) {
        return (long) campaign << Integer.SIZE | day & LOW_HALF;
    }

    public static long memberKey(final int campaign, final int member) {
        return MEMBER_BIT | (long) campaign << Integer.SIZE | member;
    }

    /** Returns the counter's row, -1 when it was never raised. */
    public int find(final long key) {
        final long hash = Slice.mix(key);
        int slot = index.home(hash);
        int entry = index.entry(slot);
        while (entry != 0) {
            final int row = index.row(entry);
            if (index.mayHold(entry, hash) && rows.get(row, KEY) == key) {
                return row;
            }
            slot = index.next(slot);
            entry = index.entry(slot);
        }
        return -1;
    }

    /** Returns the counter's row as {@link #find(long)} does; {@code likelyRow}, unless -1, is looked at first. */
    public int find(final long key, final int likelyRow) {
        return likelyRow >= 0 && rows.get(likelyRow, KEY) == key ? likelyRow : find(key);
    }

    /** Returns what was counted in this row, 0 for a row of -1. */
    public long valueAt(final int row) {
        return row < 0 ? 0 : rows.get(row, VALUE);
    }

    /**
     * Raises a counter, which is added when missing: the caller has proven that there {@link #room} is.
     *
     * @param row where it was found, -1: nowhere
     * @return its row
     */
    public int raise(final int row, final long key, final long by) {
        final int raised = row < 0 ? add(key) : row;
        rows.set(raised, VALUE, rows.get(raised, VALUE) + by);
        return raised;
    }

    private int add(final long key) {
        final int row = rows.add();
        rows.set(row, KEY, key);
        index.put(Slice.mix(key), row);
        return row;
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
        for (int row = 0; row < rows.count(); row++) {
            index.put(Slice.mix(rows.get(row, KEY)), row);
        }
    }
}
