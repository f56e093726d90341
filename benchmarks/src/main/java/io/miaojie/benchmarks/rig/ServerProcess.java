package io.miaojie.benchmarks.rig;

import io.miaojie.benchmarks.JdkOpenings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server in a process of its own, on a free port of loopback: {@code serve}, or a baseline. It says where it listens,
 * then that it is ready. Stopped by its own process handle.
 */
public final class ServerProcess implements AutoCloseable {
    public static final String ADMIN_KEY = "mj_bench_admin_key_0123456789abcdef";

    /**
     * Options that make a heap's memory be there before the load, of ours and of baselines alike: else the kernel hands
     * out each page when it is first written to, in the window that happens to come by.
     */
    static final String TOUCHED = "-XX:+AlwaysPreTouch -XX:+UseTransparentHugePages";

    private static final String MAIN_CLASS = "io.miaojie.api.command.Miaojie";
    private static final String LISTENING = "listening on ";
    private static final String READY = "ready";
    private static final long READY_TIMEOUT_S = 90;
    private static final long STOP_TIMEOUT_S = 60;

    private static final String POSTGRES_URI = "--postgres-uri";
    /** Linux counts the processor time of threads in hundredths of a second. */
    private static final long TICK_NS = 10_000_000;

    private final Process process;
    private final CompletableFuture<URI> ready = new CompletableFuture<>();
    private final StringBuffer output = new StringBuffer();

    private ServerProcess(final Process process) {
        this.process = process;
        final Thread reader = new Thread(this::read, "server-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts {@code serve}; {@link #awaitReady} says where it listens.
     *
     * @param classPath of the program
     * @param jvmOptions of its JVM, heap included
     * @param more options of {@code serve}
     */
    public static ServerProcess start(
            final String classPath, final List<String> jvmOptions, final Path dataDir, final String... more)
            throws IOException {
        final List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0"));
        arguments.addAll(List.of("--data-dir", dataDir.toString()));
        arguments.addAll(List.of(more));
        return start(classPath, jvmOptions, MAIN_CLASS, arguments);
    }

    /** Starts a baseline: a class of this program. */
    public static ServerProcess startBaseline(final Class<?> main, final String... arguments) throws IOException {
        return startOwn(main, List.of(("-Xms1g -Xmx1g " + TOUCHED).split(" ")), arguments);
    }

    /** Starts a class of this program with these options of its JVM. */
    static ServerProcess startOwn(final Class<?> main, final List<String> jvmOptions, final String... arguments)
            throws IOException {
        return start(System.getProperty("java.class.path"), jvmOptions, main.getName(), List.of(arguments));
    }

    /** Says of a baseline what {@code serve} says of itself. */
    public static void announce(final int port) {
        System.out.println(LISTENING + "http://127.0.0.1:" + port);
        System.out.println(READY);
    }

    private static ServerProcess start(
            final String classPath, final List<String> jvmOptions, final String main, final List<String> arguments)
            throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JdkOpenings.all());
        command.add(JdkOpenings.NO_ANALYTICS);
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        final ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
        process.environment().put("MIAOJIE_ADMIN_KEY", ADMIN_KEY);
        final int uri = command.indexOf(POSTGRES_URI);
        if (uri >= 0) {
            // With its password it is seen on no command line.
            process.environment().put("MIAOJIE_POSTGRES_URI", command.get(uri + 1));
            command.subList(uri, uri + 2).clear();
        }
        return new ServerProcess(process.start());
    }

    /** Waits until the server says that it is ready and returns where it listens. */
    public URI awaitReady() throws InterruptedException {
        try {
            return ready.get(READY_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (final ExecutionException | TimeoutException e) {
            throw new IllegalStateException("server did not become ready:\n" + output, e);
        }
    }

    /** Returns the memory of the server that is no file's, bytes, without that of Postgres. */
    long anonymousBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> 1_024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the processor time that the server has taken so far, without that of Postgres. */
    public long cpuNs() {
        return process.toHandle().info().totalCpuDuration().orElseThrow().toNanos();
    }

    /** Returns the processor time that the compilers of the server's JVM have taken so far; 0 where /proc has none. */
    public long compilersNs() {
        final Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
        if (!Files.isDirectory(threads)) {
            return 0;
        }
        try (DirectoryStream<Path> each = Files.newDirectoryStream(threads)) {
            long ticks = 0;
            for (final Path thread : each) {
                ticks += compilerTicks(thread.resolve("stat"));
            }
            return ticks * TICK_NS;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a thread that has ended meanwhile: nothing. */
    private static long compilerTicks(final Path stat) {
        try {
            final String line = Files.readString(stat);
            final int nameEnd = line.lastIndexOf(')');
            final String name = line.substring(line.indexOf('(') + 1, nameEnd);
            final String[] rest = line.substring(nameEnd + 2).split(" ");
            return name.matches("C[12] Compiler.*") ? Long.parseLong(rest[11]) + Long.parseLong(rest[12]) : 0;
        } catch (final IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("server did not stop within " + STOP_TIMEOUT_S + " s:\n" + output);
            }
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        URI uri = null;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.startsWith(LISTENING)) {
                    uri = URI.create(line.substring(LISTENING.length()).trim());
                } else if (line.equals(READY)) {
                    ready.complete(uri);
                }
            }
            ready.completeExceptionally(new IllegalStateException("the server has ended"));
        } catch (final IOException e) {
            ready.completeExceptionally(new UncheckedIOException(e));
        }
    }
}
