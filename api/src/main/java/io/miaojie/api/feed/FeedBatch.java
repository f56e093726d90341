package io.miaojie.api.feed;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Events for readers that stand at one place and want the same: made once, written to all of them.
 *
 * <p>Thread: one.
 */
public final class FeedBatch {
    private static final byte[] ID = ascii("id: ");
    private static final byte[] EVENT = ascii("\nevent: ");
    private static final byte[] DATA = ascii("\ndata: ");
    private static final byte[] END = ascii("\n\n");

    private final List<FeedEvent> events = new ArrayList<>();
    private long bytes;
    private long position;
    private long endPlace = -1;
    private Buffer stream;
    private Buffer array;

    FeedBatch(final long position) {
        this.position = position;
    }

    /** Returns a batch without events that stands at this place. */
    public static FeedBatch empty(final long position) {
        return new FeedBatch(position);
    }

    void add(final FeedEvent event) {
        events.add(event);
        bytes += event.bytes();
    }

    void position(final long reached) {
        position = reached;
    }

    void endPlace(final long place) {
        endPlace = place;
    }

    /** Returns the place in the window behind its last event; -1: it was read back. */
    long endPlace() {
        return endPlace;
    }

    long bytes() {
        return bytes;
    }

    /** Returns how many events it holds. */
    public int count() {
        return events.size();
    }

    /** Returns the place up to which everything that matches is in it. */
    public long position() {
        return position;
    }

    /** Returns the events as a stream carries them; not to be changed. */
    public Buffer stream(final int shard) {
        if (stream == null) {
            stream = Buffer.buffer((int) bytes);
            for (final FeedEvent event : events) {
                stream.appendBytes(ID)
                        .appendBytes(ascii(FeedPosition.eventId(shard, event.resumeAt())))
                        .appendBytes(EVENT)
                        .appendBytes(ascii(event.type().word()))
                        .appendBytes(DATA)
                        .appendBytes(event.json())
                        .appendBytes(END);
            }
        }
        return stream;
    }

    /** Returns the answer of the pull feed; not to be changed. */
    public Buffer answer() {
        if (array == null) {
            array = Buffer.buffer((int) bytes + 100).appendString("{\"events\":[");
            for (int i = 0; i < events.size(); i++) {
                if (i > 0) {
                    array.appendByte((byte) ',');
                }
                array.appendBytes(events.get(i).json());
            }
            array.appendString("],\"next_cursor\":\"" + FeedPosition.cursor(position) + "\"}");
        }
        return array;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
