package io.miaojie.settlement.state;

import java.util.Arrays;

/**
 * A long beside each row of some table, 0 for most of them: a segment of rows is allocated when its first value other
 * than 0 is set.
 */
public final class SparseColumn implements StatePart {
    private static final int SHIFT = 12;
    private static final int MASK = (1 << SHIFT) - 1;

    private long[][] segments = new long[16][];
    private int setCount;

    public long get(final int row) {
        if (setCount == 0) { // as a rule
            return 0;
        }
        final int segment = row >>> SHIFT;
        return segment < segments.length && segments[segment] != null ? segments[segment][row & MASK] : 0;
    }

    public void set(final int row, final long value) {
        if (get(row) == value) { // 0 where there is nothing, as a rule
            return;
        }
        final int segment = row >>> SHIFT;
        if (segment >= segments.length) {
            segments = Arrays.copyOf(segments, Math.max(segment + 1, 2 * segments.length));
        }
        if (segments[segment] == null) {
            segments[segment] = new long[MASK + 1];
        }
        setCount += (segments[segment][row & MASK] == 0 ? 1 : 0) - (value == 0 ? 1 : 0);
        segments[segment][row & MASK] = value;
    }

    @Override
    public void save(final StateWriter out) {
        out.putInt(setCount);
        for (int segment = 0; segment < segments.length; segment++) {
            for (int i = 0; segments[segment] != null && i <= MASK; i++) {
                if (segments[segment][i] != 0) {
                    out.putInt(segment << SHIFT | i);
                    out.putLong(segments[segment][i]);
                }
            }
        }
    }

    @Override
    public void load(final StateReader in) {
        for (int left = in.nextInt(); left > 0; left--) {
            set(in.nextInt(), in.nextLong());
        }
    }
}
