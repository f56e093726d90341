package io.miaojie.settlement.campaign;

import io.miaojie.settlement.state.IdTable;
import io.miaojie.settlement.state.Slice;

/**
 * The terms of one campaign version, parsed into primitives. Terms are named by their place in the kind's descriptor.
 */
public final class Terms {
    /** A scalar or cell that was not given. */
    public static final long ABSENT = Long.MIN_VALUE;

    private final long[] scalars;
    private final long[][][] tables;
    private final int[] listCounts;
    private final IdTable lists;

    Terms(final long[] scalars, final long[][][] tables, final int[] listCounts, final IdTable lists) {
        this.scalars = scalars;
        this.tables = tables;
        this.listCounts = listCounts;
        this.lists = lists;
    }

    /** Returns a scalar, or {@link #ABSENT}. */
    public long scalar(final int term) {
        return scalars[term];
    }

    public boolean has(final int term) {
        return scalars[term] != ABSENT;
    }

    /**
     * Returns a value between two scalars, each as likely as the others.
     *
     * @param random 32 random bits; 0: the lower one
     */
    public long between(final int minTerm, final int maxTerm, final long random) {
        final long span = scalars[maxTerm] - scalars[minTerm] + 1;
        // Shifted so that the high half is the product divided by 2^32; span takes 53 bits, random 32.
        return scalars[minTerm] + Math.multiplyHigh(span << 10, random << 22);
    }

    public int rowCount(final int term) {
        return tables[term].length;
    }

    /** Returns a cell of a table, or {@link #ABSENT}. */
    public long cell(final int term, final int row, final int column) {
        return tables[term][row][column];
    }

    /** Tells whether the list is empty: every id is admitted. */
    public boolean admitsAll(final int term) {
        return listCounts[term] == 0;
    }

    /** Tells whether the list is empty or holds the id. */
    public boolean admits(final int term, final Slice id) {
        return admitsAll(term) || lists.find(term, id) >= 0;
    }
}
