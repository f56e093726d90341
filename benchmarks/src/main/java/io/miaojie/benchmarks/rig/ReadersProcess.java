package io.miaojie.benchmarks.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The {@link FeedReaders} in a process of their own, told by lines what to do. They stand for programs on other
 * machines: what they collect must not make the payers pause, and where the system lets them, they run only when
 * nothing else wants to. A low priority alone would not do, as a thread that runs keeps its processor for some
 * milliseconds.
 *
 * <p>Thread: one.
 */
final class ReadersProcess implements AutoCloseable {
    private static final Path SCHEDULER = Path.of("/usr/bin/chrt");
    private static final long STOP_S = 10;

    private final Process process;
    private final PrintWriter to;
    private final BufferedReader from;

    private ReadersProcess(final Process process) {
        this.process = process;
        to = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts the program; it reads nothing yet. */
    static ReadersProcess start(final URI server, final String key, final int count, final int whole)
            throws IOException {
        final List<String> command = new ArrayList<>();
        if (Files.isExecutable(SCHEDULER)) {
            command.addAll(List.of(SCHEDULER.toString(), "--idle", "0"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                FeedReaders.class.getName()));
        command.addAll(List.of(server.toString(), key, Integer.toString(count), Integer.toString(whole)));
        return new ReadersProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Opens the readers, which begin behind this record. */
    void open(final long sequence) throws IOException {
        ask(FeedReaders.OPEN + " " + sequence);
    }

    /** Returns the last record that each reader of everything has seen. */
    long seenByAll() throws IOException {
        return ask(FeedReaders.SEEN);
    }

    /** Closes the readers and returns how many bytes they have read. */
    long shut() throws IOException {
        return ask(FeedReaders.SHUT);
    }

    /** Returns the processor time that they have taken so far. */
    long cpuNs() {
        return process.toHandle().info().totalCpuDuration().orElseThrow().toNanos();
    }

    @Override
    public void close() {
        to.close();
        try {
            if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private long ask(final String line) throws IOException {
        to.println(line);
        final String answer = from.readLine();
        if (answer == null) {
            throw new IOException("the readers have failed, asked=" + line);
        }
        return Long.parseLong(answer);
    }
}
