package io.miaojie.benchmarks.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Processor time of processes, those that they have started included. */
public final class ProcessorTime {
    private ProcessorTime() {}

    /** Returns what a process and its descendants that live have taken so far. */
    public static long ofTreeNs(final ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(each ->
                        each.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
                .sum();
    }

    /** Returns what the Postgres with this data directory has taken so far; 0: there is none. */
    public static long ofPostgresNs(final Path data) {
        final Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file)) {
            final long pid = Long.parseLong(lines.findFirst().orElseThrow().strip());
            return ProcessHandle.of(pid).map(ProcessorTime::ofTreeNs).orElse(0L);
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
