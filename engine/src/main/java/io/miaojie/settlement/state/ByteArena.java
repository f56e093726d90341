package io.miaojie.settlement.state;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Bytes that only grow, in segments that no entry crosses. Positions count over all segments. */
public final class ByteArena {
    private static final int SEGMENT_LENGTH_MAX = 1 << 20;

    private final int shift;
    private UnsafeBuffer[] segments = new UnsafeBuffer[1];
    private int segmentCount;
    private int used;

    /** Makes an arena whose segments hold an entry of {@code entryLengthMax} bytes, and the whole of it when small. */
    public ByteArena(final int entryLengthMax, final long expectedLength) {
        final long length = Math.max(entryLengthMax, Math.min(SEGMENT_LENGTH_MAX, expectedLength));
        this.shift = Long.SIZE - Long.numberOfLeadingZeros(length - 1);
        this.used = 1 << shift;
    }

    /** Makes room for an entry and returns its position. */
    public long allocate(final int length) {
        if (used + length > 1 << shift) {
            open(segmentCount++);
            used = 0;
        }
        used += length;
        return ((long) (segmentCount - 1) << shift) + used - length;
    }

    public boolean isEmpty() {
        return segmentCount == 0;
    }

    public UnsafeBuffer buffer(final long position) {
        return segments[(int) (position >>> shift)];
    }

    public int offset(final long position) {
        return (int) position & (1 << shift) - 1;
    }

    /** Allocates segments for this many more bytes now. */
    public void reserve(final long length) {
        final int more = (int) (length >>> shift) + 1;
        for (int i = segmentCount; i < segmentCount + more; i++) {
            open(i);
        }
    }

    private void open(final int segment) {
        if (segment >= segments.length) {
            segments = Arrays.copyOf(segments, segment * 2);
        }
        if (segments[segment] == null) {
            segments[segment] = new UnsafeBuffer(new byte[1 << shift]);
        }
    }
}
