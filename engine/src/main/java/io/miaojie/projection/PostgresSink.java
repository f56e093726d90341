package io.miaojie.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Writes batches to Postgres, one transaction each, on a connection of its own. After any failure the connection is
 * dropped and the next call opens a new one.
 *
 * <pre>
 *   one sink        add rows | move position | change rows | commit
 *   the other            add rows ............ | move position | change rows | commit
 * </pre>
 *
 * <p>Rows that are only added need nothing of the batch before, so they are written while it is under way. The rest
 * begins when that has committed, with the fence: no row is seen before the position is moved from where it was left.
 *
 * <p>Thread: its own, which waits for Postgres; called from the projector's.
 */
final class PostgresSink implements AutoCloseable {
    private static final String NAME = "miaojie projector";
    private static final String SETTINGS =
            "-c synchronous_commit=on -c lock_timeout=10000" + " -c idle_in_transaction_session_timeout=60000";

    /** Works in Postgres. */
    private interface Work<T> {
        T done() throws SQLException;
    }

    private final PostgresAddress address;
    private final int shard;
    private final ExecutorService thread;

    /** Null: none is open. Opened by the sink's thread, ended by any. */
    private volatile Connection connection;

    private RowConnection rows;

    /**
     * Makes a sink that opens its connection when it is needed.
     *
     * @param number tells the sinks of a shard apart
     */
    PostgresSink(final PostgresAddress address, final int shard, final int number) {
        this.address = address;
        this.shard = shard;
        this.thread = Executors.newSingleThreadExecutor(work -> {
            final Thread made = new Thread(work, "projector-" + shard + "-postgres-" + number);
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * Writes a batch and moves the position from this checkpoint to its end.
     *
     * @param before the batch that ends at the checkpoint, done when it has committed
     * @return fails when the transaction was not seen to commit: it may have, {@link #checkpoint} tells
     */
    CompletableFuture<Void> write(
            final Checkpoint from, final OutcomeRows batch, final CompletableFuture<Void> before) {
        return inPostgres(() -> {
            final List<TableRows> tables = batch.tables();
            rows.add(tables);
            await(before);
            advance(from, batch);
            rows.change(tables);
            connection.commit();
            return null;
        });
    }

    /** Reads how far Postgres is. */
    CompletableFuture<Checkpoint> checkpoint() {
        return inPostgres(() -> {
            final Checkpoint found = Checkpoint.find(connection, shard);
            connection.commit();
            return found;
        });
    }

    /** Gives the connection up, and with it a transaction that does not end. Thread: any. */
    void drop() {
        final Connection dropped = connection;
        if (dropped != null) {
            abort(dropped);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        drop();
    }

    private void advance(final Checkpoint from, final OutcomeRows batch) throws SQLException {
        if (!from.advance(connection, shard, batch)) {
            throw new ProjectionException("the position in Postgres is not where it was left");
        }
    }

    /** Waits for the batch before, as long as it takes; the loop gives it up when that is too long. */
    private static void await(final CompletableFuture<Void> before) {
        try {
            before.get();
        } catch (final ExecutionException e) {
            throw new CompletionException("the batch before has failed", e.getCause());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProjectionException("the projector was closed", e);
        }
    }

    private <T> CompletableFuture<T> inPostgres(final Work<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        open();
                        return work.done();
                    } catch (final SQLException e) {
                        end();
                        throw new CompletionException(e);
                    } catch (final RuntimeException e) {
                        end();
                        throw e;
                    }
                },
                thread);
    }

    private void open() throws SQLException {
        if (connection == null) {
            connection = address.connect(NAME, SETTINGS);
            rows = RowConnection.of(connection);
        }
        if (thread.isShutdown()) {
            throw new ProjectionException("the projector was closed");
        }
    }

    private void end() {
        drop();
        connection = null;
    }

    /** Closes the socket, whatever is under way: a transaction that has not been committed is rolled back. */
    private static void abort(final Connection dropped) {
        try {
            dropped.abort(Runnable::run);
        } catch (final SQLException e) {
            throw new ProjectionException("a connection to Postgres can't be given up", e);
        }
    }
}
