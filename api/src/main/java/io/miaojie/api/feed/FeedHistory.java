package io.miaojie.api.feed;

/**
 * Where events come from that are no longer in the window. Today the journal, which keeps every record; a history that
 * goes on behind what the journal still holds (rows, say) is another one of these, asked first for older positions.
 *
 * <p>Thread: one that may wait for a disk.
 */
interface FeedHistory {
    /** Returns the oldest position from which nothing is missing. */
    long oldestPosition();

    /**
     * Reads on behind a position.
     *
     * @param limit most events
     * @return what was found within the bounds of one turn; its position tells how far the turn came
     */
    FeedBatch read(long position, FeedFilter filter, int limit);
}
