package io.miaojie.api.feed;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Moves the readers of one event loop on, in rounds. The loop serves writers too, so a round is cut into turns of a few
 * readers, a millisecond apart, with everything else of the loop in between, and what several readers want is made
 * once. So the share of the loop that the feed takes is bounded; the more readers there are, the longer a round takes.
 *
 * <p>Thread: its event loop.
 */
public final class FeedPump {
    /** Readers served at one go: some tenths of a millisecond. */
    private static final int TURN_READERS = 8;

    /** Between two turns. A timer, since a task that follows at once runs before the loop looks at its sockets. */
    private static final long TURN_MS = 1;

    /** Pause between two rounds: how late an event may be when readers are few. */
    private static final long PAUSE_MS = 10;

    private record Want(FeedFilter filter, int limit, long place) {}

    private final Feed feed;
    private final Context context;
    private final Map<Want, FeedBatch> made = new HashMap<>();
    private List<FeedReader> readers = new ArrayList<>();
    private List<FeedReader> kept = new ArrayList<>();
    private int next;
    private boolean isRunning;

    public FeedPump(final Feed feed, final Context context) {
        this.feed = feed;
        this.context = context;
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
        kept.add(reader);
        reader.waitsSinceNs = System.nanoTime();
        if (!isRunning) {
            isRunning = true;
            context.runOnContext(ignored -> beginRound());
        }
        return true;
    }

    private void beginRound() {
        final List<FeedReader> served = readers;
        readers = kept;
        kept = served;
        kept.clear();
        made.clear();
        next = 0;
        turn();
    }

    private void turn() {
        final int end = Math.min(next + TURN_READERS, readers.size());
        while (next < end) {
            final FeedReader reader = readers.get(next++);
            if (serve(reader)) {
                kept.add(reader);
            } else {
                feed.leave();
            }
        }
        if (next < readers.size()) {
            context.owner().setTimer(TURN_MS, ignored -> turn());
        } else if (kept.isEmpty()) {
            readers.clear();
            made.clear();
            isRunning = false;
        } else {
            context.owner().setTimer(PAUSE_MS, ignored -> beginRound());
        }
    }

    /** Serves a reader; false: it leaves. */
    private boolean serve(final FeedReader reader) {
        if (reader.isDone()) {
            return false;
        }
        if (feed.hasEnded() || !reader.isWelcome()) {
            reader.onEnd(feed.hasEnded() ? FeedReader.End.STOPPED : FeedReader.End.REVOKED);
            return false;
        }
        if (reader.isReadingBack) {
            return true;
        }
        final long nowNs = System.nanoTime();
        if (!reader.isReady()) {
            return isPatientWith(reader, nowNs);
        }
        reader.waitsSinceNs = nowNs;
        if (!feed.window().covers(reader.position)) {
            readBack(reader);
            return true;
        }
        final FeedBatch batch = batch(reader);
        if (batch == null) {
            readBack(reader);
        } else {
            hand(reader, batch, nowNs);
        }
        return true;
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
        reader.onEnd(FeedReader.End.SLOW);
        return false;
    }

    private void hand(final FeedReader reader, final FeedBatch batch, final long nowNs) {
        reader.position = Math.max(reader.position, batch.position());
        if (batch.count() > 0) {
            reader.onEvents(batch);
        } else {
            reader.onNothing(nowNs);
        }
    }

    /** Returns what the window has for a reader; null: its place was evicted. */
    private FeedBatch batch(final FeedReader reader) {
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
            if (batch == null) {
                reader.place = -1;
                return null;
            }
            made.put(want, batch);
        }
        reader.place = batch.endPlace();
        return batch;
    }

    private FeedBatch collect(final Want want, final FeedReader reader) {
        final FeedWindow window = feed.window();
        // In this order: what was scanned before the end was read is before the end.
        final long scanned = window.scannedPosition();
        final long end = window.endPlace();
        final FeedBatch batch = new FeedBatch(reader.position);
        long place = want.place();
        while (place < end
                && batch.count() < want.limit()
                && batch.bytes() < feed.limits().batchBytes()) {
            final FeedEvent event = window.at(place);
            if (event == null) {
                return null;
            }
            if (want.filter().matches(event)) {
                batch.add(event);
            }
            batch.position(event.resumeAt());
            place++;
        }
        if (place >= end) {
            batch.position(Math.max(batch.position(), scanned));
        }
        batch.endPlace(place);
        return batch;
    }

    private void readBack(final FeedReader reader) {
        reader.isReadingBack = true;
        reader.place = -1;
        feed.readBack(
                reader.position,
                reader.filter,
                reader.limit,
                (batch, fault) -> context.runOnContext(ignored -> onReadBack(reader, batch)));
    }

    private void onReadBack(final FeedReader reader, final FeedBatch batch) {
        reader.isReadingBack = false;
        reader.waitsSinceNs = System.nanoTime();
        if (batch != null && !reader.isDone()) {
            hand(reader, batch, reader.waitsSinceNs);
        }
    }
}
