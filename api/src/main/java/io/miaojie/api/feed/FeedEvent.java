package io.miaojie.api.feed;

import java.util.List;

/**
 * One event, ready to be sent.
 *
 * @param position see {@link FeedPosition}
 * @param isLast no other event of its record follows
 * @param members ids of the members that it is about
 * @param campaigns ids of the campaigns that it is about
 * @param json the envelope, without line breaks; not to be changed
 */
record FeedEvent(
        long position,
        boolean isLast,
        int merchantIndex,
        EventType type,
        List<String> members,
        List<String> campaigns,
        byte[] json) {
    private static final int OVERHEAD_BYTES = 200;

    FeedEvent asLast() {
        return new FeedEvent(position, true, merchantIndex, type, members, campaigns, json);
    }

    /** Returns the place from which whoever has seen this event goes on. */
    long resumeAt() {
        return isLast ? FeedPosition.behind(FeedPosition.sequence(position)) : position;
    }

    /** Returns about what it takes in memory. */
    int bytes() {
        return json.length + OVERHEAD_BYTES;
    }
}
