package io.miaojie.benchmarks.rig;

import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.benchmarks.Scale;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.Subject;
import java.io.IOException;
import java.util.function.IntUnaryOperator;

/**
 * How many payments a second the program takes over HTTP in bulk, each forced to disk before it is answered.
 *
 * <pre>
 *   client (one thread)                       server (a process of its own)        Postgres
 *   1 connection, blocks of lines ---------&gt;  event loop, ring, settlement, journal --&gt; rows
 *   |&lt;== burst: for so long, until the last answer ==&gt;|&lt;== drain: until Postgres has all ==&gt;|
 * </pre>
 *
 * @param hasHotPool whether one buyer makes all payments
 */
public record Throughput(boolean hasHotPool) implements Subject {
    private static final int LINES = 2_000;
    private static final int TINY_LINES = 50;

    @Override
    public Measured measure(final Setting setting) throws IOException, InterruptedException {
        final Rewards rewards = new Rewards(setting.scale().httpMembers(), Rewards.PAYMENT_DEPTH);
        final IntUnaryOperator buyers = hasHotPool ? payment -> rewards.buyer(0) : rewards::buyer;
        final int lines = setting.scale() == Scale.TINY ? TINY_LINES : LINES;
        try (ServedShop served = ServedShop.start(setting, rewards, rewards::parent, buyers);
                SocketLoad load = served.bulk(lines, done -> {})) {
            served.warmUp(load, lines, setting);
            final long journalBytes = served.shop().journalBytes();
            final long cpuNs = served.cpuNs();
            final SocketLoad.Result result = load.saturate(setting.durationNs(), Integer.MAX_VALUE / 2);
            final long endNs = System.nanoTime();
            final double payments = (double) result.answered() * lines;
            final Measured measured = new Measured()
                    .with(Measured.PER_S, payments * 1e9 / result.elapsedNs())
                    .with("lag_records", served.shop().lagRecords())
                    .with("server_cpu_ns", (served.cpuNs() - cpuNs) / payments);
            served.shop().awaitProjected();
            final double drainNs = System.nanoTime() - endNs;
            served.check(load.sent() * lines);
            return measured.with("drain_s", drainNs / 1e9)
                    .with("sustained_per_s", payments * 1e9 / (result.elapsedNs() + drainNs))
                    .with("journal_bytes", (served.shop().journalBytes() - journalBytes) / payments)
                    .with("latency", result.latencyNs());
        }
    }
}
