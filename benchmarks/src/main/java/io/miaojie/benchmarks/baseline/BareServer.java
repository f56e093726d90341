package io.miaojie.benchmarks.baseline;

import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.benchmarks.Scale;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.rig.Contender;
import io.miaojie.benchmarks.rig.Plan;
import io.miaojie.benchmarks.rig.ServedShop;
import io.miaojie.benchmarks.rig.ServerProcess;
import io.miaojie.benchmarks.rig.SocketLoad;
import io.miaojie.benchmarks.rig.WarmUp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;

/** The two bare HTTP servers under the load of the rig: the same payments, client and connections. */
public final class BareServer implements Contender {
    private static final String PAID_AT = "2026-11-01T00:00:00Z";
    private static final String KEY = "mj_of_the_length_of_a_key_0123456789abcdef";
    private static final int RECORD_BYTES = 207;
    private static final long FILE_BYTES = 1L << 30;
    private static final long TINY_FILE_BYTES = 1L << 22;

    private final Setting setting;
    private final Plan plan;
    private final Path directory;
    private final ServerProcess server;
    private final SocketLoad load;

    private BareServer(final Setting setting, final Plan plan) throws IOException, InterruptedException {
        this.setting = setting;
        this.plan = plan;
        directory = Files.createTempDirectory("miaojie-bench-");
        server = plan == null ? ServerProcess.startBaseline(EchoServer.class) : forced(setting, directory);
        final URI uri = server.awaitReady();
        final Rewards rewards = new Rewards(setting.scale().httpMembers(), Rewards.PAYMENT_DEPTH);
        final InetSocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort());
        load = ServedShop.single(address, KEY, PAID_AT, rewards::buyer, done -> {});
    }

    /** Starts {@link EchoServer}, which is sent to as fast as it answers. */
    public static BareServer echo(final Setting setting) throws IOException, InterruptedException {
        return new BareServer(setting, null);
    }

    /** Starts {@link ForcedServer}, which is sent to by the plan of the setting. */
    public static BareServer forced(final Setting setting) throws IOException, InterruptedException {
        return new BareServer(setting, Plan.of(setting));
    }

    private static ServerProcess forced(final Setting setting, final Path directory) throws IOException {
        final long fileBytes = setting.scale() == Scale.TINY ? TINY_FILE_BYTES : FILE_BYTES;
        return ServerProcess.startBaseline(
                ForcedServer.class,
                directory.resolve("records").toString(),
                Integer.toString(setting.number("record_bytes", RECORD_BYTES)),
                Long.toString(fileBytes));
    }

    @Override
    public void warmUp() throws IOException {
        WarmUp.run(load, server, setting.warmUpNs(), Integer.MAX_VALUE / 2, () -> {});
        if (plan != null) {
            load.overload(plan);
        }
    }

    @Override
    public Measured window() throws IOException {
        final long cpuNs = server.cpuNs();
        final SocketLoad.Result result =
                plan == null ? load.saturate(setting.durationNs(), Integer.MAX_VALUE / 2) : load.follow(plan);
        return new Measured()
                .with(Measured.PER_S, result.perSecond())
                .with("server_cpu_ns", (double) (server.cpuNs() - cpuNs) / result.answered())
                .with("latency", result.latencyNs());
    }

    @Override
    public long cpuNs() {
        return server.cpuNs();
    }

    @Override
    public void close() {
        CloseHelper.closeAll(load, server);
        IoUtil.delete(directory.toFile(), true);
    }
}
