package io.miaojie.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.benchmarks.Measured;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows are judged by the ratios of pairs; what failed or lost is told. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ResultsTest {
    private static final Row P5 = row("P5");
    private static final Row P10 = row("P10");

    @TempDir
    private Path directory;

    @Test
    void takesTheMedianOfThePairs() {
        final Results results = new Results(List.of(
                perSecond("http", 0, 50), perSecond("echo", 0, 100),
                perSecond("http", 1, 90), perSecond("echo", 1, 100),
                perSecond("http", 2, 10), perSecond("echo", 2, 200)));
        final Results.Judged judged = results.judge(P5);
        assertEquals(new Spread(0.5, 0.275, 0.7, 0.05, 0.9, 3), judged.ratio());
        assertEquals("floor", judged.verdict());
    }

    @Test
    void comparesMediansWhereRoundsHaveNoPairs() {
        final Results results = new Results(List.of(
                perSecond("bulk", 0, 600),
                perSecond("bulk", 1, 400),
                perSecond("http", 0, 50),
                perSecond("http", 1, 90),
                perSecond("http", 2, 100)));
        assertEquals(500.0 / 90, results.judge(row("P8")).ratio().median());
    }

    @Test
    void readsAWindowAsItWasWritten() {
        final Round held = perSecond("http", 3, 50);
        assertEquals(held, Round.decodeWindow(held.encode()));
        final Round failed = new Round("http", 4, Map.of(), new Measured(), "late");
        assertEquals(failed, Round.decodeWindow(failed.encode()));
    }

    @Test
    void tellsWhichRowsLose() {
        assertEquals("goal", P5.verdict(0.6));
        assertEquals("floor", P5.verdict(0.4));
        assertEquals("UNDER THE FLOOR", P5.verdict(0.39));
        assertEquals("goal", P10.verdict(1.3));
        assertEquals("UNDER THE FLOOR", P10.verdict(2.6));
        assertEquals("not yet", row("P14b").verdict(10));
    }

    @Test
    void tellsOfARowWhoseBaselineFailed() {
        final Results results = new Results(
                List.of(perSecond("http", 0, 50), new Round("echo", 0, Map.of(), new Measured(), "no such program")));
        assertTrue(results.judge(P5).verdict().startsWith("FAILED: echo"));
        assertEquals("not measured", results.judge(P10).verdict());
    }

    @Test
    void leavesCurvesOutOfTheRows() {
        final Round curve = new Round(
                "core",
                0,
                Map.of("curve", "members", "members", "10000"),
                new Measured().with(Measured.PER_S, 1e6),
                "");
        final Results results = new Results(List.of(curve));
        assertEquals(0, results.spread(Figure.perSecond("core")).count());
        assertEquals(List.of(new Results.Point(10_000, 1_000)), results.curve("members", "members"));
    }

    @Test
    void readsALineAsItWasWritten() {
        final Histogram latencyNs = new Histogram(3);
        latencyNs.recordValue(1_000_000);
        final Measured measured = new Measured().with("latency", latencyNs);
        assertEquals(measured, Round.decode(Round.encode(measured)));
    }

    @Test
    void writesEveryRowAndEveryLatency() throws IOException {
        final List<Round> rounds = new ArrayList<>();
        for (final String subject : List.of("latency", "latency-forced-server")) {
            final Histogram latencyNs = new Histogram(3);
            latencyNs.recordValue(2_000_000);
            rounds.add(new Round(subject, 0, Map.of(), new Measured().with("latency", latencyNs), ""));
        }
        rounds.add(perSecond("http", 0, 50));
        new ResultFiles(directory).write(new Results(rounds), new JsonObject().put("pass", "tiny"));
        final String report = Files.readString(directory.resolve("REPORT.md"));
        Row.ALL.forEach(row -> assertTrue(report.contains("| " + row.id() + " "), row.id()));
        assertTrue(Files.readString(directory.resolve("latency.svg")).contains("<svg"));
        assertTrue(Files.readString(directory.resolve("throughput-http.svg")).contains("<svg"));
        final HistogramLogReader log =
                new HistogramLogReader(directory.resolve("latency.hlog").toFile());
        assertEquals("latency.latency.0", log.nextIntervalHistogram().getTag());
        assertEquals(
                "latency-forced-server.latency.0", log.nextIntervalHistogram().getTag());
        log.close();
    }

    private static Row row(final String id) {
        return Row.ALL.stream().filter(row -> row.id().equals(id)).findFirst().orElseThrow();
    }

    private static Round perSecond(final String subject, final int number, final double value) {
        return new Round(subject, number, Map.of(), new Measured().with(Measured.PER_S, value), "");
    }
}
