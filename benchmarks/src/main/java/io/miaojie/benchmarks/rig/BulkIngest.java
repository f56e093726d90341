package io.miaojie.benchmarks.rig;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.agrona.IoUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How many payments a second the program takes over HTTP in bulk, forced to disk before they are answered.
 *
 * <pre>
 *   client (this process)                      server (a process of its own)
 *
 *   NDJSON made beforehand                     event loop -&gt; ring -&gt; settlement -&gt; journal     Postgres
 *   block, block, block ----- C connections --&gt; read                          forced --+--------&gt; rows
 *                 &lt;---- one summary per block ---------------------------------------- |            |
 *   |&lt;============ burst: until the last summary ============&gt;|                                     |
 *   |&lt;============ sustained: until /metrics says that Postgres has the last record ===============&gt;|
 * </pre>
 *
 * <p>Each payment has one line and earns three grants. At the end what the campaigns granted and what single pools hold
 * is held against a plain calculation; a run that is wrong, refused in part or late has failed. Client and server share
 * the machine: the report says what processor time each took.
 */
@Command(
        name = "bulk-ingest",
        mixinStandardHelpOptions = true,
        description = "Measure durable bulk ingest over HTTP on loopback.")
public final class BulkIngest implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--payments", defaultValue = "1000000", description = "Measured (default: ${DEFAULT-VALUE}).")
    private int payments;

    @Option(names = "--warm-up", defaultValue = "300000", description = "Sent before (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--members", defaultValue = "100000", description = "Who pay (default: ${DEFAULT-VALUE}).")
    private int members;

    @Option(names = "--connections", defaultValue = "1", description = "Connections (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--block-lines",
            defaultValue = "5000",
            description = "Payments in one request (default: ${DEFAULT-VALUE}).")
    private int blockLines;

    @Option(
            names = "--under-way",
            defaultValue = "3",
            description = "Requests sent ahead of their answers on one connection (default: ${DEFAULT-VALUE}).")
    private int underWayMax;

    @Option(
            names = "--timeout-s",
            defaultValue = "300",
            description = "A run that takes longer has failed, seconds (default: ${DEFAULT-VALUE}).")
    private long timeoutS;

    @Option(names = "--url", description = "A running server on loopback; without it one is started.")
    private URI url;

    @Option(names = "--key", description = "Admin key of the running server.")
    private String adminKey;

    @Mixin
    private ServerProgram program;

    @Option(names = "--data-dir", description = "Server's data directory, kept; without it a temporary one.")
    private Path dataDir;

    @Option(names = "--json", description = "Where the report goes as JSON too.")
    private Path json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final IngestPlan plan = new IngestPlan(
                payments, warmUp, members, connections, blockLines, underWayMax, Duration.ofSeconds(timeoutS));
        final IngestReport report = url == null ? runStarted(plan) : run(checked(url), adminKey, () -> -1, plan);
        if (json != null) {
            Files.writeString(json, report.json().encodePrettily() + "\n");
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.print(report.text());
        out.flush();
        return 0;
    }

    private IngestReport runStarted(final IngestPlan plan) throws IOException, InterruptedException {
        final Path directory = dataDir == null ? Files.createTempDirectory("miaojie-bench-") : dataDir;
        try (ServerProcess server = program.start(directory)) {
            return run(server.awaitReady(), ServerProcess.ADMIN_KEY, server::cpuNs, plan);
        } finally {
            if (dataDir == null) {
                IoUtil.delete(directory.toFile(), true);
            }
        }
    }

    private static IngestReport run(
            final URI server, final String key, final LongSupplier serverCpuNs, final IngestPlan plan) {
        final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            return new IngestRun(vertx, server, key, serverCpuNs, plan).run();
        } finally {
            vertx.close().await();
        }
    }

    private static URI checked(final URI server) {
        if (!List.of("127.0.0.1", "localhost", "::1").contains(server.getHost())) {
            throw new IllegalArgumentException("loopback only: url=" + server);
        }
        return server;
    }
}
