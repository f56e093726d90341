package io.miaojie.api.feed;

import io.miaojie.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Where a mapping writes the events of a record:
 *
 * <pre>
 *   if (out.begin(type, merchantIndex, "payment", id)) {
 *       view.write(out.json(), ...);    the value of "data"
 *       out.member(memberId);           whom a filter finds it by
 *       out.end();
 *   }
 * </pre>
 *
 * Thread: one.
 */
final class EventWriter {
    private final JsonWriter json = new JsonWriter();
    private final List<FeedEvent> events = new ArrayList<>();
    private final List<String> members = new ArrayList<>();
    private final List<String> campaigns = new ArrayList<>();
    private IntPredicate isWanted;
    private long sequence;
    private long nowNs;
    private int index;
    private EventType type;
    private int merchantIndex;

    /** Begins a record; events of merchants that are not wanted are counted and not written. */
    void open(final DecidedRecord record, final IntPredicate wanted) {
        isWanted = wanted;
        sequence = record.sequence();
        nowNs = record.nowNs();
        index = -1;
        events.clear();
    }

    /** Returns the events of the record. */
    List<FeedEvent> close() {
        if (!events.isEmpty()) {
            final FeedEvent last = events.get(events.size() - 1);
            if ((last.position() & FeedPosition.EVENTS_MAX) == index) {
                events.set(events.size() - 1, last.asLast());
            }
        }
        return events;
    }

    /** Begins an event; false: nobody wants it. */
    boolean begin(final EventType eventType, final int merchant, final String causeType, final String causeId) {
        index++;
        if (index >= FeedPosition.EVENTS_MAX) {
            throw new IllegalStateException("more events than a record can have, sequence=" + sequence);
        }
        if (!isWanted.test(merchant)) {
            return false;
        }
        type = eventType;
        merchantIndex = merchant;
        members.clear();
        campaigns.clear();
        json.reset()
                .beginObject()
                .field("id", sequence + "-" + index)
                .field("type", type.word())
                .name("occurred_at")
                .time(nowNs)
                .name("cause")
                .beginObject()
                .field("type", causeType)
                .field("id", causeId)
                .endObject()
                .name("data");
        return true;
    }

    JsonWriter json() {
        return json;
    }

    void member(final String id) {
        if (!id.isEmpty()) {
            members.add(id);
        }
    }

    void campaign(final String id) {
        if (!id.isEmpty()) {
            campaigns.add(id);
        }
    }

    void end() {
        json.endObject();
        final byte[] bytes = new byte[json.length()];
        for (int i = 0; i < bytes.length; i++) {
            final byte value = json.bytes()[i];
            // A line break between two tokens of a client's own JSON: streams are cut at line breaks.
            bytes[i] = value == '\n' || value == '\r' ? (byte) ' ' : value;
        }
        events.add(new FeedEvent(
                FeedPosition.of(sequence, index),
                false,
                merchantIndex,
                type,
                List.copyOf(members),
                List.copyOf(campaigns),
                bytes));
    }
}
