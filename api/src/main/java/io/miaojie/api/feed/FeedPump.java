package io.miaojie.api.feed;

import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Moves the readers of one event loop on, in rounds. The loop serves writers too, and a connection can't be moved to
 * another loop; so the feed's share of it is bounded in three ways:
 *
 * <ul>
 *   <li>Who has seen everything waits at the {@link FeedFront} and is looked for only when something comes for them.
 *   <li>Work is cut into turns of about a tenth of a millisecond, with everything else of the loop in between.
 *   <li>After each turn the pump rests for a multiple of the time that it worked, and that whoever it served will cost
 *       the loop outside of the turn. So the more there is to write, the longer a round takes, and the more events each
 *       write carries: an event is late by 10 ms with few readers, and by half a second with very many. Only where that
 *       would not do does the pump rest less.
 * </ul>
 *
 * <p>Thread: its event loop.
 */
public final class FeedPump {
    private static final long TURN_NS = TimeUnit.MICROSECONDS.toNanos(100);

    /**
     * Between two turns, at least. A timer, since a task that follows at once runs before the loop sees its sockets.
     */
    private static final long TURN_REST_MS = 1;

    /** Between two rounds, at least. */
    private static final long ROUND_REST_MS = 10;

    /** A round takes no longer, as long as the loop has time for it. */
    private static final long ROUND_NS = TimeUnit.MILLISECONDS.toNanos(500);

    /** So many times what a turn has cost, the pump rests. */
    private static final long REST_FACTOR = 25;

    /**
     * What a reader that was given something costs the loop outside of the turn: above all the next request of a poll,
     * which comes back at once. Polls of everything would else take the loop's time unseen.
     */
    private static final long SERVED_NS = TimeUnit.MICROSECONDS.toNanos(100);

    /** All readers at the front are looked at so often, for who has gone, whose time is up, who needs a heartbeat. */
    private static final long SWEEP_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final int SWEEP_READERS = 256;

    private record Want(FeedFilter filter, int limit, long place) {}

    private final Feed feed;
    private final Context context;
    private final FeedFront front;
    private final Map<Want, FeedBatch> made = new HashMap<>();
    private final ArrayDeque<FeedReader> due = new ArrayDeque<>();
    private final List<FeedReader> later = new ArrayList<>();
    private List<FeedReader> swept = List.of();
    private int nextSwept;
    private long sweptNs = System.nanoTime();
    private long roundNs;
    private long restFactor = REST_FACTOR;
    private int servedInTurn;
    private int readerCount;
    private boolean isRunning;

    public FeedPump(final Feed feed, final Context context) {
        this.feed = feed;
        this.context = context;
        front = new FeedFront(feed.window(), feed.limits().batchBytes());
    }

    /**
     * Takes a reader in.
     *
     * @return false when there are as many as there may be, or the feed has ended
     */
    public boolean add(final FeedReader reader) {
        if (feed.hasEnded() || feed.readerCount() >= feed.limits().readersMax()) {
            return false;
        }
        feed.join();
        readerCount++;
        later.add(reader);
        reader.waitsSinceNs = System.nanoTime();
        if (!isRunning) {
            isRunning = true;
            front.restart();
            context.runOnContext(ignored -> beginRound());
        }
        return true;
    }

    private void beginRound() {
        restFactor = Math.max(1, Math.min(REST_FACTOR, ROUND_NS / Math.max(1, roundNs)));
        final long startNs = System.nanoTime();
        made.clear();
        advance();
        due.addAll(later);
        later.clear();
        roundNs = 0;
        turn(startNs);
    }

    private void advance() {
        if (front.place() < 0 || !feed.window().covers(front.position())) {
            loseFront();
            return;
        }
        final long place = front.place();
        final long position = front.position();
        final List<FeedGroup> hit = front.advance();
        if (hit == null) {
            loseFront();
            return;
        }
        for (final FeedGroup group : hit) {
            for (final FeedReader reader : List.copyOf(group.readers())) {
                front.leave(reader);
                reader.place = place;
                reader.position = Math.max(reader.position, position);
                reader.batch = group.batch();
                due.add(reader);
            }
        }
        front.settle();
    }

    /** Everybody at the front is on their own again, from where they stand. */
    private void loseFront() {
        for (final FeedReader reader : front.readers()) {
            front.leave(reader);
            reader.position = Math.max(reader.position, front.position());
            reader.place = -1;
            due.add(reader);
        }
        front.restart();
    }

    private void turn(final long startNs) {
        servedInTurn = 0;
        while (!due.isEmpty() && System.nanoTime() - startNs < TURN_NS) {
            serve(due.poll());
        }
        final long costNs = System.nanoTime() - startNs + servedInTurn * SERVED_NS;
        roundNs += costNs;
        final long restMs = TimeUnit.NANOSECONDS.toMillis(costNs * restFactor);
        if (!due.isEmpty()) {
            context.owner().setTimer(Math.max(TURN_REST_MS, restMs), ignored -> turn(System.nanoTime()));
            return;
        }
        sweep();
        if (readerCount == 0) {
            made.clear();
            isRunning = false;
        } else {
            context.owner().setTimer(Math.max(ROUND_REST_MS, restMs), ignored -> beginRound());
        }
    }

