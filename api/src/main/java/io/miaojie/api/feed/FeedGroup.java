package io.miaojie.api.feed;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The readers of one loop that have seen everything and want the same: an event is held against their filter once, and
 * what they are given is made once.
 *
 * <p>Thread: its event loop.
 */
final class FeedGroup {
    private final FeedFilter filter;
    private final int limit;
    private final Set<FeedReader> readers = new LinkedHashSet<>();
    private FeedBatch batch;
    private long offeredPlace = -1;
    private boolean isFull;

    FeedGroup(final FeedFilter filter, final int limit) {
        this.filter = filter;
        this.limit = limit;
    }

    FeedFilter filter() {
        return filter;
    }

    Set<FeedReader> readers() {
        return readers;
    }

    /** Returns what has come for it; null: nothing. */
    FeedBatch batch() {
        return batch;
    }

    /** Takes the event at a place, if it is one for these readers and the batch has room; true: the first one. */
    boolean offer(final FeedEvent event, final long place, final int bytesMax) {
        if (offeredPlace == place || !filter.matches(event)) {
            return false;
        }
        offeredPlace = place;
        final boolean isFirst = batch == null;
        if (isFirst) {
            batch = new FeedBatch(event.position());
        }
        if (!isFull) {
            batch.add(event);
            batch.position(event.resumeAt());
            batch.endPlace(place + 1);
            isFull = batch.count() >= limit || batch.bytes() >= bytesMax;
        }
        return isFirst;
    }

    /** Everything up to here has been offered: unless the batch was full before, it reaches as far. */
    void reach(final long place, final long position) {
        if (!isFull) {
            batch.endPlace(place);
            batch.position(position);
        }
    }

    /** Begins the next batch. */
    void clear() {
        batch = null;
        isFull = false;
    }
}
