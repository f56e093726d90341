package io.miaojie.api.metrics;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Latencies of the last minute or two, as a histogram: percentiles are of what happened, not of averages.
 *
 * <p>Thread: any.
 */
final class Latency {
    private static final long HIGHEST_NS = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 2;
    private static final long SPAN_NS = TimeUnit.MINUTES.toNanos(1);
    private static final long FRESH_NS = TimeUnit.SECONDS.toNanos(1);
    private static final double SECOND_NS = 1e9;

    private final Recorder recorder = new Recorder(1, HIGHEST_NS, DIGITS);
    private final Histogram shown = new Histogram(1, HIGHEST_NS, DIGITS);
    private Histogram before = new Histogram(1, HIGHEST_NS, DIGITS);
    private Histogram current = new Histogram(1, HIGHEST_NS, DIGITS);
    private Histogram recorded;
    private long spanStartNs = System.nanoTime();
    private long readNs = spanStartNs - FRESH_NS;

    void record(final long ns) {
        recorder.recordValue(Math.min(Math.max(ns, 1), HIGHEST_NS));
    }

    /** Returns the latency that this share of all stayed within, seconds; 1: the longest. */
    synchronized double seconds(final double share) {
        final long nowNs = System.nanoTime();
        // One scrape asks several times and is to get one picture.
        if (nowNs - readNs >= FRESH_NS) {
            read(nowNs);
        }
        return shown.getTotalCount() == 0 ? 0 : shown.getValueAtPercentile(100 * share) / SECOND_NS;
    }

    private void read(final long nowNs) {
        readNs = nowNs;
        recorded = recorder.getIntervalHistogram(recorded);
        current.add(recorded);
        shown.reset();
        shown.add(before);
        shown.add(current);
        if (nowNs - spanStartNs >= SPAN_NS) {
            spanStartNs = nowNs;
            final Histogram spent = before;
            before = current;
            current = spent;
            current.reset();
        }
    }
}
