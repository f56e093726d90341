package io.miaojie.benchmarks.rig;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Iterator;

/**
 * Sends blocks on one connection, so many at a time that the server never waits for the next one. A block is sent once:
 * a refused line is a failed run. Thread: one event loop.
 */
final class Lane {
    /** What the summaries of a lane came to. */
    record Sum(long done, long lastSequence) {
        Sum plus(final JsonObject summary) {
            final long lines = summary.getLong("lines");
            final long fresh = summary.getLong("done") - summary.getLong("repeated");
            if (fresh != lines) {
                throw new IllegalStateException("not every payment was taken: " + summary.encode());
            }
            return new Sum(done + fresh, Math.max(lastSequence, summary.getLong("last_sequence")));
        }

        Sum plus(final Sum other) {
            return new Sum(done + other.done, Math.max(lastSequence, other.lastSequence));
        }
    }

    private final Api api;
    private final Iterator<Buffer> blocks;
    private final int underWayMax;
    private final Promise<Sum> end = Promise.promise();
    private Sum sum = new Sum(0, 0);
    private int underWay;

    /**
     * Makes a lane.
     *
     * @param underWayMax blocks sent ahead of their answers
     */
    Lane(final Api api, final Iterator<Buffer> blocks, final int underWayMax) {
        this.api = api;
        this.blocks = blocks;
        this.underWayMax = underWayMax;
    }

    /** Sends as many blocks as may be under way, and the rest as answers arrive. */
    Future<Sum> send() {
        while (underWay < underWayMax && blocks.hasNext()) {
            underWay++;
            api.ingest(blocks.next()).onComplete(this::onAnswer);
        }
        if (underWay == 0) {
            end.tryComplete(sum);
        }
        return end.future();
    }

    private void onAnswer(final AsyncResult<JsonObject> answer) {
        underWay--;
        if (answer.failed()) {
            end.tryFail(answer.cause());
            return;
        }
        try {
            sum = sum.plus(answer.result());
            send();
        } catch (final RuntimeException e) {
            end.tryFail(e);
        }
    }
}
