package io.miaojie.projection;

import io.miaojie.journal.Journal;
import io.miaojie.journal.RecordReader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The projector's thread: fills one batch from the journal while Postgres takes the one before.
 *
 * <pre>
 *   journal -> filling   (decode)        projector thread
 *               | swap
 *              flying    -> Postgres     thread of the sink, at most one transaction
 * </pre>
 *
 * An operating fault (Postgres gone, slow, restarted) is retried for ever with growing pauses. A broken invariant (an
 * unknown record, a damaged journal, another projector) ends the loop.
 */
final class ProjectionLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectionLoop.class);
    private static final long IDLE_FIRST_MS = 1;
    private static final long IDLE_MOST_MS = 16;

    private final Journal journal;
    private final ProjectionConfig config;
    private final PostgresSink sink;
    private final ProjectionProgress progress;
    private OutcomeRows filling;
    private OutcomeRows flying;

    /** Where Postgres is, but for the batch in flight. */
    private Checkpoint from;

    /** Null: no batch is in flight. */
    private CompletableFuture<Void> flight;

    private long idleMs = IDLE_FIRST_MS;
    private long departedNs = System.nanoTime();
    private boolean isClosing;
    private volatile Pace pace = Pace.FULL;

    ProjectionLoop(
            final Journal journal,
            final ProjectionConfig config,
            final PostgresSink sink,
            final ProjectionProgress progress,
            final Checkpoint from,
            final KeyOwners keyOwners) {
        this.journal = journal;
        this.config = config;
        this.sink = sink;
        this.progress = progress;
        this.from = from;
        this.filling = new OutcomeRows(keyOwners, config.kinds());
        this.flying = new OutcomeRows(keyOwners, config.kinds());
    }

    @Override
    public void run() {
        try (RecordReader reader = journal.reader(from.sequence())) {
            while (!isClosing()) {
                step(reader);
            }
            land();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final RuntimeException e) {
            LOG.error("the projection has stopped: projectedSequence={}", progress.sequence(), e);
            progress.failed(e);
        } finally {
            progress.ended();
        }
    }

    /** Goes on at this pace. Thread: any. */
    void pace(final Pace value) {
        pace = value;
    }

    /** Ends the loop once the batch in flight has landed or failed. */
    synchronized void close() {
        isClosing = true;
        notifyAll();
    }

    private synchronized boolean isClosing() {
        return isClosing;
    }

    /** Waits, or until the loop is to end. */
    private synchronized void pause(final long pauseMs) throws InterruptedException {
        if (!isClosing) {
            wait(pauseMs);
        }
    }

    private void step(final RecordReader reader) throws InterruptedException {
        if (pace == Pace.NONE) {
            pause(IDLE_MOST_MS);
            return;
        }
        final int before = filling.recordCount();
        while (hasRoom() && reader.next()) {
            filling.add(reader.buffer(), reader.offset());
        }
        final boolean isIdle = filling.recordCount() == before;
        if (filling.recordCount() > 0 && (!hasRoom() || hasLingered())) {
            land();
            depart();
            if (pace.rests() > 0) {
                rest();
            }
        } else if (isIdle && flight != null) {
            land();
        } else if (isIdle) {
            pause(idleMs);
        }
        idleMs = isIdle ? Math.min(2 * idleMs, IDLE_MOST_MS) : IDLE_FIRST_MS;
    }

    /** Nothing is filled while the batch lands, and nothing lands while nothing is filled. */
    private void rest() throws InterruptedException {
        land();
        final long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - departedNs);
        pause(Math.max(1, pace.rests() * tookMs));
    }

    private boolean hasRoom() {
        return filling.recordCount() < config.batch().recordsMax()
                && filling.bytes() < config.batch().bytesMax() / pace.parts();
    }

    private boolean hasLingered() {
        return System.nanoTime() - departedNs
                >= TimeUnit.MILLISECONDS.toNanos(config.batch().lingerMs());
    }

    private void depart() {
        if (flight != null) {
            return;
        }
        if (filling.firstSequence() != from.sequence() + 1) {
            throw new ProjectionException("the journal does not go on where Postgres is: projectedSequence="
                    + from.sequence() + " nextSequence=" + filling.firstSequence());
        }
        final OutcomeRows full = filling;
        filling = flying;
        flying = full;
        departedNs = System.nanoTime();
        flight = sink.write(from, flying);
    }

    /** Waits until the batch in flight is in Postgres; gives up only when the loop is to end. */
    private void land() throws InterruptedException {
        long retryMs = config.retry().firstMs();
        while (flight != null) {
            if (hasLanded() || hasLandedAfterAll()) {
                from = from.after(flying);
                progress.reached(flying);
                flying.clear();
                flight = null;
            } else if (isClosing()) {
                return;
            } else {
                pause(retryMs);
                retryMs = Math.min(2 * retryMs, config.retry().mostMs());
            }
        }
    }

    private boolean hasLanded() throws InterruptedException {
        try {
            answer(flight);
            return true;
        } catch (final ExecutionException | TimeoutException e) {
            failed(e);
            return false;
        }
    }

    /** Looks where Postgres is: the answer to a commit may be lost while the commit is not. If it is, writes again. */
    private boolean hasLandedAfterAll() throws InterruptedException {
        final Checkpoint found;
        try {
            found = answer(sink.checkpoint());
        } catch (final ExecutionException | TimeoutException e) {
            failed(e);
            return false;
        }
        if (found.epoch() != from.epoch()) {
            throw new ProjectionException("another projector has taken over: shard=" + config.shard() + " epoch="
                    + from.epoch() + " foundEpoch=" + found.epoch());
        }
        if (found.sequence() == flying.lastSequence()) {
            return true;
        }
        if (found.sequence() != from.sequence()) {
            throw new ProjectionException("the position in Postgres was moved: projectedSequence=" + from.sequence()
                    + " foundSequence=" + found.sequence());
        }
        flight = sink.write(from, flying);
        return false;
    }

    private <T> T answer(final CompletableFuture<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(config.retry().answerMaxMs(), TimeUnit.MILLISECONDS);
    }

    private void failed(final Exception e) {
        final Throwable error = e instanceof ExecutionException ? e.getCause() : e;
        LOG.warn(
                "Postgres does not take rows, trying again: projectedSequence={} error={}",
                from.sequence(),
                error.toString());
        progress.failed(error);
        sink.drop();
    }
}
