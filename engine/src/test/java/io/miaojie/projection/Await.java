package io.miaojie.projection;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition, asking again and again. */
final class Await {
    private static final long PAUSE_NS = 2_000_000;

    private Await() {}

    static void until(final String claim, final Duration timeout, final Callable<Boolean> condition) throws Exception {
        final long deadlineNs = System.nanoTime() + timeout.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("not in time: " + claim);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}
