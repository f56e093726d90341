package io.miaojie.projection;

import java.util.concurrent.CompletableFuture;

/** A sink, and the batch that it brings to Postgres. Thread: the projector's. */
final class Flight {
    private final PostgresSink sink;
    private OutcomeRows rows;
    private Checkpoint from;
    private CompletableFuture<Void> answer;

    /** Makes one that has landed, with rows that are empty. */
    Flight(final PostgresSink sink, final OutcomeRows rows) {
        this.sink = sink;
        this.rows = rows;
    }

    /**
     * Takes a batch that begins behind this checkpoint.
     *
     * @return the rows of the batch before, which has landed: empty
     */
    OutcomeRows load(final OutcomeRows batch, final Checkpoint batchFrom) {
        final OutcomeRows empty = rows;
        rows = batch;
        from = batchFrom;
        return empty;
    }

    /** Writes the batch, for the first time or again, behind the one before. */
    void depart(final CompletableFuture<Void> before) {
        answer = sink.write(from, rows, before);
    }

    /** Empties the rows, which are in Postgres. */
    void land() {
        rows.clear();
    }

    PostgresSink sink() {
        return sink;
    }

    OutcomeRows rows() {
        return rows;
    }

    /** Returns where Postgres is behind it. */
    Checkpoint end() {
        return from.after(rows);
    }

    /** Returns what is done when the batch has landed. */
    CompletableFuture<Void> answer() {
        return answer;
    }
}
