package io.miaojie.benchmarks.report;

import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * One pass: ours and the baselines in turn, forward and backward, so that a machine that slows down slows all of them
 * down.
 *
 * <pre>
 *   rounds       core map-loop ring exchange ... | ... exchange ring map-loop core | core map-loop ...
 *                then more of what differs most from round to round: ring exchange ... | ... exchange ring | ...
 *   windows      http echo redis postgres postgres redis echo http http ..., all of them alive
 *   latency      in windows too, at half of what http came to above
 *   curves       the core with more members, campaigns, depth
 * </pre>
 */
final class Pass {
    private static final List<String> THROUGHPUT = List.of(
            "core",
            "map-loop",
            "ring",
            "exchange-core",
            "ring-written",
            "exchange-core-journal",
            "ring-forced",
            "chronicle",
            "replay",
            "decode",
            "bulk",
            "bulk-hot-pool",
            "projection",
            "start");
    private static final Set<String> RING =
            Set.of("ring", "exchange-core", "ring-written", "exchange-core-journal", "ring-forced");
    private static final List<String> SOCKETS = List.of("http", "echo", "redis", "postgres");
    private static final List<String> LATENCY = List.of("latency", "latency-forced-server", "latency-postgres-stopped");
    private static final List<String> SHAPES = List.of("latency-hot-pool", "latency-spike", "latency-cascades");
    private static final int RATE_WITHOUT_HTTP = 2_000;
    private static final long MEMORY_OF_A_MEMBER_BYTES = 1_000;
    private static final long HEAP_LEAST_BYTES = 5L << 30;

    private final Fork fork;
    private final Scale scale;
    private final Predicate<String> isWanted;
    private final List<Round> rounds = new ArrayList<>();
    private final ProgressBar bar;

    /**
     * Prepares a pass.
     *
     * @param isWanted which subjects are measured; latency needs our own maximum, so {@code http} is measured with it
     */
    Pass(final Fork fork, final Scale scale, final Predicate<String> isWanted) {
        this.fork = fork;
        this.scale = scale;
        this.isWanted = LATENCY.stream().anyMatch(isWanted) ? isWanted.or("http"::equals) : isWanted;
        this.bar = new ProgressBarBuilder()
                .setTaskName("rounds")
                .setInitialMax(0)
                .setUpdateIntervalMillis(1_000)
                .build();
    }

    /**
     * Runs it all.
     *
     * @param withCurves whether the cost curves and shapes are measured too
     */
    List<Round> run(final boolean withCurves) throws InterruptedException {
        try (bar) {
            inRounds();
            inWindows(SOCKETS, Map.of());
            final int half = halfOfOurMaximum();
            inWindows(LATENCY, latencyValues(half));
            if (isWanted.test("memory")) {
                add("memory", 0, Map.of("heap", heap(3L * scale.memoryMembers())));
            }
            if (withCurves) {
                for (final String shape : SHAPES) {
                    if (isWanted.test(shape)) {
                        add(shape, 0, latencyValues(half));
                    }
                }
                curves();
            }
        }
        return rounds;
    }

    private void inRounds() throws InterruptedException {
        final List<String> wanted =
                new ArrayList<>(THROUGHPUT.stream().filter(isWanted).toList());
        for (int round = 0; round < Math.max(scale.rounds(), scale.ringRounds()); round++) {
            for (final String subject : wanted) {
                if (round < (RING.contains(subject) ? scale.ringRounds() : scale.rounds())) {
                    add(subject, round, Map.of());
                }
            }
            java.util.Collections.reverse(wanted);
        }
    }

    private void inWindows(final List<String> subjects, final Map<String, String> values) throws InterruptedException {
        final List<String> wanted = subjects.stream().filter(isWanted).toList();
        if (!wanted.isEmpty()) {
            bar.maxHint(bar.getCurrent() + 1);
            bar.setExtraMessage(String.join(", ", wanted));
            rounds.addAll(fork.inTurn(wanted, values));
            bar.step();
        }
    }

    private void add(final String subject, final int round, final Map<String, String> values)
            throws InterruptedException {
        bar.maxHint(bar.getCurrent() + 1);
        bar.setExtraMessage(subject);
        rounds.add(fork.run(subject, round, values));
        bar.step();
    }

    private Map<String, String> latencyValues(final int rate) {
        final Map<String, String> values = new TreeMap<>(Map.of("rate_per_s", Integer.toString(rate)));
        final double bytes = median("http", "journal_bytes");
        if (bytes > 0) {
            values.put("record_bytes", Long.toString(Math.round(bytes)));
        }
        return values;
    }

    private int halfOfOurMaximum() {
        final double maximum = median("http", Measured.PER_S);
        final int rate = maximum > 0 ? (int) maximum / 2 : RATE_WITHOUT_HTTP;
        return scale == Scale.TINY ? Math.min(rate, 100) : rate;
    }

    private double median(final String subject, final String figure) {
        return Spread.of(rounds.stream()
                        .filter(round -> round.subject().equals(subject) && !round.hasFailed())
                        .mapToDouble(round -> round.figure(figure))
                        .toArray())
                .median();
    }

    /** Measures the core at growing sizes; what the machine has no memory for is left out. */
    private void curves() throws InterruptedException {
        if (!isWanted.test("core")) {
            return;
        }
        final int step = scale == Scale.TINY ? 100 : 10_000;
        for (int members = step; members <= 1_000 * step; members *= 10) {
            if (memoryBytes(members) < availableBytes()) {
                add("core", 0, Map.of("curve", "members", "members", "" + members, "heap", heap(members)));
            }
        }
        for (final int idle : scale == Scale.QUICK ? new int[] {0, 30} : new int[] {0, 2, 6, 14, 30}) {
            add("core", 0, Map.of("curve", "campaigns", "idle_campaigns", "" + idle));
        }
        for (final int depth : scale == Scale.QUICK ? new int[] {1, 13} : new int[] {1, 2, 4, 7, 10, 13}) {
            add("core", 0, Map.of("curve", "depth", "depth", "" + depth));
        }
    }

    private long memoryBytes(final long members) {
        return Math.max(HEAP_LEAST_BYTES, (members + 3L * scale.payments()) * MEMORY_OF_A_MEMBER_BYTES);
    }

    private String heap(final long members) {
        return (memoryBytes(members) >> 20) + "m";
    }

    private static long availableBytes() {
        final var machine = (com.sun.management.OperatingSystemMXBean)
                java.lang.management.ManagementFactory.getOperatingSystemMXBean();
        return machine.getTotalMemorySize() * 4 / 5;
    }

    /** Returns the subjects of a pass, those of its curves and shapes included. */
    static List<String> subjects() {
        final List<String> all = new ArrayList<>(THROUGHPUT);
        all.addAll(SOCKETS);
        all.addAll(LATENCY);
        all.addAll(SHAPES);
        all.add("memory");
        return Arrays.asList(all.toArray(String[]::new));
    }
}
