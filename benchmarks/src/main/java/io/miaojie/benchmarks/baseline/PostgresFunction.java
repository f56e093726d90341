package io.miaojie.benchmarks.baseline;

import io.miaojie.benchmarks.Draws;
import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.rig.Contender;
import io.miaojie.benchmarks.rig.ProcessorTime;
import io.miaojie.projection.EmbeddedPostgres;
import io.miaojie.projection.PostgresAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.agrona.IoUtil;

/**
 * One Postgres transaction for each payment, through one call of a function: id, order, three grants, three pools,
 * forced at commit ({@code fsync} and {@code synchronous_commit} on). Leaves out HTTP, and budgets of campaigns: a row
 * that each payment changed would make them wait for each other.
 *
 * <p>Over fewer connections than the others when it is the embedded Postgres, which takes 50.
 */
public final class PostgresFunction implements Contender {
    private static final int CONNECTIONS = 45;
    private static final String SCHEMA = "postgres-function.sql";

    private final Setting setting;
    private final Path directory;
    private final EmbeddedPostgres embedded;
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    private final PgConnection first;
    private final List<Session> sessions = new ArrayList<>();
    private final Load load;

    /** Starts the embedded one, or connects to that of {@code postgres_uri}, whose schema bench is dropped. */
    public PostgresFunction(final Setting setting) throws IOException {
        this.setting = setting;
        final String uri = setting.text("postgres_uri", "");
        directory = Files.createTempDirectory("miaojie-bench-");
        embedded = uri.isEmpty() ? EmbeddedPostgres.start(directory) : null;
        final PostgresAddress address = uri.isEmpty() ? embedded.address() : PostgresAddress.parse(uri);
        load = new Load(new Rewards(setting.scale().httpMembers(), Rewards.PAYMENT_DEPTH));
        first = PgConnection.connect(vertx, address.options()).await();
        first.query(schema()).execute().await();
        for (int i = 0; i < CONNECTIONS; i++) {
            final PgConnection connection =
                    PgConnection.connect(vertx, address.options()).await();
            sessions.add(new Session(
                    connection
                            .prepare("select bench.settle($1,$2,$3,$4,$5,$6,$7,$8)")
                            .await(),
                    load));
        }
    }

    @Override
    public void warmUp() {
        load.run(vertx, sessions, setting.warmUpNs());
    }

    @Override
    public Measured window() {
        final int before = load.answered;
        final long startNs = System.nanoTime();
        final Histogram latencyNs = load.run(vertx, sessions, setting.durationNs());
        final long elapsedNs = System.nanoTime() - startNs;
        return new Measured()
                .with(Measured.PER_S, (load.answered - before) * 1e9 / elapsedNs)
                .with("latency", latencyNs);
    }

    @Override
    public long cpuNs() {
        return ProcessorTime.ofPostgresNs(directory.resolve("data"));
    }

    @Override
    public void check() {
        load.check(first.query("select sum(spendable)::bigint, (select count(*) from bench.grants) from bench.pools")
                .execute()
                .await());
    }

    @Override
    public void close() {
        vertx.close().await();
        if (embedded != null) {
            embedded.close();
        }
        IoUtil.delete(directory.toFile(), true);
    }

    private static String schema() throws IOException {
        try (InputStream in = PostgresFunction.class.getResourceAsStream(SCHEMA)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What all connections send together. Thread: one event loop. */
    private static final class Load {
        private final Rewards rewards;
        private int sent;
        private int answered;
        private long grantedMinor;
        private long untilNs;
        private Histogram latencyNs;

        Load(final Rewards rewards) {
            this.rewards = rewards;
        }

        Histogram run(final Vertx vertx, final List<Session> sessions, final long durationNs) {
            latencyNs = new Histogram(TimeUnit.MINUTES.toNanos(2), 3);
            untilNs = System.nanoTime() + durationNs;
            Future.all(sessions.stream()
                            .map(session -> Future.<Void>future(end ->
                                    vertx.runOnContext(now -> session.next().onComplete(end))))
                            .toList())
                    .await();
            return latencyNs;
        }

        Tuple payment() {
            final int payment = sent++;
            final int buyer = rewards.buyer(payment);
            final long amount = Draws.amountMinor(payment);
            final Tuple tuple = Tuple.of("p-%08d".formatted(payment), "o-%08d".formatted(payment), amount);
            for (int grant = 0; grant < rewards.grants(); grant++) {
                grantedMinor += rewards.rewardMinor(grant, amount);
            }
            final int parent = rewards.parent(buyer);
            return tuple.addString(Rewards.memberId(buyer))
                    .addString(Rewards.memberId(parent))
                    .addString(Rewards.memberId(rewards.parent(parent)))
                    .addLong(amount)
                    .addString("{\"lines\":[{\"line_id\":\"1\",\"sku\":\"sku-17\"}]}");
        }

        void check(final RowSet<Row> found) {
            final Row row = found.iterator().next();
            if (row.getLong(0) != grantedMinor || row.getLong(1) != (long) sent * rewards.grants()) {
                throw new IllegalStateException(
                        "wrong result: expected=" + grantedMinor + " actual=" + row.getLong(0) + " sent=" + sent);
            }
        }
    }

    /** One connection: the next payment when the one before was answered. */
    private record Session(PreparedStatement statement, Load load) {
        Future<Void> next() {
            if (System.nanoTime() - load.untilNs >= 0) {
                return Future.succeededFuture();
            }
            final long sentNs = System.nanoTime();
            return statement.query().execute(load.payment()).compose(done -> {
                load.latencyNs.recordValue(System.nanoTime() - sentNs);
                load.answered++;
                return next();
            });
        }
    }
}
