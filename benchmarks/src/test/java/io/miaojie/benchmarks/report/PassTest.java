package io.miaojie.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

/** One command measures, and writes what it came to. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class PassTest {
    @TempDir
    private Path directory;

    @Test
    void writesOneFolderForOnePass() throws IOException {
        final StringWriter out = new StringWriter();
        final int code = Benchmarks.commandLine()
                .setOut(new PrintWriter(out))
                .execute("tiny", "--rows", "P1,P14,P14b", "--results", directory.toString());
        assertEquals(0, code);
        final Path report = Path.of(out.toString().trim());
        final JsonObject environment = new JsonObject(Files.readString(report.resolveSibling("env.json")));
        assertEquals(
                environment.getString("date") + "-" + environment.getString("commit"),
                report.getParent().getFileName().toString());
        assertTrue(environment.getDouble("fdatasync_4k_p50_ms") > 0);

        final JsonArray rounds = new JsonArray(Files.readString(report.resolveSibling("results.json")));
        rounds.forEach(round -> assertEquals("", ((JsonObject) round).getString("failure")));
        assertEquals(
                Map.of("core", 1L, "map-loop", 1L, "ring-forced", 2L, "decode", 1L),
                rounds.stream()
                        .map(round -> ((JsonObject) round).getString("subject"))
                        .collect(Collectors.groupingBy(subject -> subject, Collectors.counting())),
                "rounds of each subject; one whose threads are more than processors has more");
        final String page = Files.readString(report);
        assertTrue(page.contains("Nothing.\n"), page);
        assertTrue(page.contains("(throughput-core.svg)"), page);
        assertTrue(Files.exists(report.resolveSibling("latency.hlog")));
        assertTrue(Files.exists(report.resolveSibling("throughput-core.svg")));
    }

    /** Whether those who wait are idle is not judged here: nobody is warm. */
    @ParameterizedTest
    @Tag("postgres")
    @CsvSource({
        "P5, http 0, echo 0, echo 1, http 1",
        // half of our own maximum is not known without it
        "P10, http 0, http 1, latency 0, latency-forced-server 0, latency-forced-server 1, latency 1"
    })
    void measuresRowsOverSocketsInWindows(final ArgumentsAccessor arguments) throws IOException {
        final StringWriter out = new StringWriter();
        final int code = Benchmarks.commandLine()
                .setOut(new PrintWriter(out))
                .execute(
                        "tiny",
                        "--rows",
                        arguments.getString(0),
                        "--server-class-path",
                        System.getProperty("java.class.path"),
                        "--results",
                        directory.toString());
        assertEquals(0, code);
        final Path report = Path.of(out.toString().trim());
        final JsonArray rounds = new JsonArray(Files.readString(report.resolveSibling("results.json")));
        assertEquals(
                arguments.toList().subList(1, arguments.size()),
                rounds.stream()
                        .map(round -> ((JsonObject) round).getString("subject") + " "
                                + ((JsonObject) round).getInteger("round"))
                        .toList());
    }

    @Test
    void refusesASubjectThatItDoesNotKnow() {
        final StringWriter err = new StringWriter();
        final int code = Benchmarks.commandLine().setErr(new PrintWriter(err)).execute("measure", "nothing");
        assertEquals(2, code);
        assertTrue(err.toString().contains("map-loop"), err::toString);
    }
}
