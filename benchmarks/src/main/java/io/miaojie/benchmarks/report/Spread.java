package io.miaojie.benchmarks.report;

import java.util.Arrays;

/** Median, quartiles and range of the rounds that held; NaN where none did. */
record Spread(double median, double low, double high, double least, double most, int count) {
    static Spread of(final double... values) {
        final double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);
        }
        return new Spread(
                at(sorted, 0.5),
                at(sorted, 0.25),
                at(sorted, 0.75),
                sorted[0],
                sorted[sorted.length - 1],
                sorted.length);
    }

    /** Tells it in one line. */
    @Override
    public String toString() {
        return "%s, quartiles %s to %s, range %s to %s, n=%d"
                .formatted(
                        ReportPage.number(median),
                        ReportPage.number(low),
                        ReportPage.number(high),
                        ReportPage.number(least),
                        ReportPage.number(most),
                        count);
    }

    /** Returns what so large a share lies below, between the two nearest. */
    private static double at(final double[] sorted, final double share) {
        final double place = share * (sorted.length - 1);
        final int below = (int) place;
        final int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
