package io.miaojie.ring;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Awaits a condition, for at most ten seconds. */
final class Eventually {
    private static final long MAX_NS = TimeUnit.SECONDS.toNanos(10);

    private Eventually() {}

    static void holds(final String claim, final BooleanSupplier condition) {
        final long deadline = System.nanoTime() + MAX_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within ten seconds: " + claim);
            }
            LockSupport.parkNanos(100_000);
        }
    }
}
