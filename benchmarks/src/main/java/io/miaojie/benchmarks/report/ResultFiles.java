package io.miaojie.benchmarks.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Writes what a pass came to: {@code env.json}, {@code results.json}, {@code latency.hlog}, plots, {@code REPORT.md}.
 */
final class ResultFiles {
    private final Path directory;

    ResultFiles(final Path directory) {
        this.directory = directory;
    }

    /** Writes everything. */
    void write(final Results results, final JsonObject environment) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("env.json"), environment.encodePrettily() + "\n");
        final JsonArray rounds = new JsonArray();
        results.rounds().forEach(round -> rounds.add(round.json()));
        Files.writeString(directory.resolve("results.json"), rounds.encodePrettily() + "\n");
        writeLatencies(results);
        final ReportPage page = new ReportPage(results, environment, new Plots(results, directory).draw());
        Files.writeString(directory.resolve("REPORT.md"), page.text());
    }

    /** Writes one tagged histogram for each round that has latencies; values in ns. */
    private void writeLatencies(final Results results) throws IOException {
        try (PrintStream file = new PrintStream(Files.newOutputStream(directory.resolve("latency.hlog")))) {
            final HistogramLogWriter log = new HistogramLogWriter(file);
            log.outputLogFormatVersion();
            log.outputComment("latency in ns from the planned moment; tag: subject, histogram, round");
            log.outputLegend();
            for (final Round round : results.rounds()) {
                for (final Map.Entry<String, Histogram> entry :
                        round.measured().latenciesNs().entrySet()) {
                    entry.getValue().setTag(round.subject() + "." + entry.getKey() + "." + round.number());
                    log.outputIntervalHistogram(entry.getValue());
                }
            }
        }
    }
}
