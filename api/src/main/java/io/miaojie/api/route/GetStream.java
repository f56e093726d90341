package io.miaojie.api.route;

import io.miaojie.api.edge.Edge;
import io.miaojie.api.feed.Feed;
import io.miaojie.api.feed.FeedBatch;
import io.miaojie.api.feed.FeedFilter;
import io.miaojie.api.feed.FeedPosition;
import io.miaojie.api.feed.FeedReader;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;

/**
 * The feed as server-sent events. Each id is where a client goes on that lost its connection; so is the id that comes,
 * without an event, with each heartbeat.
 */
final class GetStream implements Endpoint {
    private static final int BATCH_EVENTS = 1_000;
    private static final int RETRY_MS = 1_000;

    /** What is still under way to a reader that was let go has so long to arrive. */
    private static final long GRACE_MS = 5_000;

    private final Edge edge;

    GetStream(final Edge edge) {
        this.edge = edge;
    }

    @Override
    public void handle(final Exchange exchange) {
        final FeedFilter filter = FeedQuery.filter(exchange);
        final Feed feed = edge.feed();
        final long sent = after(exchange);
        final boolean isHeld = feed.holds(sent);
        final long start = isHeld ? sent : sent < feed.oldestPosition() ? feed.oldestPosition() : feed.newestPosition();
        final Stream stream = new Stream(exchange, filter, start);
        if (!edge.feedPump().add(stream)) {
            throw new BadInput(EdgeCode.FEED_FULL, null, "as many streams and polls as there may be");
        }
        stream.begin(isHeld);
    }

    /** The header of a reconnecting client stands over the parameter, which its address still carries. */
    private long after(final Exchange exchange) {
        final String lastEventId = exchange.request().getHeader("Last-Event-ID");
        if (lastEventId == null || lastEventId.isEmpty()) {
            return FeedQuery.after(exchange, edge.feed().newestPosition());
        }
        final long position = FeedPosition.parseEventId(lastEventId, edge.feed().shard());
        if (position < 0) {
            throw new BadInput(
                    EdgeCode.PARAMETER_INVALID,
                    "Last-Event-ID",
                    "<shard>-<sequence> of shard " + edge.feed().shard() + ", as an event carried it");
        }
        return position;
    }

    /** One stream: written to as long as its client reads. */
    private final class Stream extends FeedReader {
        private final HttpServerResponse response;
        private final Exchange exchange;
        private final long heartbeatNs;
        private long writtenNs = System.nanoTime();

        private Stream(final Exchange exchange, final FeedFilter filter, final long start) {
            super(filter, BATCH_EVENTS, start);
            this.exchange = exchange;
            response = exchange.request().response();
            heartbeatNs = TimeUnit.MILLISECONDS.toNanos(edge.feed().limits().heartbeatMs());
        }

        private void begin(final boolean isHeld) {
            edge.meters().onResponse(200);
            response.setChunked(true)
                    .setWriteQueueMaxSize(edge.feed().limits().batchBytes())
                    .putHeader("Content-Type", "text/event-stream")
                    .putHeader("Cache-Control", "no-store")
                    .putHeader("X-Accel-Buffering", "no")
                    .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE); // which ends the stream: nobody sends more
            write("retry: " + RETRY_MS + "\n" + mark() + (isHeld ? "\n" : reset("gone")));
        }

        @Override
        protected boolean isReady() {
            return !response.writeQueueFull();
        }

        @Override
        protected boolean isWelcome() {
            return !edge.directory().isKeyRevoked(exchange.key().index());
        }

        @Override
        protected boolean isDone() {
            return exchange.isClosed();
        }

        @Override
        protected void onEvents(final FeedBatch batch) {
            writtenNs = System.nanoTime();
            response.write(batch.stream(edge.feed().shard()));
        }

        @Override
        protected void onNothing(final long nowNs) {
            if (nowNs - writtenNs >= heartbeatNs) {
                write(mark() + "\n");
            }
        }

        @Override
        protected void onEnd(final End end) {
            if (end == End.SLOW) {
                write(reset("slow"));
            }
            response.end();
            edge.context().owner().setTimer(GRACE_MS, ignored -> exchange.request()
                    .connection()
                    .close());
        }

        private void write(final String text) {
            writtenNs = System.nanoTime();
            response.write(text);
        }

        private String mark() {
            return "id: " + FeedPosition.eventId(edge.feed().shard(), position()) + "\n";
        }

        private String reset(final String reason) {
            final String resumeAt = FeedPosition.eventId(edge.feed().shard(), position());
            return "event: reset\ndata: {\"reason\":\"" + reason + "\",\"resume_at\":\"" + resumeAt + "\"}\n\n";
        }
    }
}
