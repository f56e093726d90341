package io.miaojie.benchmarks.report;

import io.miaojie.benchmarks.rig.Machine;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.HdrHistogram.Histogram;

/** Where a pass ran: machine, disk, JDK, flags, commit, and how busy the machine was with other work. */
final class Environment {
    private static final int FORCES = 200;
    private static final int FORCED_BYTES = 4_096;

    private Environment() {}

    /** Describes it before anything is measured. */
    static JsonObject describe(final String pass) throws IOException {
        final var machine = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        final Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        return Machine.describe()
                .put("pass", pass)
                .put("date", LocalDate.now(ZoneOffset.UTC).toString())
                .put("memory_gb", Math.round(machine.getTotalMemorySize() / 1e9))
                .put("load_average_before", machine.getSystemLoadAverage())
                .put("file_system", Files.getFileStore(directory).type())
                .put("fdatasync_4k_p50_ms", forceMs(directory))
                .put(
                        "flags",
                        "core and its baselines: -Xmx5g, large pages, no compressed references, loops without polls; "
                                + "server -Xms3g -Xmx3g, its baselines -Xms1g -Xmx1g, both touched at the start, "
                                + "large pages");
    }

    /** Adds what is known at the end only. */
    static JsonObject ended(final JsonObject environment, final long elapsedNs) {
        return environment
                .put(
                        "load_average_after",
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage())
                .put("minutes", Math.round(elapsedNs / 6e9) / 10.0);
    }

    private static double forceMs(final Path directory) throws IOException {
        final Path file = Files.createTempFile(directory, "miaojie-bench-", ".force");
        final Histogram elapsedNs = new Histogram(3);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < FORCES; i++) {
                final long startNs = System.nanoTime();
                channel.write(ByteBuffer.allocate(FORCED_BYTES), (long) i * FORCED_BYTES);
                channel.force(false);
                elapsedNs.recordValue(System.nanoTime() - startNs);
            }
        } finally {
            Files.delete(file);
        }
        return Math.round(elapsedNs.getValueAtPercentile(50) / 1e4) / 100.0;
    }
}
