package io.miaojie.api.edge;

import io.miaojie.api.feed.FeedLimits;

/**
 * The bounds of one event loop, and of the feed that the loops share: every limit of the api, in one place.
 *
 * @param waitingMax callers that wait at a time; each keeps its command
 * @param bodyBytesMax bytes of a single request's body
 * @param lineBytesMax bytes of one line of NDJSON
 * @param unreadBytesMax bytes of answers that a bulk client has not read yet, before its connection is paused
 * @param http of connections
 * @param feed of streams and polls
 * @param guesses of wrong keys
 */
public record EdgeLimits(
        int waitingMax,
        int bodyBytesMax,
        int lineBytesMax,
        int unreadBytesMax,
        HttpLimits http,
        FeedLimits feed,
        GuessLimits guesses) {
    public static EdgeLimits defaults() {
        return new EdgeLimits(
                65_536,
                1024 * 1024,
                64 * 1024,
                8 * 1024 * 1024,
                HttpLimits.defaults(),
                FeedLimits.defaults(),
                GuessLimits.defaults());
    }

    public EdgeLimits withWaiting(final int value) {
        return new EdgeLimits(value, bodyBytesMax, lineBytesMax, unreadBytesMax, http, feed, guesses);
    }

    public EdgeLimits withHttp(final HttpLimits value) {
        return new EdgeLimits(waitingMax, bodyBytesMax, lineBytesMax, unreadBytesMax, value, feed, guesses);
    }

    public EdgeLimits withFeed(final FeedLimits value) {
        return new EdgeLimits(waitingMax, bodyBytesMax, lineBytesMax, unreadBytesMax, http, value, guesses);
    }

    public EdgeLimits withGuesses(final GuessLimits value) {
        return new EdgeLimits(waitingMax, bodyBytesMax, lineBytesMax, unreadBytesMax, http, feed, value);
    }
}
