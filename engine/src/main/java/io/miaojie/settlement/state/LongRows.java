package io.miaojie.settlement.state;

/**
 * Rows of longs with dense indexes from 0, never removed. Segments are allocated as they are reached, so that a large
 * bound costs nothing until it is used.
 */
public final class LongRows implements StatePart {
    private static final int SEGMENT_ROWS_MAX = 1 << 16;

    /**
     * Longs before the first row: with the array's header of 16 bytes a cache line, so that rows of 64 bytes are one.
     */
    private static final int LEAD = 6;

    private final int width;
    private final int max;
    private final int shift;
    private final int mask;
    private final long[][] segments;
    private int count;

    public LongRows(final int width, final int max) {
        final int segmentRows = Math.min(SEGMENT_ROWS_MAX, Integer.highestOneBit(Math.max(1, max)));
        this.width = width;
        this.max = max;
        this.shift = Integer.numberOfTrailingZeros(segmentRows);
        this.mask = segmentRows - 1;
        this.segments = new long[(int) (((long) max + mask) >>> shift)][];
    }

    /** Adds a row of zeros and returns its index; the caller has proven that there {@link #room} is. */
    public int add() {
        final int row = count;
        if (row == max) {
            throw new IllegalStateException("table is full: max=" + max);
        }
        allocate(row >>> shift);
        count = row + 1;
        return row;
    }

    public long get(final int row, final int column) {
        return segments[row >>> shift][LEAD + (row & mask) * width + column];
    }

    public void set(final int row, final int column, final long value) {
        segments[row >>> shift][LEAD + (row & mask) * width + column] = value;
    }

    /** Returns the sum of the first column of neighbouring rows. */
    public long sum(final int row, final int rowCount) {
        long sum = 0;
        for (int i = row; i < row + rowCount; i++) {
            sum += get(i, 0);
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
        for (int first = 0; first < count; first += mask + 1) {
            out.putLongs(segments[first >>> shift], LEAD, Math.min(mask + 1, count - first) * width);
        }
    }

    @Override
    public void load(final StateReader in) {
        count = in.nextInt();
        for (int first = 0; first < count; first += mask + 1) {
            allocate(first >>> shift);
            in.readLongs(segments[first >>> shift], LEAD, Math.min(mask + 1, count - first) * width);
        }
    }

    private void allocate(final int segment) {
        if (segments[segment] == null) {
            segments[segment] = new long[LEAD + Math.min(mask + 1, max - (segment << shift)) * width];
        }
    }
}
