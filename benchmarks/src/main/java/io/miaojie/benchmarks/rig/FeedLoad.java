package io.miaojie.benchmarks.rig;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.agrona.IoUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What readers of the feed cost writers: the same payments on the same planned clock, without readers and with many, in
 * turns, against one server.
 *
 * <pre>
 *   payments on a planned clock  |--------|--------|--------|--------|   latency from the planned moment
 *   readers (half streams)            0      1,000      0      1,000
 *   compared                          p99 of a turn with readers to that of the turn without right before it
 * </pre>
 *
 * <p>The figure is the median of these ratios, told with the least and the most. Both sorts of turn are warmed up,
 * until the compilers of all programs rest: they share the machine with what is measured. A turn counts only when each
 * reader of everything has seen its last payment. Server, writers and readers share the machine, each in a process of
 * its own; the processor time of server and readers is told beside.
 */
@Command(
        name = "feed-load",
        mixinStandardHelpOptions = true,
        description = "Measure what readers of the feed cost writers, on loopback.")
public final class FeedLoad implements Callable<Integer> {
    private static final long CAUGHT_UP_S = 30;
    private static final int WARM_UP_PAIRS = 2;
    private static final int WARM_UP_FACTOR = 5;
    private static final int SETTLING_S = 2;
    private static final double MICROS = 1_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--readers", defaultValue = "1000", description = "Half streams, half polls (${DEFAULT-VALUE}).")
    private int readerCount;

    @Option(
            names = "--whole",
            defaultValue = "100",
            description = "Readers of everything; each other follows a member (default: ${DEFAULT-VALUE}).")
    private int wholeCount;

    @Option(names = "--rate", defaultValue = "200", description = "Payments a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--turn-s", defaultValue = "20", description = "Seconds of a turn (default: ${DEFAULT-VALUE}).")
    private int turnS;

    @Option(
            names = "--warm-up-s",
            defaultValue = "15",
            description = "Seconds of each of four turns before, at five times the rate (default: ${DEFAULT-VALUE}).")
    private int warmUpS;

    @Option(names = "--turns", defaultValue = "3", description = "Turns of each sort (default: ${DEFAULT-VALUE}).")
    private int turns;

    @Mixin
    private ServerProgram program;

    @Option(names = "--json", description = "Where the report goes as JSON too.")
    private Path json;

    private final Cpu alone = new Cpu();
    private final Cpu observed = new Cpu();
    private ServerProcess server;
    private ReadersProcess readers;
    private long receivedBytes;

    /** Processor time taken in turns of one sort. */
    private static final class Cpu {
        private long serverNs;
        private long readersNs;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Path directory = Files.createTempDirectory("miaojie-bench-");
        final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try (ServerProcess started = program.start(directory)) {
            server = started;
            final JsonObject report = run(vertx, started.awaitReady());
            if (json != null) {
                Files.writeString(json, report.encodePrettily() + "\n");
            }
            final PrintWriter out = spec.commandLine().getOut();
            report.forEach(entry -> out.printf("%-26s %s%n", entry.getKey(), entry.getValue()));
            out.flush();
            return 0;
        } finally {
            vertx.close().await();
            IoUtil.delete(directory.toFile(), true);
        }
    }

    private JsonObject run(final Vertx vertx, final URI address) throws IOException {
        final String key = Shop.open(vertx, address, ServerProcess.ADMIN_KEY, "bench");
        final Histogram without = new Histogram(3);
        final Histogram with = new Histogram(3);
        final JsonArray p99 = new JsonArray();
        final double[] ratios = new double[turns];
        try (Api api = new Api(vertx, address, key);
                PlannedPayments payments = new PlannedPayments(vertx, address, key);
                ReadersProcess started = ReadersProcess.start(address, key, readerCount, wholeCount)) {
            readers = started;
            for (int i = 0; i < WARM_UP_PAIRS; i++) {
                payments.send(WARM_UP_FACTOR * rate, warmUpS);
                withReaders(api, () -> payments.send(WARM_UP_FACTOR * rate, warmUpS));
            }
            receivedBytes = 0;
            for (int i = 0; i < turns; i++) {
                final Histogram less = turn(payments, alone);
                final Histogram more = withReaders(api, () -> turn(payments, observed));
                without.add(less);
                with.add(more);
                p99.add(new JsonArray().add(ms(less, 99)).add(ms(more, 99)));
                ratios[i] = ms(more, 99) / ms(less, 99);
            }
            if (Metrics.read(api).droppedReaders() > 0) {
                throw new IllegalStateException("readers were dropped");
            }
        }
        Arrays.sort(ratios);
        return report(without, with, p99, ratios);
    }

