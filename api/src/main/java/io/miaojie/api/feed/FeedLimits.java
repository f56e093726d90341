package io.miaojie.api.feed;

/**
 * The bounds of the feed of one server.
 *
 * @param readersMax streams and polls at a time; each is a connection and about 2 KiB
 * @param windowEvents events kept in memory for live readers: some seconds at full rate; a power of two
 * @param windowBytes bytes of them, whichever bound is met first
 * @param batchBytes most bytes handed to one reader at a time; also what one reader's socket may hold unread
 * @param scanRecords most records that one reader's turn reads back from the journal, so that turns stay short
 * @param stalledMs a reader that has not taken a batch for so long is dropped
 * @param heartbeatMs a stream without events says this often that it lives, and where it stands
 */
public record FeedLimits(
        int readersMax,
        int windowEvents,
        long windowBytes,
        int batchBytes,
        int scanRecords,
        long stalledMs,
        long heartbeatMs) {
    public FeedLimits {
        if (Integer.bitCount(windowEvents) != 1) {
            throw new IllegalArgumentException("windowEvents is a power of two: windowEvents=" + windowEvents);
        }
    }

    public static FeedLimits defaults() {
        return new FeedLimits(10_000, 65_536, 64L << 20, 256 * 1024, 10_000, 20_000, 15_000);
    }
}
