package io.miaojie.node.report;

import io.miaojie.node.report.ReportException.Reason;
import io.miaojie.projection.PostgresAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Reports out of the views of schema bi and the table of the audit, over a few connections of their own: never the
 * projector's. Each list and its sequence are read by one statement, so they belong to one another.
 *
 * <p>Thread: any; its own event loop inside.
 */
public final class PostgresReports implements Reports, AutoCloseable {
    private static final int CONNECTIONS_MAX = 4;
    private static final int QUEUE_MAX = 1_000;
    private static final int CONNECT_MAX_S = 5;
    private static final long LAG_MAX_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long LOOK_MS = 5;

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private final Pool pool;
    private final short shard;
    private final LongSupplier projectedSequence;

    /**
     * Opens nothing yet: connections come with the first report.
     *
     * @param projectedSequence tells the last sequence whose rows are in Postgres
     */
    public PostgresReports(final PostgresAddress address, final int shard, final LongSupplier projectedSequence) {
        this.shard = (short) shard;
        this.projectedSequence = projectedSequence;
        final PgConnectOptions options = address.options()
                .setCachePreparedStatements(true)
                .setReconnectAttempts(0)
                .addProperty("application_name", "miaojie reports")
                .addProperty("default_transaction_read_only", "on")
                .addProperty("statement_timeout", "10000");
        this.pool = PgBuilder.pool()
                .with(new PoolOptions()
                        .setMaxSize(CONNECTIONS_MAX)
                        .setMaxWaitQueueSize(QUEUE_MAX)
                        .setConnectionTimeout(CONNECT_MAX_S)
                        .setConnectionTimeoutUnit(TimeUnit.SECONDS))
                .connectingTo(options)
                .using(vertx)
                .build();
    }

    @Override
    public CompletionStage<Page<PoolEntry>> poolEntries(
            final int merchantIndex, final String memberId, final String currency, final Window window) {
        return stage(await(window)
                .compose(ignored -> member(merchantIndex, memberId))
                .compose(member -> page(Listings.POOL_ENTRIES, window, member, currency)));
    }

    @Override
    public CompletionStage<Page<OrderEvent>> orderTimeline(final int orderIndex, final Window window) {
        return stage(await(window).compose(ignored -> page(Listings.ORDER_TIMELINE, window, orderIndex)));
    }

    @Override
    public CompletionStage<Page<RefundOrderEntry>> refundOrders(
            final int merchantIndex, final String state, final Window window) {
        return stage(await(window).compose(ignored -> page(Listings.REFUND_ORDERS, window, merchantIndex, state)));
    }

    @Override
    public CompletionStage<Page<Discrepancy>> discrepancies(
            final int merchantIndex, final String code, final Window window) {
        return stage(await(window).compose(ignored -> page(Listings.DISCREPANCIES, window, merchantIndex, code)));
    }

    @Override
    public CompletionStage<Page<WithdrawalEntry>> withdrawals(
            final int merchantIndex, final String state, final Window window) {
        return stage(await(window).compose(ignored -> page(Listings.WITHDRAWALS, window, merchantIndex, state)));
    }

    @Override
    public CompletionStage<Page<PayoutTermsEntry>> payoutTerms(
            final int merchantIndex, final String currency, final Window window) {
        return stage(await(window).compose(ignored -> page(Listings.PAYOUT_TERMS, window, merchantIndex, currency)));
    }

    @Override
    public CompletionStage<Page<InstanceEntry>> instances(
            final int merchantIndex,
            final String campaignId,
            final String state,
            final String memberId,
            final Window window) {
        return stage(await(window)
                .compose(ignored -> page(Listings.INSTANCES, window, merchantIndex, campaignId, state, memberId)));
    }

    @Override
    public CompletionStage<Page<AuditEntry>> audit(final Integer merchantIndex, final Window window) {
        return stage(await(window).compose(ignored -> page(Listings.AUDIT, window, merchantIndex)));
    }

    @Override
    public CompletionStage<Page<DemandEntry>> demand(
            final int merchantIndex, final String campaignId, final Window window) {
        return stage(await(window).compose(ignored -> page(Listings.DEMAND, window, merchantIndex, campaignId)));
    }

    @Override
    public CompletionStage<Page<Referral>> referrals(
            final int merchantIndex, final String referrerId, final Window window) {
        return stage(await(window)
                .compose(ignored -> member(merchantIndex, referrerId))
                .compose(member -> page(Listings.REFERRALS, window, member)));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Waits for the record that the window asks for; looks now and then, for waiting is rare. */
    private Future<Void> await(final Window window) {
        final Promise<Void> reached = Promise.promise();
        look(window.minSequence(), System.nanoTime() + LAG_MAX_NS, reached);
        return reached.future();
    }

    private void look(final long minSequence, final long deadlineNs, final Promise<Void> reached) {
        if (projectedSequence.getAsLong() >= minSequence) {
            reached.complete();
        } else if (System.nanoTime() - deadlineNs >= 0) {
            reached.fail(new ReportException(
                    Reason.PROJECTION_LAGGING,
                    "Postgres is behind: projectedSequence=" + projectedSequence.getAsLong() + " minSequence="
                            + minSequence,
                    null));
        } else {
            vertx.setTimer(LOOK_MS, ignored -> look(minSequence, deadlineNs, reached));
        }
    }

    /** Returns the index of a member, -1: there is none. */
    private Future<Integer> member(final int merchantIndex, final String memberId) {
        return pool.preparedQuery(Listings.MEMBER)
                .execute(Tuple.of(shard, merchantIndex, memberId))
                .map(rows -> rows.size() == 0 ? -1 : rows.iterator().next().getInteger(0));
    }

    private <T> Future<Page<T>> page(final Listing<T> listing, final Window window, final Object... filters) {
        final Tuple parameters = Tuple.of(shard);
        for (final Object filter : filters) {
            parameters.addValue(filter);
        }
        final Position after = window.after() == null ? listing.start(window.isNewestFirst()) : window.after();
        parameters.addLong(after.sequence()).addLong(after.place()).addInteger(window.limit() + 1);
        return pool.preparedQuery(listing.sql(window.isNewestFirst()))
                .execute(parameters)
                .map(rows -> page(listing, window.limit(), rows));
    }

    private static <T> Page<T> page(final Listing<T> listing, final int limit, final RowSet<Row> rows) {
        final List<T> entries = new ArrayList<>();
        long asOfSequence = 0;
        Position last = null;
        boolean hasMore = false;
        for (final Row row : rows) {
            asOfSequence = row.getLong("as_of_sequence");
            if (entries.size() == limit) {
                hasMore = true;
            } else if (row.getLong("sequence") != null) {
                last = new Position(row.getLong("sequence"), row.getLong(Listing.PLACE));
                entries.add(listing.entry(last, row));
            }
        }
        return new Page<>(asOfSequence, entries, hasMore ? last : null);
    }

    private static <T> CompletionStage<T> stage(final Future<T> future) {
        return future.recover(error -> Future.failedFuture(
                        error instanceof ReportException
                                ? error
                                : new ReportException(
                                        Reason.POSTGRES_UNAVAILABLE, "Postgres does not answer: " + error, error)))
                .toCompletionStage();
    }
}
