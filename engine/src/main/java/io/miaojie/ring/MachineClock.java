package io.miaojie.ring;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The clocks of a machine. Thread: any.
 *
 * @param timeOfDayNs epoch nanoseconds; somebody may set it, ahead or back
 * @param steadyNs nanoseconds since some moment, which nobody sets
 */
public record MachineClock(LongSupplier timeOfDayNs, LongSupplier steadyNs) {
    /** The clocks of this machine. */
    public static final MachineClock REAL = new MachineClock(MachineClock::now, System::nanoTime);

    private static long now() {
        final Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