    /** Looks at some of those at the front. */
    private void sweep() {
        final long nowNs = System.nanoTime();
        if (nextSwept == swept.size() && nowNs - sweptNs >= SWEEP_NS || feed.hasEnded()) {
            sweptNs = nowNs;
            swept = front.readers();
            nextSwept = 0;
        }
        final int end = Math.min(swept.size(), nextSwept + SWEEP_READERS);
        while (nextSwept < end) {
            final FeedReader reader = swept.get(nextSwept++);
            if (reader.isAtFront && isStaying(reader)) {
                hand(reader, FeedBatch.empty(front.position()), nowNs);
            }
        }
    }

    private void serve(final FeedReader reader) {
        final FeedBatch fromGroup = reader.batch;
        reader.batch = null;
        if (!isStaying(reader)) {
            return;
        }
        final long nowNs = System.nanoTime();
        if (!reader.isReady()) {
            if (isPatientWith(reader, nowNs)) {
                later.add(reader);
            }
            return;
        }
        reader.waitsSinceNs = nowNs;
        final FeedBatch batch = fromGroup == null ? batch(reader) : fromGroup;
        if (batch == null) {
            readBack(reader);
            return;
        }
        reader.place = batch.endPlace();
        if (!hand(reader, batch, nowNs)) {
            return;
        }
        if (reader.place >= 0 && reader.place == front.place()) {
            front.join(reader);
        } else if (batch.count() > 0) {
            due.add(reader);
        } else {
            later.add(reader);
        }
    }

    /** Returns whether a reader goes on; one that does not is let go. */
    private boolean isStaying(final FeedReader reader) {
        if (!reader.isDone() && !feed.hasEnded() && reader.isWelcome()) {
            return true;
        }
        forget(reader);
        if (!reader.isDone()) {
            reader.onEnd(feed.hasEnded() ? FeedReader.End.STOPPED : FeedReader.End.REVOKED);
        }
        return false;
    }

    /** Who takes nothing is let go when time is up, or when what it has not taken yet leaves the window. */
    private boolean isPatientWith(final FeedReader reader, final long nowNs) {
        final long waitedNs = nowNs - reader.waitsSinceNs;
        final boolean hasLostPlace = reader.place >= 0 && !feed.window().covers(reader.position);
        if (!hasLostPlace
                && waitedNs < TimeUnit.MILLISECONDS.toNanos(feed.limits().stalledMs())) {
            return true;
        }
        feed.onDropped();
        forget(reader);
        reader.onEnd(FeedReader.End.SLOW);
        return false;
    }

    private void forget(final FeedReader reader) {
        front.leave(reader);
        readerCount--;
        feed.leave();
    }

    /** Gives a reader what there is; false: it has had enough. */
    private boolean hand(final FeedReader reader, final FeedBatch batch, final long nowNs) {
        reader.position = Math.max(reader.position, batch.position());
        if (batch.count() > 0) {
            servedInTurn++;
            reader.onEvents(batch);
        } else {
            reader.onNothing(nowNs);
        }
        if (reader.isDone()) {
            forget(reader);
            return false;
        }
        return true;
    }

    /** Returns what the window has for a reader up to the front; null: it does not reach back to where it stands. */
    private FeedBatch batch(final FeedReader reader) {
        if (front.place() < 0 || !feed.window().covers(reader.position)) {
            return null;
        }
        if (reader.position > front.position()) {
            // It was ahead of the window elsewhere: nothing that it has seen is told again.
            return FeedBatch.empty(reader.position);
        }
        if (reader.place < 0) {
            reader.place = feed.window().placeBehind(reader.position);
            if (reader.place < 0) {
                return null;
            }
        }
        final Want want = new Want(reader.filter, reader.limit, reader.place);
        FeedBatch batch = made.get(want);
        if (batch == null) {
            batch = collect(want, reader);
            if (batch != null) {
                made.put(want, batch);
            }
        }
        return batch;
    }

    private FeedBatch collect(final Want want, final FeedReader reader) {
        final FeedBatch batch = new FeedBatch(reader.position);
        long place = want.place();
        while (place < front.place()
                && batch.count() < want.limit()
                && batch.bytes() < feed.limits().batchBytes()) {
            final FeedEvent event = feed.window().at(place);
            if (event == null) {
                return null;
            }
            if (want.filter().matches(event)) {
                batch.add(event);
            }
            batch.position(event.resumeAt());
            place++;
        }
        if (place >= front.place()) {
            batch.position(Math.max(batch.position(), front.position()));
        }
        batch.endPlace(place);
        return batch;
    }

    private void readBack(final FeedReader reader) {
        reader.place = -1;
        feed.readBack(
                reader.position,
                reader.filter,
                reader.limit,
                (batch, fault) -> context.runOnContext(ignored -> onReadBack(reader, batch)));
    }

    private void onReadBack(final FeedReader reader, final FeedBatch batch) {
        reader.waitsSinceNs = System.nanoTime();
        if (batch == null || reader.isDone() || hand(reader, batch, reader.waitsSinceNs)) {
            later.add(reader);
        }
    }
}
