package io.miaojie.settlement.state;

/**
 * Rows of longs with dense indexes from 0, never removed. Segments are allocated as they are reached, so that a large
 * bound costs nothing until it is used.
 */
public final class LongRows implements StatePart {
    private static final int SHIFT = 16;
    private static final int MASK = (1 << SHIFT) - 1;

    /**
     * Longs before the first row: with the array's header of 16 bytes a cache line, so that rows of 64 bytes are one.
     */
    private static final int LEAD = 6;

    private final int width;
    private final int max;
    private final long[][] segments;
    private int count;

    public LongRows(final int width, final int max) {
        this.width = width;
        this.max = max;
        this.segments = new long[(int) (((long) max + MASK) >>> SHIFT)][];
    }

    /** Adds a row of zeros and returns its index; the caller has proven that there {@link #room} is. */
    public int add() {
        final int row = count;
        if (row == max) {
            throw new IllegalStateException("table is full: max=" + max);
        }
        allocate(row >>> SHIFT);
        count = row + 1;
        return row;
    }

    public long get(final int row, final int column) {
        return segments[row >>> SHIFT][LEAD + (row & MASK) * width + column];
    }

    public void set(final int row, final int column, final long value) {
        segments[row >>> SHIFT][LEAD + (row & MASK) * width + column] = value;
    }

    /** Returns the sum of the first column of neighbouring rows, which lie within 64 rows from a multiple of 64. */
    public long sum(final int row, final int rowCount) {
        final long[] segment = segments[row >>> SHIFT];
        final int first = LEAD + (row & MASK) * width;
        long sum = 0;
        for (int i = 0; i < rowCount; i++) {
            sum += segment[first + i * width];
        }
        return sum;
    }

    public int count() {
        return count;
    }

    /** Returns how many rows can still be added. */
    public int room() {
        return max - count;
    }

    /** Allocates every segment now, so that nothing is allocated later. */
    public void reserve() {
        for (int i = 0; i < segments.length; i++) {
            allocate(i);
        }
    }

    @Override
    public void save(final StateWriter out) {
        out.putInt(count);
        for (int first = 0; first < count; first += MASK + 1) {
            out.putLongs(segments[first >>> SHIFT], LEAD, Math.min(MASK + 1, count - first) * width);
        }
    }

    @Override
    public void load(final StateReader in) {
        count = in.nextInt();
        for (int first = 0; first < count; first += MASK + 1) {
            allocate(first >>> SHIFT);
            in.readLongs(segments[first >>> SHIFT], LEAD, Math.min(MASK + 1, count - first) * width);
        }
    }

    private void allocate(final int segment) {
        if (segments[segment] == null) {
            segments[segment] = new long[LEAD + Math.min(MASK + 1, max - (segment << SHIFT)) * width];
        }
    }
}
