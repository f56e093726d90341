package io.miaojie.projection;

import io.miaojie.journal.Journal;
import io.miaojie.journal.RecordReader;
import io.miaojie.wire.RecordLayout;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Step 7 of the walk: brings the durable records of one shard to Postgres, exactly once, in a thread of its own with
 * its own reader. Postgres down or slow means lag and nothing else.
 *
 * <p>Thread: any, but start and close from one.
 */
public final class Projector implements AutoCloseable {
    private static final String KEYS = "select key_index, merchant_index from miaojie.api_key where shard = ?";

    private static final Logger LOG = LoggerFactory.getLogger(Projector.class);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(10);

    private final Journal journal;
    private final PostgresAddress address;
    private final ProjectionConfig config;
    private final ProjectionProgress progress = new ProjectionProgress();
    private List<PostgresSink> sinks;
    private ProjectionLoop loop;
    private Thread thread;

    /** @param address of a database that {@link ProjectionSchema#migrate} has brought to this version */
    public Projector(final Journal journal, final PostgresAddress address, final ProjectionConfig config) {
        this.journal = journal;
        this.address = address;
        this.config = config;
    }

    /**
     * Takes the turn from any older projector of this shard, and begins.
     *
     * @throws ProjectionException when Postgres can't be reached, is ahead of the journal, or holds another history
     */
    public void start() {
        final KeyOwners keyOwners = new KeyOwners();
        final Checkpoint from;
        try (Connection connection = address.connect()) {
            requireSameHistory(Checkpoint.read(connection, config.shard()));
            from = Checkpoint.claim(connection, config.shard());
            readKeys(connection, keyOwners);
            KindWords.write(connection, config.kinds());
        } catch (final SQLException e) {
            throw new ProjectionException("Postgres does not answer: address=" + address, e);
        }
        progress.startAt(from.sequence());
        sinks = List.of(new PostgresSink(address, config.shard(), 1), new PostgresSink(address, config.shard(), 2));
        loop = new ProjectionLoop(journal, config, sinks, progress, from, keyOwners);
        thread = new Thread(loop, "projector-" + config.shard());
        thread.start();
        LOG.info(
                "projecting: shard={} projectedSequence={} durableSequence={} epoch={}",
                config.shard(),
                from.sequence(),
                journal.durableSequence(),
                from.epoch());
    }

    /** Asks to go on at this pace. Thread: any. */
    public void pace(final Pace value) {
        loop.pace(value);
    }

    /** Returns the last sequence whose rows are in Postgres. */
    public long projectedSequence() {
        return progress.sequence();
    }

    /** Returns how many durable records are not in Postgres yet. */
    public long lagRecords() {
        return Math.max(0, journal.durableSequence() - progress.sequence());
    }

    /** Returns the journal bytes brought to Postgres since the start. */
    public long projectedBytes() {
        return progress.bytes();
    }

    /** Returns what the last attempt failed with, empty once an attempt has succeeded. */
    public Optional<Throwable> lastError() {
        return progress.lastError();
    }

    /** Tells whether nothing more will come: closed, or stopped by a broken invariant, see {@link #lastError}. */
    public boolean hasEnded() {
        return progress.hasEnded();
    }

    /**
     * Waits for a record to be in Postgres. Blocks, so never on an event loop.
     *
     * @return false when it was not there in time
     */
    public boolean awaitSequence(final long sequence, final Duration timeout) throws InterruptedException {
        return progress.await(sequence, timeout);
    }

    /** Closes as {@link #close(Duration)} does, within ten seconds. */
    @Override
    public void close() {
        close(CLOSE_MAX);
    }

    /**
     * Ends after the batch in flight, or without it after half the time; what is not projected waits in the journal.
     */
    public void close(final Duration max) {
        if (thread == null) {
            return;
        }
        loop.close();
        try {
            thread.join(Math.max(1, max.toMillis() / 2));
            thread.interrupt();
            thread.join(Math.max(1, max.toMillis() / 2));
        } catch (final InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        sinks.forEach(PostgresSink::close);
        thread = null;
    }

    /** A journal that lost its tail, or another journal altogether, must not be mixed into these rows. */
    private void requireSameHistory(final Checkpoint found) {
        final long durableSequence = journal.durableSequence();
        if (found.sequence() > durableSequence) {
            throw new ProjectionException("Postgres is ahead of the journal: postgresSequence=" + found.sequence()
                    + " durableSequence=" + durableSequence + " shard=" + config.shard() + " address=" + address
                    + ": the journal lost its tail, or is not the one that these rows come from");
        }
        if (found.sequence() == 0) {
            return;
        }
        try (RecordReader reader = journal.reader(found.sequence() - 1)) {
            if (!reader.next() || RecordLayout.crc(reader.buffer(), reader.offset()) != found.recordCrc()) {
                throw new ProjectionException("Postgres holds the rows of another journal: sequence=" + found.sequence()
                        + " shard=" + config.shard() + " address=" + address);
            }
        }
    }

    private void readKeys(final Connection connection, final KeyOwners keyOwners) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
            statement.setInt(1, config.shard());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    keyOwners.put(row.getInt(1), row.getInt(2));
                }
            }
        }
    }
}
