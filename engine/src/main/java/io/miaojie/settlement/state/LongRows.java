package io.miaojie.settlement.state;

/**
 * Rows of longs with dense indexes from 0, never removed. Segments are allocated as they are reached, so that a large
 * bound costs nothing until it is used.
 *
 * <pre>
 *   segment   header of the array (16 bytes) | row 0 | row 1 | ... | row 65,534
 *             |&lt;---- width of one row -----&gt;|
 *             |&lt;--------------- 65,536 widths: 4 MiB of rows of 64 bytes ----------------&gt;|
 * </pre>
 *
 * <p>The header takes the place of one row. So a segment of rows of 8, 16, 32 or 64 bytes is a power of two with its
 * header, and fills regions of the collector, which rounds a large array up to whole ones; and as such an array begins
 * where a region does, a row of 64 bytes is a cache line.
 */
public final class LongRows implements StatePart {
    private static final int SHIFT = 16;
    private static final int MASK = (1 << SHIFT) - 1;

    /** Rows of a segment: the place of one is the header's. */
    private static final int SEGMENT_ROWS = MASK;

    private static final int HEADER_LONGS = 2;

    private static final int LINE_LONGS = 8;

    private static final long[] NO_SEGMENT = {};

    private final int width;
    private final int max;
    private final long[][] segments;
    private int count;

    /** The segment of the newest row, and where in it the next one goes: at its end when it is full. */
    private long[] tail = NO_SEGMENT;

    private int tailAt;

    public LongRows(final int width, final int max) {
        this.width = Math.max(HEADER_LONGS, width);
        this.max = max;
        this.segments = new long[(int) (((long) max + SEGMENT_ROWS - 1) / SEGMENT_ROWS)][];
    }

    /** Adds a row of zeros and returns its index; the caller has proven that there {@link #room} is. */
    public int add() {
        takeNext();
        return count - 1;
    }

    /** Adds a row of these values as {@link #add()} does; its width is four. */
    public int add(final long first, final long second, final long third, final long fourth) {
        final int at = takeNext();
        final long[] segment = tail;
        segment[at] = first;
        segment[at + 1] = second;
        segment[at + 2] = third;
        segment[at + 3] = fourth;
        return count - 1;
    }

    public long get(final int row, final int column) {
        final int place = place(row);
        return segments[place >>> SHIFT][firstAt(place) + column];
    }

    public void set(final int row, final int column, final long value) {
        final int place = place(row);
        segments[place >>> SHIFT][firstAt(place) + column] = value;
    }

    /** Returns where the row stands, for whoever reads and writes it more than once: from {@link #first} on. */
    public long[] segment(final int row) {
        return segments[place(row) >>> SHIFT];
    }

    /** Returns the index of the first column of a row in its {@link #segment}. */
    public int first(final int row) {
        return firstAt(place(row));
    }

    /**
     * Reads where so many rows will be added, as far as they stand in one segment, to have it near: a processor keeps
     * few stores to memory that is not, and then waits.
     */
    public long touchNext(final int rowCount) {
        final long[] segment = tail;
        final int end = Math.min(segment.length, tailAt + rowCount * width + LINE_LONGS);
        long sum = 0;
        for (int i = tailAt; i < end; i += LINE_LONGS) {
            sum += segment[i];
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
        for (int row = 0; row < count; row += SEGMENT_ROWS) {
            final int place = place(row);
            out.putLongs(segments[place >>> SHIFT], firstAt(place), Math.min(SEGMENT_ROWS, count - row) * width);
        }
    }

    @Override
    public void load(final StateReader in) {
        count = in.nextInt();
        for (int row = 0; row < count; row += SEGMENT_ROWS) {
            final int place = place(row);
            allocate(place >>> SHIFT);
            in.readLongs(segments[place >>> SHIFT], firstAt(place), Math.min(SEGMENT_ROWS, count - row) * width);
        }
        tail = count == 0 ? NO_SEGMENT : segment(count - 1);
        tailAt = count == 0 ? 0 : first(count - 1) + width;
    }

    /** Counts one more row and returns where in {@link #tail} it goes. */
    private int takeNext() {
        if (tailAt == tail.length) {
            beginSegment();
        }
        final int at = tailAt;
        tailAt = at + width;
        count++;
        return at;
    }

    private void beginSegment() {
        if (count == max) {
            throw new IllegalStateException("table is full: max=" + max);
        }
        final int place = place(count);
        allocate(place >>> SHIFT);
        tail = segments[place >>> SHIFT];
        tailAt = firstAt(place);
    }

    private void allocate(final int segment) {
        if (segments[segment] == null) {
            final int rows = Math.min(SEGMENT_ROWS, max - segment * SEGMENT_ROWS);
            segments[segment] = new long[(rows + 1) * width - HEADER_LONGS];
        }
    }

    /**
     * Returns where the row stands, counted in rows over all segments with their headers: one is added for each segment
     * up to its own. The segment is row / 65,535, without a division.
     */
    private static int place(final int row) {
        return row + 1 + (row + 1 + (row >>> SHIFT) >>> SHIFT);
    }

    /** Returns the index of the first long of a row in its segment. */
    private int firstAt(final int place) {
        return (place & MASK) * width - HEADER_LONGS;
    }
}
