package io.miaojie.ring;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Nudges an idle ring when a timer has come due. It writes nothing itself, and while no timer is due it sends nothing:
 * an idle engine leaves its log alone.
 *
 * <p>Thread: its own, asleep but for a look every {@value #PERIOD_MS} ms, which is how late a timer may fire. Of a
 * backlog a nudge fires a part: while there is one, it looks every {@value #BACKLOG_PERIOD_MS} ms.
 */
final class Ticker implements Runnable {
    static final long PERIOD_MS = 20;
    static final long BACKLOG_PERIOD_MS = 1;

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
            final boolean nudges = isDue.getAsBoolean();
            if (nudges) {
                nudge.run();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(nudges ? BACKLOG_PERIOD_MS : PERIOD_MS));
        }
    }
}
