package io.miaojie.benchmarks.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The rig with tiny parameters against the real server: every reader sees the last payment, and both sorts are told.
 */
@Tag("postgres")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class FeedLoadTest {
    @TempDir
    private Path directory;

    @Test
    void comparesWritersWithAndWithoutReaders() throws IOException {
        final Path json = directory.resolve("report.json");
        final StringWriter err = new StringWriter();
        final CommandLine commandLine = new CommandLine(new FeedLoad()).setErr(new PrintWriter(err));
        final int exit = commandLine.execute(
                "--readers",
                "20",
                "--whole",
                "10",
                "--rate",
                "50",
                "--turn-s",
                "2",
                "--turns",
                "1",
                "--warm-up-s",
                "1",
                "--server-class-path",
                System.getProperty("java.class.path"),
                "--server-jvm",
                "-Xmx1g",
                "--json",
                json.toString());
        assertEquals(0, exit, err::toString);
        final JsonObject report = new JsonObject(Files.readString(json));
        assertTrue(report.getDouble("p99_ms_without") > 0);
        assertTrue(report.getDouble("p99_ms_with") > 0);
        assertEquals(
                100 * (report.getDouble("p99_ms_with") / report.getDouble("p99_ms_without") - 1),
                report.getDouble("p99_change_percent_median"),
                0.1);
    }
}
