package io.miaojie.ring;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Nudges an idle ring when a timer has come due. It writes nothing itself, and while no timer is due it sends nothing:
 * an idle engine leaves its log alone.
 *
 * <p>Thread: its own, asleep but for a look every {@value #PERIOD_MS} ms, which is how late a timer may fire.
 */
final class Ticker implements Runnable {
    static final long PERIOD_MS = 20;

    private final BooleanSupplier isDue;
    private final Runnable nudge;
    private volatile boolean isClosing;

    Ticker(final BooleanSupplier isDue, final Runnable nudge) {
        this.isDue = isDue;
        this.nudge = nudge;
    }

    void close() {
        isClosing = true;
    }

    @Override
    public void run() {
        while (!isClosing) {
            if (isDue.getAsBoolean()) {
                nudge.run();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PERIOD_MS));
        }
    }
}
