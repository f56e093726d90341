package io.miaojie.journal;

import io.miaojie.settlement.Core;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots while the node runs, without stopping it: a second core is brought from the newest snapshot to the
 * durable end of the journal and saved. Costs the memory of a second state while it lasts.
 *
 * <p>Errors: what can't be written, or finds no memory, is said and tried again a minute later, and the live core goes
 * on. A second core that comes to another outcome, or throws, is a broken invariant: {@code onBroken} hears of it.
 *
 * <p>Thread: one of its own.
 */
public final class Snapshotter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshotter.class);
    private static final long LOOK_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long RETRY_INTERVAL_NS = TimeUnit.MINUTES.toNanos(1);

    private final Supplier<Core> cores;
    private final SnapshotStore snapshots;
    private final LongFunction<RecordReader> readers;
    private final LongSupplier durableSequence;
    private final long intervalRecords;
    private final Consumer<Throwable> onBroken;
    private final Thread thread = new Thread(this::run, "snapshotter");
    private volatile boolean isClosed;
    private volatile long lastSequence;

    /**
     * Takes one whenever {@code intervalRecords} have become durable since the newest.
     *
     * @param cores makes a fresh core
     * @param onBroken hears, once, that the journal and the rules no longer agree: no snapshot is taken after that
     */
    public Snapshotter(
            final Supplier<Core> cores,
            final SnapshotStore snapshots,
            final Journal journal,
            final long intervalRecords,
            final Consumer<Throwable> onBroken) {
        this.cores = cores;
        this.snapshots = snapshots;
        this.readers = journal::reader;
        this.durableSequence = journal::durableSequence;
        this.intervalRecords = intervalRecords;
        this.onBroken = onBroken;
        this.lastSequence = snapshots.newest().map(Snapshot::sequence).orElse(0L);
    }

    /** Starts looking, every second. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!isClosed) {
            LockSupport.parkNanos(look());
        }
    }

    /** Takes a snapshot if one is due, and returns how long to wait before the next look, nanoseconds. */
    long look() {
        try {
            takeIfDue();
            return LOOK_INTERVAL_NS;
        } catch (final VirtualMachineError | SnapshotException e) {
            LOG.error("no snapshot was taken, it is tried again in a minute: lastSequence={}", lastSequence, e);
        } catch (final Throwable e) {
            LOG.error("no snapshot can be taken any more: lastSequence={}", lastSequence, e);
            if (!isClosed) {
                isClosed = true;
                onBroken.accept(e);
            }
        }
        return RETRY_INTERVAL_NS;
    }

    /** Takes a snapshot if enough records have come since the newest; returns whether it did. */
    public synchronized boolean takeIfDue() {
        final long durable = durableSequence.getAsLong();
        if (durable - lastSequence < intervalRecords) {
            return false;
        }
        final Core core = cores.get();
        final Optional<Snapshot> newest = snapshots.newest();
        final Recovery recovery = Replay.run(core, newest, readers, () -> isClosed ? 0 : durable);
        if (isClosed) {
            return false;
        }
        snapshots.write(core, recovery.lastSequence(), recovery.lastCrc(), recovery.lastNowNs(), () -> !isClosed);
        lastSequence = recovery.lastSequence();
        LOG.info("snapshot taken: sequence={} replayed={}", lastSequence, recovery.replayedCount());
        return true;
    }

    /** Returns the sequence of the newest snapshot. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Stops; a snapshot under way is given up. */
    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
