package io.miaojie.api.route;

import io.miaojie.api.edge.Edge;
import io.miaojie.api.feed.FeedBatch;
import io.miaojie.api.feed.FeedFilter;
import io.miaojie.api.feed.FeedPosition;
import io.miaojie.api.feed.FeedReader;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import java.util.concurrent.TimeUnit;

/** The pull feed: the events behind a place, or those that come within a while. */
final class GetOutcomes implements Endpoint {
    private static final int LIMIT_MAX = 1_000;
    private static final int WAIT_MAX_S = 60;
    private static final int WAIT_S = 20;

    private final Edge edge;

    GetOutcomes(final Edge edge) {
        this.edge = edge;
    }

    @Override
    public void handle(final Exchange exchange) {
        final FeedFilter filter = FeedQuery.filter(exchange);
        final long after = FeedQuery.after(exchange, edge.feed().oldestPosition());
        final int limit = (int) exchange.parameter("limit", 1, LIMIT_MAX, LIMIT_MAX);
        final long waitS = exchange.parameter("wait_s", 0, WAIT_MAX_S, WAIT_S);
        if (!edge.feed().holds(after)) {
            throw new BadInput(
                    EdgeCode.POSITION_GONE,
                    "after",
                    "kept: " + FeedPosition.cursor(edge.feed().oldestPosition()) + " to "
                            + FeedPosition.cursor(edge.feed().newestPosition()));
        }
        if (!edge.feedPump().add(new Poll(exchange, filter, limit, after, waitS))) {
            throw new BadInput(EdgeCode.FEED_FULL, null, "as many streams and polls as there may be");
        }
    }

    /** One poll: answered with the first events, or empty when its time is up. */
    private final class Poll extends FeedReader {
        private final Exchange exchange;
        private final long mustSee;
        private final long deadlineNs;
        private boolean isAnswered;

        private Poll(
                final Exchange exchange, final FeedFilter filter, final int limit, final long after, final long waitS) {
            super(filter, limit, after);
            this.exchange = exchange;
            mustSee = edge.feed().newestPosition();
            deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(waitS);
        }

        @Override
        protected boolean isReady() {
            return true;
        }

        @Override
        protected boolean isWelcome() {
            return !edge.directory().isKeyRevoked(exchange.key().index());
        }

        @Override
        protected boolean isDone() {
            return isAnswered || exchange.isClosed();
        }

        @Override
        protected void onEvents(final FeedBatch batch) {
            isAnswered = true;
            exchange.done(batch.answer());
        }

        /** Time is not up before everything was looked at that had been decided when the poll came. */
        @Override
        protected void onNothing(final long nowNs) {
            if (nowNs - deadlineNs >= 0 && position() >= mustSee) {
                onEnd(End.STOPPED);
            }
        }

        @Override
        protected void onEnd(final End end) {
            isAnswered = true;
            if (end == End.REVOKED) {
                exchange.refuse(new BadInput(EdgeCode.KEY_INVALID, null, "this key is revoked"));
            } else {
                exchange.done(FeedBatch.empty(position()).answer());
            }
        }
    }
}
