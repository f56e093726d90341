package io.miaojie.benchmarks.baseline;

import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.benchmarks.Scale;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.Subject;
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
import org.agrona.IoUtil;

/**
 * The two bare HTTP servers under the load of the rig: the same payments, client and connections.
 *
 * @param isForced whether it is {@link ForcedServer} at a planned rate, or {@link EchoServer} as fast as it answers
 */
public record ServerLoad(boolean isForced) implements Subject {
    private static final String PAID_AT = "2026-11-01T00:00:00Z";
    private static final String KEY = "mj_of_the_length_of_a_key_0123456789abcdef";
    private static final int RECORD_BYTES = 207;
    private static final long FILE_BYTES = 1L << 30;
    private static final long TINY_FILE_BYTES = 1L << 22;

    @Override
    public Measured measure(final Setting setting) throws IOException, InterruptedException {
        final Path directory = Files.createTempDirectory("miaojie-bench-");
        final Rewards rewards = new Rewards(setting.scale().httpMembers(), Rewards.PAYMENT_DEPTH);
        try (ServerProcess server = start(setting, directory)) {
            final URI uri = server.awaitReady();
            final InetSocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort());
            try (SocketLoad load = ServedShop.single(address, KEY, PAID_AT, rewards::buyer, done -> {})) {
                WarmUp.run(load, server, setting.warmUpNs(), Integer.MAX_VALUE / 2, () -> {});
                final SocketLoad.Result result = isForced
                        ? load.followWarm(Plan.even(setting.number("rate_per_s", 100), setting.seconds()), () -> {})
                        : load.saturate(setting.durationNs(), Integer.MAX_VALUE / 2);
                return new Measured().with(Measured.PER_S, result.perSecond()).with("latency", result.latencyNs());
            }
        } finally {
            IoUtil.delete(directory.toFile(), true);
        }
    }

    private ServerProcess start(final Setting setting, final Path directory) throws IOException {
        if (!isForced) {
            return ServerProcess.startBaseline(EchoServer.class);
        }
        final long fileBytes = setting.scale() == Scale.TINY ? TINY_FILE_BYTES : FILE_BYTES;
        return ServerProcess.startBaseline(
                ForcedServer.class,
                directory.resolve("records").toString(),
                Integer.toString(setting.number("record_bytes", RECORD_BYTES)),
                Long.toString(fileBytes));
    }
}
