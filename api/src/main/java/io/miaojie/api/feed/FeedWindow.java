package io.miaojie.api.feed;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The newest events, bounded by count and by bytes: the tailer appends, readers look, and what is evicted is gone
 * whether it was read or not.
 *
 * <p>Thread: one appends; any read.
 */
final class FeedWindow {
    /** Nothing is in the window from any position on. */
    private static final long NOWHERE = Long.MAX_VALUE;

    private final AtomicReferenceArray<FeedEvent> slots;
    private final int mask;
    private final long bytesMax;
    private volatile long startPosition = NOWHERE;
    private volatile long startPlace;
    private volatile long endPlace;
    private volatile long scannedPosition;
    private long bytes;

    FeedWindow(final int events, final long bytesMax) {
        this.slots = new AtomicReferenceArray<>(events);
        this.mask = events - 1;
        this.bytesMax = bytesMax;
    }

    /** Begins anew behind this position. Thread: the tailer. */
    void restart(final long position) {
        clear();
        // One place is skipped, so that a place of the time before is never taken for one of now.
        endPlace++;
        startPlace = endPlace;
        scannedPosition = position;
        startPosition = position;
    }

    /** Forgets everything. Thread: the tailer. */
    void clear() {
        startPosition = NOWHERE;
        startPlace = endPlace;
        for (int i = 0; i <= mask; i++) {
            slots.set(i, null);
        }
        bytes = 0;
    }

    /** Thread: the tailer. */
    void append(final FeedEvent event) {
        while (startPlace < endPlace && (endPlace - startPlace > mask || bytes + event.bytes() > bytesMax)) {
            evict();
        }
        bytes += event.bytes();
        slots.set((int) endPlace & mask, event);
        endPlace++;
    }

    /** Tells that everything up to this position has been appended. Thread: the tailer. */
    void scanned(final long position) {
        scannedPosition = position;
    }

    /** Returns whether everything behind this position is here, or is still to come. */
    boolean covers(final long position) {
        return position >= startPosition;
    }

    /** Returns the position up to which everything is, or was, in the window. */
    long scannedPosition() {
        return scannedPosition;
    }

    /** Returns the place behind the newest event. */
    long endPlace() {
        return endPlace;
    }

    /** Returns the event at a place; null: evicted. */
    FeedEvent at(final long place) {
        final FeedEvent event = slots.get((int) place & mask);
        // Read after the slot: an eviction moves the start first, so what has been overwritten is not taken for this.
        return place < startPlace ? null : event;
    }

    /** Returns the place of the first event behind this position; -1: the position is not covered. */
    long placeBehind(final long position) {
        long low = startPlace;
        long high = endPlace;
        while (low < high) {
            final long middle = low + high >>> 1;
            final FeedEvent event = at(middle);
            if (event == null || event.position() <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return covers(position) ? low : -1;
    }

    long count() {
        return endPlace - startPlace;
    }

    private void evict() {
        final int slot = (int) startPlace & mask;
        final FeedEvent event = slots.get(slot);
        startPosition = event.position();
        startPlace++;
        slots.set(slot, null);
        bytes -= event.bytes();
    }
}