    /** What opening and closing the readers leaves behind is over when a turn begins to count. */
    private Histogram turn(final PlannedPayments payments, final Cpu cpu) {
        payments.send(rate, SETTLING_S);
        final long serverNs = server.cpuNs();
        final long readersNs = readers.cpuNs();
        final Histogram latencyUs = payments.send(rate, turnS);
        cpu.serverNs += server.cpuNs() - serverNs;
        cpu.readersNs += readers.cpuNs() - readersNs;
        return latencyUs;
    }

    private Histogram withReaders(final Api api, final Supplier<Histogram> payments) throws IOException {
        readers.open(Metrics.read(api).durableSequence());
        await("readers", () -> Metrics.read(api).feedReaders() == readerCount);
        final Histogram latencyUs = payments.get();
        final long last = Metrics.read(api).durableSequence();
        await("caught up", () -> seenByAll() >= last);
        receivedBytes += readers.shut();
        await("gone", () -> Metrics.read(api).feedReaders() == 0);
        return latencyUs;
    }

    private long seenByAll() {
        try {
            return readers.seenByAll();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonObject report(
            final Histogram without, final Histogram with, final JsonArray p99, final double[] sortedRatios) {
        return new JsonObject()
                .put("bench", "feed-load")
                .put("readers", readerCount)
                .put("readers_of_everything", wholeCount)
                .put("payments_per_s", rate)
                .put("turns_of_each_sort", turns)
                .put("turn_s", turnS)
                .put("read_mb_per_s", receivedBytes / 1_000_000 / ((long) turns * turnS))
                .put("server_cpu_percent_without", cpuPercent(alone.serverNs))
                .put("server_cpu_percent_with", cpuPercent(observed.serverNs))
                .put("readers_cpu_percent", cpuPercent(observed.readersNs))
                .put("p50_ms_without", ms(without, 50))
                .put("p50_ms_with", ms(with, 50))
                .put("p99_ms_without", ms(without, 99))
                .put("p99_ms_with", ms(with, 99))
                .put("p99_9_ms_without", ms(without, 99.9))
                .put("p99_9_ms_with", ms(with, 99.9))
                .put("p99_change_percent_all_turns", percent(ms(with, 99) / ms(without, 99)))
                .put("p99_change_percent_median", percent(median(sortedRatios)))
                .put("p99_change_percent_least", percent(sortedRatios[0]))
                .put("p99_change_percent_most", percent(sortedRatios[sortedRatios.length - 1]))
                .put("p99_ms_turn_by_turn", p99)
                .put("machine", Machine.describe());
    }

    /** Of one processor. */
    private double cpuPercent(final long ns) {
        return Math.round(1_000.0 * ns / TimeUnit.SECONDS.toNanos((long) turns * turnS)) / 10.0;
    }

    private static double median(final double[] sorted) {
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static double percent(final double ratio) {
        return Math.round(1_000 * (ratio - 1)) / 10.0;
    }

    private static double ms(final Histogram us, final double percentile) {
        return us.getValueAtPercentile(percentile) / MICROS;
    }

    private static void await(final String what, final BooleanSupplier condition) {
        final long giveUpAtNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(CAUGHT_UP_S);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > giveUpAtNs) {
                throw new IllegalStateException("not within " + CAUGHT_UP_S + " s: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
