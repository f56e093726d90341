package io.miaojie.benchmarks.rig;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Sends as fast as answers come until the server's compilers are at rest: what a JVM is still compiling takes a core
 * from a machine that has two, and a server that has more code would be measured later in its life than one that has
 * little. The same for us and for every baseline with a JVM.
 *
 * <p>In between the server is asked whatever the rig asks it later. Code that was compiled for payments alone is thrown
 * away by the first request of another shape, and the round would be measured on what stands in for it.
 */
public final class WarmUp {
    private static final long STEP_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int STEPS_AT_REST = 3;
    private static final long MOST_NS = TimeUnit.SECONDS.toNanos(60);

    /** Share of one core below which compilers are at rest. */
    private static final double AT_REST = 0.05;

    private WarmUp() {}

    /**
     * Warms a server up.
     *
     * @param leastNs for so long in any case; 0: not at all
     * @param mostRequests after which it is warm enough, so that its tables have room for the round
     * @param between what is asked of the server after each second
     */
    public static void run(
            final SocketLoad load,
            final ServerProcess server,
            final long leastNs,
            final int mostRequests,
            final Runnable between)
            throws IOException {
        final long startNs = System.nanoTime();
        int stepsAtRest = 0;
        for (long sentNs = 0;
                leastNs > 0
                        && sentNs < MOST_NS
                        && load.sent() < mostRequests
                        && (sentNs < leastNs || stepsAtRest < STEPS_AT_REST);
                sentNs = System.nanoTime() - startNs) {
            final long beforeNs = server.compilersNs();
            final long elapsedNs =
                    load.saturate(STEP_NS, mostRequests - load.sent()).elapsedNs();
            final boolean isAtRest = server.compilersNs() - beforeNs < AT_REST * elapsedNs;
            stepsAtRest = isAtRest ? stepsAtRest + 1 : 0;
            between.run();
        }
    }
}
