package io.miaojie.benchmarks.rig;

import io.miaojie.benchmarks.Setting;
import java.util.concurrent.TimeUnit;

/**
 * When requests are to be sent. A clock that is planned beforehand: whoever is late is measured from the planned moment
 * all the same.
 */
public interface Plan {
    /** Returns how many requests there are. */
    int count();

    /** Returns when a request is to be sent, ns after the start; never before the one before. */
    long offsetNs(int request);

    /**
     * Holds how long it took against the plan: a twentieth and half a second more are for the last answers.
     *
     * @throws IllegalStateException when the planned rate was not reached
     */
    default void requireKept(final long elapsedNs) {
        final long plannedNs = offsetNs(count() - 1);
        if (elapsedNs > plannedNs + plannedNs / 20 + TimeUnit.MILLISECONDS.toNanos(500)) {
            throw new IllegalStateException("FAILED: the planned rate was not reached: requests=" + count()
                    + " plannedMs=" + plannedNs / 1_000_000 + " neededMs=" + elapsedNs / 1_000_000);
        }
    }

    /** Returns the plan of a window or round: {@code rate_per_s} a second, evenly. */
    static Plan of(final Setting setting) {
        return even(setting.number("rate_per_s", 100), setting.seconds());
    }

    /** Returns a plan at an even rate. */
    static Plan even(final int perSecond, final int seconds) {
        return new Plan() {
            @Override
            public int count() {
                return Math.multiplyExact(perSecond, seconds);
            }

            @Override
            public long offsetNs(final int request) {
                return request * TimeUnit.SECONDS.toNanos(1) / perSecond;
            }
        };
    }

    /**
     * Returns a plan of so many requests, evenly within so many seconds, 0: all at once; their product is below 2^33.
     */
    static Plan spread(final int count, final int seconds) {
        return new Plan() {
            @Override
            public int count() {
                return count;
            }

            @Override
            public long offsetNs(final int request) {
                return TimeUnit.SECONDS.toNanos(seconds) * request / count;
            }
        };
    }

    /**
     * Returns a plan that follows a shape: equal steps, one after the other, each with as many requests as its share of
     * the peak, evenly within the step.
     *
     * @param shape counts of each step, of any scale
     * @param peakPerSecond rate of the largest of them
     */
    static Plan shaped(final long[] shape, final int peakPerSecond, final int seconds) {
        return new ShapedPlan(shape, peakPerSecond, seconds);
    }
}
