package io.miaojie.benchmarks.rig;

import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;

/**
 * Latency of durable payments over HTTP on a planned clock, each from its planned moment. A run whose planned rate was
 * not reached has failed.
 *
 * @param lines payments in one request; 0: single payments
 */
public record OpenLoop(Workload workload, int lines) implements Subject {
    /** Who pays, and when. */
    public enum Workload {
        /** Evenly drawn buyers at an even rate. */
        UNIFORM,
        /** One buyer at an even rate. */
        HOT_POOL,
        /** Evenly drawn buyers, the rate as recorded when a sale opened. */
        SPIKE,
        /** Members brought by each other as recorded in share cascades, at an even rate. */
        CASCADES
    }

    @Override
    public Measured measure(final Setting setting) throws IOException, InterruptedException {
        final Rewards rewards = new Rewards(setting.scale().httpMembers(), Rewards.PAYMENT_DEPTH);
        final IntUnaryOperator buyers = workload == Workload.HOT_POOL ? payment -> rewards.buyer(0) : rewards::buyer;
        try (ServedShop served = ServedShop.start(setting, rewards, parents(setting, rewards), buyers);
                Progress progress = setting.number("progress", 0) == 1 ? Progress.shown("requests") : Progress.none();
                SocketLoad load = lines == 0 ? served.single(progress) : served.bulk(lines, progress)) {
            served.warmUp(load, 1, setting);
            final SocketLoad.Result result = load.followWarm(plan(setting), served.shop()::awaitProjected);
            served.check(load.sent() * Math.max(1, lines));
            return new Measured()
                    .with(Measured.PER_S, result.perSecond() * Math.max(1, lines))
                    .with("latency", result.latencyNs());
        }
    }

    private IntUnaryOperator parents(final Setting setting, final Rewards rewards) throws IOException {
        if (workload != Workload.CASCADES) {
            return rewards::parent;
        }
        final int[] recorded = Shapes.cascades(data(setting), rewards.members());
        return member -> recorded[member];
    }

    private Plan plan(final Setting setting) throws IOException {
        final int perSecond = Math.max(1, setting.number("rate_per_s", 100) / Math.max(1, lines));
        final int seconds = setting.seconds();
        return workload == Workload.SPIKE
                ? Plan.shaped(Shapes.spike(data(setting)), perSecond, seconds)
                : Plan.even(perSecond, seconds);
    }

    private static Path data(final Setting setting) {
        final String data = setting.text("data", "");
        if (data.isEmpty()) {
            throw new IllegalArgumentException("recorded shapes need --data, or MIAOJIE_TEST_DATA");
        }
        return Path.of(data);
    }
}
