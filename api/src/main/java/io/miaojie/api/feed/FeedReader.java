package io.miaojie.api.feed;

/**
 * Somebody who reads the feed: what it wants, where it is, and where its events go. The {@link FeedPump} moves it on.
 *
 * <p>Thread: its event loop.
 */
public abstract class FeedReader {
    /** Why a reader is let go. */
    public enum End {
        /** It takes its events more slowly than they come. */
        SLOW,
        /** Its key was revoked. */
        REVOKED,
        /** The server stops, or the feed has ended by a fault. */
        STOPPED
    }

    final FeedFilter filter;
    final int limit;
    long position;
    long place = -1;
    long waitsSinceNs;
    FeedBatch batch;
    boolean isAtFront;

    /**
     * Makes a reader that goes on behind a place.
     *
     * @param limit most events handed over at a time
     */
    protected FeedReader(final FeedFilter filter, final int limit, final long position) {
        this.filter = filter;
        this.limit = limit;
        this.position = position;
    }

    /** Returns the place up to which it has been served. */
    protected final long position() {
        return position;
    }

    /** Returns whether it takes events now; false: it has not taken what it was given. */
    protected abstract boolean isReady();

    /** Returns whether its key still opens the feed. */
    protected abstract boolean isWelcome();

    /** Returns whether it is gone or has had enough; the pump then forgets it. */
    protected abstract boolean isDone();

    /** Takes events; at least one. */
    protected abstract void onEvents(FeedBatch batch);

    /** Learns, once in each round, that nothing came. */
    protected abstract void onNothing(long nowNs);

    /** Is let go; the pump has forgotten it. */
    protected abstract void onEnd(End end);
}
