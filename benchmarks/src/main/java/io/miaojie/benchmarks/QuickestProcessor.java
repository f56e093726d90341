package io.miaojie.benchmarks;

import java.util.Arrays;
import java.util.BitSet;
import net.openhft.affinity.Affinity;

/**
 * Stands a measurement of one thread on the processor that is the quickest just now. For processors of a shared machine
 * differ: one of two was seen to take 1.65 times as long for a read from memory as the other, and 1.25 times as long to
 * add, for minutes on end, and where a thread came to stand decided its figure. Ours and baselines choose alike.
 *
 * <p>What is compared is the pace: a read from anywhere in memory, and as much again of multiplying and shifting, each
 * on the result of the one before. Where a system does not let a thread choose, it stays where it is.
 *
 * <p>Thread: any, one at a time. Units: ns a step.
 */
public final class QuickestProcessor {
    /** Name of the figure, ns: the pace of the processor that was chosen. */
    public static final String PACE_NS = "pace_ns";

    /** More than any cache holds: 64 MiB. */
    private static final int WORDS = 1 << 24;

    private static final int STEPS = 100_000;
    private static final int MIXES = 8;
    private static final int TURNS = 3;

    /** On a machine with many, the first of those that this process may have: looking at all would take seconds. */
    private static final int CANDIDATES_MAX = 8;

    /** Those of the first thread that asked, before it was bound; none: a thread can't choose here. */
    private static final BitSet ALL = Affinity.getAffinity();

    private static final int[] CANDIDATES = ALL.stream().limit(CANDIDATES_MAX).toArray();

    private static int[] words = new int[0];

    /** Not 0, of which the mix is 0: each step would read the same word. */
    private static long last = 1;

    private QuickestProcessor() {}

    /**
     * Binds the calling thread, until {@link #leave} or the next call, to the processor it chooses; returns its pace.
     */
    public static double stand() {
        if (words.length == 0) {
            words = new int[WORDS];
            Arrays.setAll(words, i -> i);
            paceNs(); // so that the code is compiled
        }
        if (CANDIDATES.length == 0) {
            return paceNs();
        }
        int best = CANDIDATES[0];
        double bestNs = Double.MAX_VALUE;
        for (int turn = 0; turn < TURNS; turn++) {
            for (final int candidate : CANDIDATES) {
                Affinity.setAffinity(candidate);
                final double paceNs = paceNs();
                if (paceNs < bestNs) {
                    bestNs = paceNs;
                    best = candidate;
                }
            }
        }
        Affinity.setAffinity(best);
        return bestNs;
    }

    /** Lets the calling thread stand anywhere again: threads and processes that it starts stand where it does. */
    public static void leave() {
        if (CANDIDATES.length > 0) {
            Affinity.setAffinity(ALL);
        }
    }

    private static double paceNs() {
        final long startNs = System.nanoTime();
        long value = last;
        for (int step = 0; step < STEPS; step++) {
            value += words[(int) value & WORDS - 1];
            for (int i = 0; i < MIXES; i++) {
                value = Draws.mix(value);
            }
        }
        last = value;
        return (double) (System.nanoTime() - startNs) / STEPS;
    }
}
