package io.miaojie.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What one round of a subject came to.
 *
 * @param figures by name; the name ends in the unit
 * @param latenciesNs from the planned moment, by name; the histograms of a run that has any
 */
public record Measured(Map<String, Double> figures, Map<String, Histogram> latenciesNs) {
    /** Payments a second: the figure that throughput is compared by. */
    public static final String PER_S = "per_s";

    public Measured {
        figures = new LinkedHashMap<>(figures);
        latenciesNs = new LinkedHashMap<>(latenciesNs);
    }

    /** Begins with nothing. */
    public Measured() {
        this(Map.of(), Map.of());
    }

    /** Adds a figure. */
    public Measured with(final String name, final double value) {
        figures.put(name, value);
        return this;
    }

    /** Adds a histogram, and its percentiles in ms as figures. */
    public Measured with(final String name, final Histogram latencyNs) {
        latenciesNs.put(name, latencyNs);
        return with(name + "_p50_ms", latencyNs.getValueAtPercentile(50) / 1e6)
                .with(name + "_p99_ms", latencyNs.getValueAtPercentile(99) / 1e6)
                .with(name + "_p99_9_ms", latencyNs.getValueAtPercentile(99.9) / 1e6);
    }
}
