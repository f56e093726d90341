package io.miaojie.api.feed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the feed as one number: everything up to event {@code index} of record {@code sequence} has been seen.
 * Places compare as numbers do.
 */
public final class FeedPosition {
    /** Most events of one record. */
    static final int EVENTS_MAX = (1 << 16) - 1;

    /** Before everything. */
    public static final long START = 0;

    private static final int INDEX_BITS = 16;
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,14})(?:-([0-9]{1,5}))?");
    private static final Pattern EVENT_ID = Pattern.compile("([0-9]{1,3})-([0-9]{1,14})(?:-([0-9]{1,5}))?");
    private static final long UNREADABLE = -1;

    private FeedPosition() {}

    /** Returns the place at this event. */
    static long of(final long sequence, final int index) {
        return sequence << INDEX_BITS | index;
    }

    /** Returns the place behind a whole record. */
    public static long behind(final long sequence) {
        return of(sequence, EVENTS_MAX);
    }

    /** Returns the record that the place is in. */
    public static long sequence(final long position) {
        return position >> INDEX_BITS;
    }

    /** Returns the sequence behind which a cursor has to begin so that nothing behind the place is left out. */
    static long readAfter(final long position) {
        return isWhole(position) ? sequence(position) : sequence(position) - 1;
    }

    /** Reads {@code <sequence>} or {@code <sequence>-<index>}; -1 when it is neither. */
    public static long parseCursor(final String text) {
        final Matcher parts = CURSOR.matcher(text);
        return parts.matches() ? of(parts.group(1), parts.group(2)) : UNREADABLE;
    }

    /** Reads {@code <shard>-<sequence>} or {@code <shard>-<sequence>-<index>}; -1 when it is not of this shard. */
    public static long parseEventId(final String text, final int shard) {
        final Matcher parts = EVENT_ID.matcher(text);
        return parts.matches() && Integer.parseInt(parts.group(1)) == shard
                ? of(parts.group(2), parts.group(3))
                : UNREADABLE;
    }

    /** Writes a cursor of the pull feed. */
    public static String cursor(final long position) {
        return isWhole(position) ? Long.toString(sequence(position)) : sequence(position) + "-" + index(position);
    }

    /** Writes the id with which a stream goes on behind this place. */
    public static String eventId(final int shard, final long position) {
        return shard + "-" + cursor(position);
    }

    private static long of(final String sequence, final String index) {
        if (index == null) {
            return behind(Long.parseLong(sequence));
        }
        return Integer.parseInt(index) > EVENTS_MAX
                ? UNREADABLE
                : of(Long.parseLong(sequence), Integer.parseInt(index));
    }

    private static boolean isWhole(final long position) {
        return position == START || index(position) == EVENTS_MAX;
    }

    private static int index(final long position) {
        return (int) (position & EVENTS_MAX);
    }
}
