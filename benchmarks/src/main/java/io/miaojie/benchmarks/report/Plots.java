package io.miaojie.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/** The plots of a pass: throughput with ranges, percentiles against the baselines, cost against size. */
final class Plots {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 500;
    private static final double[] PERCENTILES = {0, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99};

    private final Results results;
    private final Path directory;
    private final List<String> names = new ArrayList<>();

    Plots(final Results results, final Path directory) {
        this.results = results;
        this.directory = directory;
    }

    /** Draws them and returns the names of their files. */
    List<String> draw() throws IOException {
        throughput(
                "throughput-core",
                "Core, ring, journal: per second",
                List.of(
                        "core",
                        "map-loop",
                        "ring",
                        "exchange-core",
                        "ring-written",
                        "exchange-core-journal",
                        "ring-forced",
                        "chronicle",
                        "replay"));
        throughput(
                "throughput-http",
                "Payments a second, durable but for the echo",
                List.of("http", "echo", "redis", "postgres", "bulk", "bulk-hot-pool", "projection"));
        percentiles();
        curve("members", "members", "members", true);
        curve("campaigns", "idle_campaigns", "idle campaigns beside two that earn", false);
        curve("depth", "depth", "depth of the tree of referrals", false);
        return names;
    }

    private void throughput(final String file, final String title, final List<String> subjects) throws IOException {
        final List<String> measured = new ArrayList<>();
        final List<Double> medians = new ArrayList<>();
        final List<Double> ranges = new ArrayList<>();
        for (final String subject : subjects) {
            final Spread spread = results.spread(Figure.perSecond(subject));
            if (spread.count() > 0) {
                measured.add(subject);
                medians.add(spread.median());
                ranges.add((spread.most() - spread.least()) / 2);
            }
        }
        if (measured.isEmpty()) {
            return;
        }
        final CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .yAxisTitle("per second")
                .build();
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setXAxisLabelRotation(30);
        chart.getStyler().setYAxisDecimalPattern("#,###");
        chart.addSeries("per second", measured, medians, ranges);
        save(chart, file);
    }

    private void percentiles() throws IOException {
        final XYChart chart = xy("Latency from the planned moment, all windows", "1 / (1 - percentile)", "ms");
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        add(chart, "ours, half of the maximum", results.latencyNs("latency", "latency"));
        add(chart, "write and fdatasync only", results.latencyNs("latency-forced-server", "latency"));
        add(chart, "ours, Postgres stopped", results.latencyNs("latency-postgres-stopped", "latency"));
        add(chart, "ours, one hot pool", results.latencyNs("latency-hot-pool", "latency"));
        add(chart, "ours, recorded spike", results.latencyNs("latency-spike", "latency"));
        add(chart, "ours, recorded cascades", results.latencyNs("latency-cascades", "latency"));
        if (!chart.getSeriesMap().isEmpty()) {
            save(chart, "latency");
        }
    }

    private static void add(final XYChart chart, final String name, final Histogram latencyNs) {
        if (latencyNs == null) {
            return;
        }
        final List<Double> x = new ArrayList<>();
        final List<Double> y = new ArrayList<>();
        for (final double percentile : PERCENTILES) {
            x.add(1 / (1 - percentile / 100));
            y.add(Math.max(1e-3, latencyNs.getValueAtPercentile(percentile) / 1e6));
        }
        chart.addSeries(name, x, y);
    }

    private void curve(final String name, final String value, final String title, final boolean logarithmic)
            throws IOException {
        final List<Results.Point> points = results.curve(name, value);
        if (points.isEmpty()) {
            return;
        }
        final XYChart chart = xy("One payment in the core", title, "ns");
        chart.getStyler().setXAxisLogarithmic(logarithmic).setYAxisMin(0.0).setLegendVisible(false);
        chart.addSeries(
                "ns",
                points.stream().map(Results.Point::size).toList(),
                points.stream().map(Results.Point::paymentNs).toList());
        save(chart, "cost-" + name);
    }

    private static XYChart xy(final String title, final String x, final String y) {
        final XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        return chart;
    }

    private void save(final Chart<?, ?> chart, final String file) throws IOException {
        VectorGraphicsEncoder.saveVectorGraphic(chart, directory.resolve(file).toString(), VectorGraphicsFormat.SVG);
        names.add(file + ".svg");
    }
}
