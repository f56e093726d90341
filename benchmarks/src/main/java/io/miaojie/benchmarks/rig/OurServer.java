package io.miaojie.benchmarks.rig;

import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.benchmarks.Setting;
import io.miaojie.projection.EmbeddedPostgres;
import io.miaojie.projection.PostgresAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;

/**
 * Ours: payments over HTTP, one a request, each forced to disk before it is answered.
 *
 * <pre>
 *   client (one thread)                server (a process of its own)                     Postgres
 *   64 connections -----------------&gt;  event loop, ring, settlement, journal -----------&gt; rows
 *   |&lt;== window: until the last answer ==&gt;|&lt;== rest: until Postgres has all, if it runs ==&gt;|
 * </pre>
 */
public final class OurServer implements Contender {
    private final Setting setting;
    private final Plan plan;
    private final ServedShop served;
    private final SocketLoad load;
    private final Path postgresDirectory;
    private EmbeddedPostgres postgres;
    private boolean hasPostgres = true;
    private int sentBeforeStop;

    private OurServer(
            final Setting setting, final Plan plan, final EmbeddedPostgres postgres, final Path postgresDirectory)
            throws IOException, InterruptedException {
        this.setting = setting;
        this.plan = plan;
        this.postgres = postgres;
        this.postgresDirectory = postgresDirectory;
        final Rewards rewards = new Rewards(setting.scale().httpMembers(), Rewards.PAYMENT_DEPTH);
        final String[] more = postgres == null ? new String[0] : new String[] {"--postgres-uri", uri(postgres)};
        served = ServedShop.start(setting, rewards, rewards::parent, rewards::buyer, more);
        load = served.single(done -> {});
    }

    /** Starts one that is sent to as fast as it answers. */
    public static OurServer saturated(final Setting setting) throws IOException, InterruptedException {
        return new OurServer(setting, null, null, null);
    }

    /** Starts one that is sent to by the plan of the setting. */
    public static OurServer planned(final Setting setting) throws IOException, InterruptedException {
        return new OurServer(setting, Plan.of(setting), null, null);
    }

    /** Starts one that is sent to by the plan of the setting; its Postgres is stopped once it is warm. */
    public static OurServer withPostgresStopped(final Setting setting) throws IOException, InterruptedException {
        final Path directory = Files.createTempDirectory("miaojie-bench-");
        final EmbeddedPostgres postgres = EmbeddedPostgres.start(directory);
        try {
            return new OurServer(setting, Plan.of(setting), postgres, directory);
        } catch (final RuntimeException | IOException | InterruptedException e) {
            postgres.close();
            IoUtil.delete(directory.toFile(), true);
            throw e;
        }
    }

    @Override
    public void warmUp() throws IOException {
        served.warmUp(load, 1, setting);
        if (plan != null) {
            load.overload(plan);
        }
        if (postgres != null) {
            served.shop().awaitProjected();
            postgres.close();
            postgres = null;
            hasPostgres = false;
            sentBeforeStop = load.sent();
        }
    }

    @Override
    public Measured window() throws IOException {
        final long journalBytes = served.shop().journalBytes();
        final long cpuNs = served.cpuNs();
        final SocketLoad.Result result =
                plan == null ? load.saturate(setting.durationNs(), Integer.MAX_VALUE / 2) : load.follow(plan);
        return new Measured()
                .with(Measured.PER_S, result.perSecond())
                .with("server_cpu_ns", (double) (served.cpuNs() - cpuNs) / result.answered())
                .with("journal_bytes", (double) (served.shop().journalBytes() - journalBytes) / result.answered())
                .with("latency", result.latencyNs());
    }

    @Override
    public void rest() {
        if (hasPostgres) {
            served.shop().awaitProjected();
        }
    }

    @Override
    public long cpuNs() {
        return served.cpuNs() + served.postgresCpuNs();
    }

    @Override
    public void check() {
        served.check(load.sent());
        final long sentSince = load.sent() - sentBeforeStop;
        if (!hasPostgres && served.shop().lagRecords() < sentSince) {
            throw new IllegalStateException(
                    "Postgres was not stopped: lag=" + served.shop().lagRecords() + " sent=" + sentSince);
        }
    }

    @Override
    public void close() {
        CloseHelper.closeAll(load, served, postgres);
        if (postgresDirectory != null) {
            IoUtil.delete(postgresDirectory.toFile(), true);
        }
    }

    private static String uri(final EmbeddedPostgres postgres) {
        final PostgresAddress address = postgres.address();
        return "postgres://" + address.user() + ":" + address.password() + "@" + address.host() + ":" + address.port()
                + "/" + address.database();
    }
}
