package io.miaojie.projection;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Writes batches to Postgres: one transaction each, statements pipelined, the position moved behind its fence in the
 * same transaction. After any failure the connection is dropped and the next call opens a new one.
 *
 * <p>Thread: its own event loop; called from the projector's.
 */
final class PostgresSink implements AutoCloseable {
    private static final int STATEMENTS_MAX = 64;

    private record Statement(String sql, Tuple parameters) {}

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private final Context context = vertx.getOrCreateContext();
    private final PgConnectOptions options;
    private final int shard;

    /** Null: none is open. Event loop only. */
    private PgConnection connection;

    PostgresSink(final PostgresAddress address, final int shard) {
        this.shard = shard;
        this.options = address.options()
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(STATEMENTS_MAX)
                .setPipeliningLimit(STATEMENTS_MAX)
                .setReconnectAttempts(0)
                .addProperty("application_name", "miaojie projector")
                .addProperty("synchronous_commit", "on")
                .addProperty("lock_timeout", "10000")
                .addProperty("idle_in_transaction_session_timeout", "60000");
    }

    /**
     * Writes a batch and moves the position from this checkpoint to its end.
     *
     * @return fails when the transaction was not seen to commit: it may have, {@link #checkpoint} tells
     */
    CompletableFuture<Void> write(final Checkpoint from, final OutcomeRows rows) {
        final List<Statement> statements = new ArrayList<>();
        statements.add(new Statement(
                Checkpoint.ADVANCE,
                Tuple.of(
                        (short) shard,
                        from.sequence(),
                        from.epoch(),
                        rows.lastSequence(),
                        rows.lastCrc(),
                        rows.lastNowNs())));
        rows.tables().forEach(table -> statements.add(new Statement(table.sql(), table.parameters(shard))));
        return onContext(opened -> transact(opened, statements));
    }

    /** Reads how far Postgres is. */
    CompletableFuture<Checkpoint> checkpoint() {
        return onContext(opened -> opened.preparedQuery(Checkpoint.READ)
                .execute(Tuple.of((short) shard))
                .map(rows -> {
                    final Row row = rows.iterator().next();
                    return new Checkpoint(row.getLong(0), row.getLong(1), row.getInteger(2));
                }));
    }

    /** Gives the connection up, and with it a transaction that does not end. */
    void drop() {
        context.runOnContext(ignored -> dropConnection());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private <T> CompletableFuture<T> onContext(final java.util.function.Function<PgConnection, Future<T>> work) {
        final CompletableFuture<T> result = new CompletableFuture<>();
        context.runOnContext(ignored -> connection().compose(work).onComplete(result::complete, failure -> {
            dropConnection();
            result.completeExceptionally(failure);
        }));
        return result;
    }

    private Future<PgConnection> connection() {
        if (connection != null) {
            return Future.succeededFuture(connection);
        }
        return PgConnection.connect(vertx, options).onSuccess(opened -> {
            connection = opened;
            opened.closeHandler(ignored -> {
                if (connection == opened) {
                    connection = null;
                }
            });
        });
    }

    private void dropConnection() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    /** Sends everything but the commit at once; the commit only after the fence has let us pass. */
    private static Future<Void> transact(final PgConnection opened, final List<Statement> statements) {
        final List<Future<RowSet<Row>>> results = new ArrayList<>();
        results.add(opened.query("begin").execute());
        for (final Statement statement : statements) {
            results.add(opened.preparedQuery(statement.sql()).execute(statement.parameters()));
        }
        final Future<RowSet<Row>> fence = results.get(1);
        return Future.all(results).compose(ignored -> {
            if (fence.result().rowCount() != 1) {
                return Future.failedFuture(
                        new ProjectionException("the position in Postgres is not where it was left"));
            }
            return opened.query("commit").execute().mapEmpty();
        });
    }
}
