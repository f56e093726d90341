package io.miaojie.benchmarks.baseline;

import io.miaojie.benchmarks.rig.ProcessorTime;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A Redis in a process of its own, each write forced before its answer: the installed one, else one from Maven. */
final class RedisServer implements AutoCloseable {
    private static final String BUNDLED = "/redis-server-6.2.6-v5-linux-amd64";
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long STOP_S = 10;

    private final Process process;
    private final InetSocketAddress address;
    private final String program;

    private RedisServer(final Process process, final InetSocketAddress address, final String program) {
        this.process = process;
        this.address = address;
        this.program = program;
    }

    /** Starts it with its files in a directory. */
    static RedisServer start(final Path directory) throws IOException {
        final String program = program(directory);
        final InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        final Process process = new ProcessBuilder(List.of(
                        program,
                        "--port",
                        Integer.toString(address.getPort()),
                        "--bind",
                        "127.0.0.1",
                        "--dir",
                        directory.toString(),
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "always",
                        "--save",
                        ""))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("redis.log").toFile())
                .start();
        final RedisServer server = new RedisServer(process, address, program);
        server.awaitListening(directory);
        return server;
    }

    InetSocketAddress address() {
        return address;
    }

    /** Returns the first number of its version: 6 or 7. */
    double version() throws IOException {
        final Process asked = new ProcessBuilder(program, "--version").start();
        final String answer = new String(asked.getInputStream().readAllBytes());
        final int at = answer.indexOf("v=") + 2;
        return Double.parseDouble(answer.substring(at, answer.indexOf('.', answer.indexOf('.', at) + 1)));
    }

    /** Returns the processor time that it has taken so far. */
    long cpuNs() {
        return ProcessorTime.ofTreeNs(process.toHandle());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitListening(final Path directory) throws IOException {
        final long giveUpAtNs = System.nanoTime() + PATIENCE_NS;
        while (!isListening()) {
            if (!process.isAlive() || System.nanoTime() - giveUpAtNs > 0) {
                close();
                throw new IllegalStateException(
                        "Redis does not start: " + Files.readString(directory.resolve("redis.log")));
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            return socket.isConnected();
        } catch (final IOException e) {
            return false;
        }
    }

    private static String program(final Path directory) throws IOException {
        final Optional<Path> installed = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
        if (installed.isPresent()) {
            return installed.get().toString();
        }
        try (InputStream bundled = RedisServer.class.getResourceAsStream(BUNDLED)) {
            if (bundled == null) {
                throw new IllegalStateException("no redis-server is installed");
            }
            final Path program = directory.resolve("redis-server");
            Files.copy(bundled, program);
            if (!program.toFile().setExecutable(true)) {
                throw new IllegalStateException("can't be made executable: file=" + program);
            }
            return program.toString();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
