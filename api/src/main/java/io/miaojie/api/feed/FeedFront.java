package io.miaojie.api.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far one loop has handed out the window, and the readers that stand there, by what they want. Whoever follows a
 * member is found by the member: readers for whom nothing comes cost nothing.
 *
 * <pre>
 *   window   ...  seen by all of the groups  | front |  next turn: offered to groups  | end
 * </pre>
 *
 * <p>Thread: its event loop.
 */
final class FeedFront {
    /** Events of one step, so that it stays short: some tenths of a millisecond. */
    private static final int STEP_EVENTS = 2_048;

    private record Want(FeedFilter filter, int limit) {
        private static Want of(final FeedReader reader) {
            return new Want(reader.filter, reader.limit);
        }
    }

    private final FeedWindow window;
    private final int bytesMax;
    private final Map<Want, FeedGroup> groups = new HashMap<>();
    private final Map<String, List<FeedGroup>> groupsOfMember = new HashMap<>();
    private final List<FeedGroup> otherGroups = new ArrayList<>();
    private final List<FeedGroup> hit = new ArrayList<>();
    private long place = -1;
    private long position;

    FeedFront(final FeedWindow window, final int bytesMax) {
        this.window = window;
        this.bytesMax = bytesMax;
    }

    /** Returns the place in the window up to which all was offered; -1: the window begins anew, or went by. */
    long place() {
        return place;
    }

    long position() {
        return position;
    }

    /** A reader that has reached the front stays there, until a batch takes it behind. */
    void join(final FeedReader reader) {
        final Want want = Want.of(reader);
        FeedGroup group = groups.get(want);
        if (group == null) {
            group = new FeedGroup(reader.filter, reader.limit);
            groups.put(want, group);
            list(group).add(group);
        }
        group.readers().add(reader);
        reader.isAtFront = true;
    }

    void leave(final FeedReader reader) {
        if (!reader.isAtFront) {
            return;
        }
        reader.isAtFront = false;
        final FeedGroup group = groups.get(Want.of(reader));
        group.readers().remove(reader);
        if (group.readers().isEmpty()) {
            groups.remove(Want.of(reader));
            final List<FeedGroup> groupsBeside = list(group);
            groupsBeside.remove(group);
            if (groupsBeside.isEmpty() && group.filter().memberId() != null) {
                groupsOfMember.remove(group.filter().memberId());
            }
        }
    }

    /** Returns everybody who stands at the front. */
    List<FeedReader> readers() {
        final List<FeedReader> all = new ArrayList<>();
        groups.values().forEach(group -> all.addAll(group.readers()));
        return all;
    }

    /** Finds a place again after it was lost: the end of the window. */
    void restart() {
        position = window.scannedPosition();
        place = window.placeBehind(position);
    }

    /**
     * Goes on by one step.
     *
     * @return the groups for which something has come, to be cleared by {@link #settle}; null: the front was overtaken
     */
    List<FeedGroup> advance() {
        // In this order: what was scanned before the end was read is before the end.
        final long scanned = window.scannedPosition();
        final long end = window.endPlace();
        final long stepEnd = Math.min(end, place + STEP_EVENTS);
        final long startPosition = position;
        while (place < stepEnd) {
            final FeedEvent event = window.at(place);
            if (event == null) {
                settle();
                position = startPosition;
                place = -1;
                return null;
            }
            offer(event);
            position = event.resumeAt();
            place++;
        }
        if (place == end) {
            position = Math.max(position, scanned);
        }
        hit.forEach(group -> group.reach(place, position));
        return hit;
    }

    /** Makes the groups ready for the next step. */
    void settle() {
        hit.forEach(FeedGroup::clear);
        hit.clear();
    }

    private void offer(final FeedEvent event) {
        for (int i = 0; i < event.members().size() && !groupsOfMember.isEmpty(); i++) {
            offer(event, groupsOfMember.getOrDefault(event.members().get(i), List.of()));
        }
        offer(event, otherGroups);
    }

    private void offer(final FeedEvent event, final List<FeedGroup> candidates) {
        for (final FeedGroup group : candidates) {
            if (group.offer(event, place, bytesMax)) {
                hit.add(group);
            }
        }
    }

    private List<FeedGroup> list(final FeedGroup group) {
        final String memberId = group.filter().memberId();
        return memberId == null ? otherGroups : groupsOfMember.computeIfAbsent(memberId, id -> new ArrayList<>());
    }
}
