package io.miaojie.projection;

import io.miaojie.journal.Journal;
import io.miaojie.journal.RecordReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The projector's thread: fills one batch from the journal while Postgres takes those before.
 *
 * <pre>
 *   journal -> filling   (decode)         projector thread
 *               | swap
 *              under way -> Postgres      threads of the sinks, a transaction each, in the order of the journal
 * </pre>
 *
 * An operating fault (Postgres gone, slow, restarted) is retried for ever with growing pauses. A broken invariant (an
 * unknown record, a damaged journal, another projector) ends the loop.
 */
final class ProjectionLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectionLoop.class);
    private static final long IDLE_FIRST_MS = 1;
    private static final long IDLE_MOST_MS = 16;
    private static final CompletableFuture<Void> NOTHING_BEFORE = CompletableFuture.completedFuture(null);

    private final Journal journal;
    private final ProjectionConfig config;
    private final ProjectionProgress progress;
    private final Deque<Flight> landed = new ArrayDeque<>();

    /** Oldest first. */
    private final Deque<Flight> underWay = new ArrayDeque<>();

    private OutcomeRows filling;

    /** Where Postgres is, but for the batches under way. */
    private Checkpoint from;

    private long idleMs = IDLE_FIRST_MS;
    private long departedNs = System.nanoTime();
    private boolean isClosing;
    private volatile Pace pace = Pace.FULL;

    ProjectionLoop(
            final Journal journal,
            final ProjectionConfig config,
            final List<PostgresSink> sinks,
            final ProjectionProgress progress,
            final Checkpoint from,
            final KeyOwners keyOwners) {
        this.journal = journal;
        this.config = config;
        this.progress = progress;
        this.from = from;
        this.filling = new OutcomeRows(keyOwners, config.kinds());
        for (final PostgresSink sink : sinks) {
            landed.add(new Flight(sink, new OutcomeRows(keyOwners, config.kinds())));
        }
    }

    @Override
    public void run() {
        try (RecordReader reader = journal.reader(from.sequence())) {
            while (!isClosing()) {
                step(reader);
            }
            landAll();
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

    /** Ends the loop once the batches under way have landed, or one has failed. */
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
            landAll();
            pause(IDLE_MOST_MS);
            return;
        }
        final int before = filling.recordCount();
        while (hasRoom() && reader.next()) {
            filling.add(reader.buffer(), reader.offset());
        }
        final boolean isIdle = filling.recordCount() == before;
        if (filling.recordCount() > 0 && (!hasRoom() || hasLingered())) {
            if (!landed.isEmpty() || land()) {
                depart();
            }
            if (pace.rests() > 0) {
                rest();
            }
        } else if (isIdle && !underWay.isEmpty()) {
            land();
        } else if (isIdle) {
            pause(idleMs);
        }
        idleMs = isIdle ? Math.min(2 * idleMs, IDLE_MOST_MS) : IDLE_FIRST_MS;
    }

    /** Nothing is filled while batches land, and nothing lands while nothing is filled. */
    private void rest() throws InterruptedException {
        landAll();
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
        final Flight before = underWay.peekLast();
        final Checkpoint end = before == null ? from : before.end();
        if (filling.firstSequence() != end.sequence() + 1) {
            throw new ProjectionException("the journal does not go on where Postgres is: projectedSequence="
                    + end.sequence() + " nextSequence=" + filling.firstSequence());
        }
        final Flight next = landed.remove();
        filling = next.load(filling, end);
        departedNs = System.nanoTime();
        next.depart(before == null ? NOTHING_BEFORE : before.answer());
        underWay.add(next);
    }

    private void landAll() throws InterruptedException {
        while (!underWay.isEmpty() && land()) {
            // the oldest first
        }
    }

    /** Waits until the oldest batch under way is in Postgres; false: it is not, and the loop is to end. */
    private boolean land() throws InterruptedException {
        final Flight oldest = underWay.peek();
        long retryMs = config.retry().firstMs();
        boolean hasLanded = hasLanded(oldest);
        while (!hasLanded) {
            if (isClosing()) {
                return false;
            }
            pause(retryMs);
            retryMs = Math.min(2 * retryMs, config.retry().mostMs());
            hasLanded = hasLandedAfterAll(oldest);
        }
        from = oldest.end();
        progress.reached(oldest.rows());
        oldest.land();
        landed.add(underWay.remove());
        return true;
    }

    private boolean hasLanded(final Flight oldest) throws InterruptedException {
        try {
            answer(oldest.answer());
            return true;
        } catch (final ExecutionException | TimeoutException e) {
            failed(e);
            return false;
        }
    }

    /**
     * Looks where Postgres is: the answer to a commit may be lost while the commit is not. If it is, writes all that is
     * under way again, and waits for the oldest.
     */
    private boolean hasLandedAfterAll(final Flight oldest) throws InterruptedException {
        final Checkpoint found;
        try {
            found = answer(oldest.sink().checkpoint());
        } catch (final ExecutionException | TimeoutException e) {
            failed(e);
            return false;
        }
        if (found.epoch() != from.epoch()) {
            throw new ProjectionException("another projector has taken over: shard=" + config.shard() + " epoch="
                    + from.epoch() + " foundEpoch=" + found.epoch());
        }
        if (found.sequence() == oldest.rows().lastSequence()) {
            return true;
        }
        if (found.sequence() != from.sequence()) {
            throw new ProjectionException("the position in Postgres was moved: projectedSequence=" + from.sequence()
                    + " foundSequence=" + found.sequence());
        }
        CompletableFuture<Void> before = NOTHING_BEFORE;
        for (final Flight flight : underWay) {
            flight.depart(before);
            before = flight.answer();
        }
        return hasLanded(oldest);
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
        underWay.forEach(flight -> flight.sink().drop());
    }
}
