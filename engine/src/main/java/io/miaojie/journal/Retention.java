package io.miaojie.journal;

import io.miaojie.wire.RecordLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.IoUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the journal from growing for ever: whole cycles whose last record is old enough go to the archive.
 *
 * <pre>
 *   cycle 1 | cycle 2 | cycle 3 | ...                      | cycle 9
 *             goes when  older than it is kept             never: it is being written
 *                        at or before the older of two snapshots, which recovery may need
 *                        projected
 *   1 its records to the archive   2 the mark, forced   3 readers turn to the archive   4 at the next look: its files
 * </pre>
 *
 * <p>Each step can be begun again after a crash at any place. Age is engine time, against the newest record: a shard
 * that takes nothing keeps what it has.
 *
 * <p>Thread: one of its own.
 */
public final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final long LOOK_INTERVAL_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int BLOCK_BYTES = 1 << 20;

    private final ChronicleJournal journal;
    private final RecordArchive archive;
    private final SnapshotStore snapshots;
    private final LongSupplier projectedSequence;
    private final long keptNs;
    private final Thread thread = new Thread(this::run, "miaojie-retention");
    private final ExpandableArrayBuffer block = new ExpandableArrayBuffer(BLOCK_BYTES);
    private volatile boolean isClosed;

    /**
     * Makes the retention of a journal.
     *
     * @param projectedSequence the last record whose rows are in Postgres
     * @param keptNs a cycle stays until its last record is older
     */
    public Retention(
            final ChronicleJournal journal,
            final RecordArchive archive,
            final SnapshotStore snapshots,
            final LongSupplier projectedSequence,
            final long keptNs) {
        this.journal = journal;
        this.archive = archive;
        this.snapshots = snapshots;
        this.projectedSequence = projectedSequence;
        this.keptNs = keptNs;
    }

    /** Starts looking, every minute. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!isClosed) {
            try {
                look();
            } catch (final IOException | RuntimeException e) {
                LOG.error("the journal keeps what is old, it is tried again in a minute", e);
            }
            LockSupport.parkNanos(LOOK_INTERVAL_NS);
        }
    }

    /**
     * Removes what was let go of at the look before, then lets go of what is old enough.
     *
     * @return the oldest record that the journal still keeps
     */
    public synchronized long look() throws IOException {
        final CycleList cycles = journal.cycles();
        if (journal.oldestSequence() > 1) {
            removeFiles(cycles.cycleOf(journal.oldestSequence()).number());
        }
        for (Cycle next = cycles.after(journal.oldestSequence());
                next != null && !isClosed && isOld(next.firstSequence() - 1);
                next = cycles.after(journal.oldestSequence())) {
            final long last = next.firstSequence() - 1;
            archive(last);
            if (archive.lastSequence() < last) {
                return journal.oldestSequence();
            }
            journal.letGo(new ArchiveMark(last, next.prevCrc()));
            LOG.info("archived: lastSequence={}", last);
        }
        return journal.oldestSequence();
    }

    private boolean isOld(final long lastSequence) {
        return lastSequence <= Math.min(snapshots.olderSequence(), projectedSequence.getAsLong())
                && nowNs(journal.durableSequence()) - nowNs(lastSequence) > keptNs;
    }

    private long nowNs(final long sequence) {
        try (RecordReader reader = journal.reader(sequence - 1)) {
            if (!reader.next()) {
                throw new JournalException("a durable record can't be read: sequence=" + sequence);
            }
            return RecordLayout.nowNs(reader.buffer(), reader.offset());
        }
    }

    /** Hands over everything up to this record that the archive does not hold yet. */
    private void archive(final long lastSequence) {
        long sequence = archive.lastSequence();
        try (RecordReader reader = journal.reader(sequence)) {
            while (sequence < lastSequence && !isClosed) {
                final long first = sequence + 1;
                int length = 0;
                while (sequence < lastSequence && length < BLOCK_BYTES && reader.next()) {
                    final int recordLength = RecordLayout.length(reader.buffer(), reader.offset());
                    block.putBytes(length, reader.buffer(), reader.offset(), recordLength);
                    length += recordLength;
                    sequence++;
                }
                final byte[] records = new byte[length];
                block.getBytes(0, records);
                archive.append(first, sequence, records);
            }
        }
    }

    private void removeFiles(final int firstKept) throws IOException {
        for (final int number :
                CycleDirectories.list(journal.directory()).headMap(firstKept).keySet()) {
            final Path directory = CycleDirectories.of(journal.directory(), number);
            IoUtil.delete(directory.toFile(), false);
            LOG.info("removed: {}", directory);
        }
    }

    /** Stops after the block under way. */
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
