package io.miaojie.benchmarks.rig;

import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.benchmarks.Scale;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.Subject;
import java.io.IOException;
import java.util.function.IntUnaryOperator;

/**
 * How many payments a second the program takes over HTTP, each forced to disk before it is answered.
 *
 * <pre>
 *   client (one thread)                       server (a process of its own)        Postgres
 *   64 connections, one payment each ------&gt;  event loop, ring, settlement, journal --&gt; rows
 *   or 1 connection, blocks of lines
 *   |&lt;== burst: for so long, until the last answer ==&gt;|&lt;== drain: until Postgres has all ==&gt;|
 * </pre>
 *
 * @param lines payments in one request; 0: single payments
 * @param hasHotPool whether one buyer makes all payments
 */
public record Throughput(int lines, boolean hasHotPool) implements Subject {
    /** Payments in one request of a bulk load. */
    public static final int BULK_LINES = 2_000;

    private static final int TINY_LINES = 50;

    @Override
    public Measured measure(final Setting setting) throws IOException, InterruptedException {
        final Rewards rewards = new Rewards(setting.scale().httpMembers(), Rewards.PAYMENT_DEPTH);
        final IntUnaryOperator buyers = hasHotPool ? payment -> rewards.buyer(0) : rewards::buyer;
        final int perRequest = lines == 0 ? 1 : Math.min(lines, setting.scale() == Scale.TINY ? TINY_LINES : lines);
        try (ServedShop served = ServedShop.start(setting, rewards, rewards::parent, buyers);
                SocketLoad load = lines == 0 ? served.single(done -> {}) : served.bulk(perRequest, done -> {})) {
            served.warmUp(load, perRequest, setting);
            final long journalBytes = served.shop().journalBytes();
            final long cpuNs = served.cpuNs();
            final SocketLoad.Result result = load.saturate(setting.durationNs(), Integer.MAX_VALUE / 2);
            final long endNs = System.nanoTime();
            final double payments = (double) result.answered() * perRequest;
            final Measured measured = new Measured()
                    .with(Measured.PER_S, payments * 1e9 / result.elapsedNs())
                    .with("lag_records", served.shop().lagRecords())
                    .with("server_cpu_ns", (served.cpuNs() - cpuNs) / payments);
            served.shop().awaitProjected();
            final double drainNs = System.nanoTime() - endNs;
            served.check(load.sent() * perRequest);
            return measured.with("drain_s", drainNs / 1e9)
                    .with("sustained_per_s", payments * 1e9 / (result.elapsedNs() + drainNs))
                    .with("journal_bytes", (served.shop().journalBytes() - journalBytes) / payments)
                    .with("latency", result.latencyNs());
        }
    }
}
