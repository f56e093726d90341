package io.miaojie.benchmarks.rig;

import io.miaojie.benchmarks.Measured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Windows in turn: all servers stand side by side, warm, and each is loaded for a short window while the others are
 * idle. What makes the machine slow for a minute makes it slow for all of them.
 *
 * <pre>
 *   cycle 0          cycle 1          cycle 2
 *   ours  base  ...  ...  base  ours  ours  base  ...     a pair: ours and a baseline of the same cycle
 * </pre>
 *
 * <p>Before each window all servers have come to rest, and the processor time of those that wait is taken during it: a
 * window in which they worked has failed.
 */
public final class Windows {
    /** Hears of each window: whose it was, in which cycle, what it came to, and why it failed, empty: it held. */
    @FunctionalInterface
    public interface Taker {
        void take(String subject, int cycle, Measured measured, String failure);
    }

    /** Share of one core that servers at rest may take together. */
    private static final double AT_REST = 0.1;

    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int LOOKS_MAX = 50;

    private final Map<String, Contender> contenders;
    private final Taker taker;

    /**
     * Prepares.
     *
     * @param contenders by name, in order
     */
    public Windows(final Map<String, Contender> contenders, final Taker taker) {
        this.contenders = contenders;
        this.taker = taker;
    }

    /** Warms up each, then measures so many cycles, forward and backward, then checks each. */
    public void run(final int cycles) throws IOException {
        for (final Contender contender : contenders.values()) {
            contender.warmUp();
            contender.rest();
        }
        final List<String> order = new ArrayList<>(contenders.keySet());
        for (int cycle = 0; cycle < cycles; cycle++) {
            for (final String subject : order) {
                window(subject, cycle);
            }
            java.util.Collections.reverse(order);
        }
        for (final Contender contender : contenders.values()) {
            contender.check();
        }
    }

    private void window(final String subject, final int cycle) throws IOException {
        awaitRest();
        final Contender contender = contenders.get(subject);
        final Map<String, Long> before = cpuNs();
        final long startNs = System.nanoTime();
        final Measured measured;
        try {
            measured = contender.window();
        } catch (final IllegalStateException e) {
            taker.take(subject, cycle, new Measured(), e.toString());
            contender.rest();
            return;
        }
        final double elapsedNs = System.nanoTime() - startNs;
        final Map<String, Double> waiting = new TreeMap<>();
        cpuNs().forEach((other, ns) -> waiting.put(other, (ns - before.get(other)) / elapsedNs));
        waiting.remove(subject);
        final double cores =
                waiting.values().stream().mapToDouble(Double::doubleValue).sum();
        measured.with("waiting_cores", cores);
        taker.take(subject, cycle, measured, cores > AT_REST ? "those who waited worked: cores=" + waiting : "");
        contender.rest();
    }

    /** Waits until no server works any more, a while at most: the window itself tells whether they did. */
    private void awaitRest() {
        boolean isAtRest = false;
        for (int look = 0; look < LOOKS_MAX && !isAtRest; look++) {
            final long beforeNs = allCpuNs();
            final long startNs = System.nanoTime();
            LockSupport.parkNanos(LOOK_NS);
            isAtRest = allCpuNs() - beforeNs < AT_REST * (System.nanoTime() - startNs);
        }
    }

    private Map<String, Long> cpuNs() {
        final Map<String, Long> taken = new TreeMap<>();
        contenders.forEach((subject, contender) -> taken.put(subject, contender.cpuNs()));
        return taken;
    }

    private long allCpuNs() {
        return cpuNs().values().stream().mapToLong(Long::longValue).sum();
    }
}
