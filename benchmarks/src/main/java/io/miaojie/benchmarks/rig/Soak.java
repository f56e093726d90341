package io.miaojie.benchmarks.rig;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Half of what the store can take, for long, and whether anything grows: each turn's p99, the heap in use, the memory
 * that is no file's. Slopes are medians of all pairs of turns (Theil and Sen), so that no single pause makes one.
 */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = "Half of what a slow store can take, for an hour, on loopback.")
public final class Soak implements Callable<Integer> {
    private static final double PER_HOUR = 3_600;
    private static final double MIB = 1 << 20;

    /** A payment with an order, three grants, its keys: tables grow by less for each. */
    private static final long PAYMENT_BYTES_MAX = 2_048;

    /** Of a whole hour: p99 may not double in five of them. */
    private static final double LATENCY_GROWTH_MAX = 0.2;

    /** Of what is asked: 3.6 seconds of an hour in which the machine stands and the bound is full. */
    private static final int REFUSED_SHARE = 1_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--minutes", defaultValue = "60", description = "How long (default: ${DEFAULT-VALUE}).")
    private int minutes;

    @Option(names = "--turn-s", defaultValue = "30", description = "Seconds of a turn (default: ${DEFAULT-VALUE}).")
    private int turnS;

    private record Sample(double atS, double p99Ms, double heapBytes, double anonymousBytes) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        final SlowServer.Store store = new SlowServer.Store(5, 10, 250);
        final int perSecond = store.capacity() / 2;
        final List<Sample> samples = new ArrayList<>();
        long refused = 0;
        long asked = 0;
        final long payments = perSecond * (60L * minutes + 2L * turnS); // a turn to warm up, and one that ends later
        try (SlowShop shop = new SlowShop(store, 64, payments)) {
            shop.ask(perSecond, turnS);
            final long startNs = System.nanoTime();
            while (System.nanoTime() - startNs < minutes * 60e9) {
                final SlowShop.Turn turn = shop.ask(perSecond, turnS);
                final double heap = shop.heapBytes();
                samples.add(new Sample((System.nanoTime() - startNs) / 1e9, turn.p99Ms(), heap, turn.anonymousBytes()));
                refused += turn.refused();
                asked += turn.asked();
                print(turn + "  heap %.0f MiB".formatted(heap / MIB));
            }
        }
        return judge(samples, asked, refused, perSecond) ? 0 : 1;
    }

    private boolean judge(final List<Sample> samples, final long asked, final long refused, final int perSecond) {
        final double p99Slope = slopePerHour(samples, Sample::p99Ms);
        final double heapSlope = slopePerHour(samples, Sample::heapBytes) / MIB;
        final double anonymousSlope = slopePerHour(samples, Sample::anonymousBytes) / MIB;
        final double tablesSlope = perSecond * PER_HOUR * PAYMENT_BYTES_MAX / MIB;
        final double p99Median = median(samples.stream().map(Sample::p99Ms).toList());
        print("in an hour: p99 %+.2f ms (median %.2f), heap %+.0f MiB, anonymous %+.0f (tables %.0f); refused %d of %d"
                .formatted(p99Slope, p99Median, heapSlope, anonymousSlope, tablesSlope, refused, asked));
        final boolean isFlat = p99Slope <= LATENCY_GROWTH_MAX * p99Median && anonymousSlope <= tablesSlope;
        final boolean isServed = refused <= asked / REFUSED_SHARE;
        print(isFlat ? "flat" : "FAILED: something grows");
        print(isServed ? "served" : "FAILED: half of the capacity was refused");
        return isFlat && isServed;
    }

    private static double slopePerHour(final List<Sample> samples, final ToDoubleFunction<Sample> value) {
        final List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            for (int j = i + 1; j < samples.size(); j++) {
                final double tookS = samples.get(j).atS() - samples.get(i).atS();
                slopes.add((value.applyAsDouble(samples.get(j)) - value.applyAsDouble(samples.get(i))) / tookS);
            }
        }
        return slopes.isEmpty() ? 0 : median(slopes) * PER_HOUR;
    }

    private static double median(final List<Double> values) {
        return values.stream().sorted(Comparator.naturalOrder()).toList().get(values.size() / 2);
    }

    private void print(final String line) {
        final PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
