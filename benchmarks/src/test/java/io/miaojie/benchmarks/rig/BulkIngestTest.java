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

/** The rig with tiny parameters against the real server: all is answered, projected, and as calculated. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class BulkIngestTest {
    @TempDir
    private Path directory;

    @Test
    @Tag("postgres")
    void measuresBurstAndSustained() throws IOException {
        final Path json = directory.resolve("report.json");
        final StringWriter err = new StringWriter();
        final CommandLine commandLine = new CommandLine(new BulkIngest()).setErr(new PrintWriter(err));
        final int exit = commandLine.execute(
                "--payments",
                "2500",
                "--warm-up",
                "300",
                "--members",
                "40",
                "--connections",
                "2",
                "--block-lines",
                "200",
                "--timeout-s",
                "120",
                "--server-class-path",
                System.getProperty("java.class.path"),
                "--server-jvm",
                "-Xmx1g",
                "--json",
                json.toString());
        assertEquals(0, exit, err::toString);
        final JsonObject report = new JsonObject(Files.readString(json));
        assertTrue(report.getLong("burst_payments_per_s") >= report.getLong("sustained_payments_per_s"));
        assertTrue(report.getLong("journal_bytes_per_payment") > 0);
    }

    @Test
    void sendsToLoopbackOnly() {
        final StringWriter err = new StringWriter();
        final CommandLine commandLine = new CommandLine(new BulkIngest()).setErr(new PrintWriter(err));
        assertEquals(1, commandLine.execute("--url", "http://192.0.2.1:8080", "--key", "none"));
        assertTrue(err.toString().contains("loopback only"), err::toString);
    }
}
