package io.miaojie.benchmarks.rig;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Sends as fast as answers come until the server's compilers are at rest: what a JVM is still compiling takes a core
 * from a machine that has two, and a server that has more code would be measured later in its life than one that has
 * little. The same for us and for every baseline with a JVM.
 */
public final class WarmUp {
    private static final long STEP_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long MOST_NS = TimeUnit.SECONDS.toNanos(60);

    /** Share of one core below which compilers are at rest. */
    private static final double AT_REST = 0.05;

    private WarmUp() {}

    /**
     * Warms a server up.
     *
     * @param leastNs for so long in any case; 0: not at all
     */
    public static void run(final SocketLoad load, final ServerProcess server, final long leastNs) throws IOException {
        final long startNs = System.nanoTime();
        load.saturate(leastNs, Integer.MAX_VALUE / 2);
        boolean isAtRest = leastNs == 0;
        while (!isAtRest && System.nanoTime() - startNs < MOST_NS) {
            final long beforeNs = server.compilersNs();
            final long elapsedNs = load.saturate(STEP_NS, Integer.MAX_VALUE / 2).elapsedNs();
            isAtRest = server.compilersNs() - beforeNs < AT_REST * elapsedNs;
        }
    }
}
