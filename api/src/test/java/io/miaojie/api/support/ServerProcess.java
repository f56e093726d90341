package io.miaojie.api.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The program in a process of its own, as a user would start it, so that a test can kill it. Stopped by its own process
 * handle.
 */
public final class ServerProcess implements AutoCloseable {
    public static final String ADMIN_KEY = "mj_test_admin_key_0123456789abcdef";

    /** Options that the program does not take from its command line, and the variables that it takes them from. */
    private static final Map<String, String> SECRETS =
            Map.of("--admin-key", "MIAOJIE_ADMIN_KEY", "--postgres-uri", "MIAOJIE_POSTGRES_URI");

    private static final long READY_TIMEOUT_S = 90;

    private final Process process;
    private final URI uri;
    private final ConcurrentLinkedQueue<String> output = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ready = new CountDownLatch(1);

    private ServerProcess(final Process process, final URI uri) {
        this.process = process;
        this.uri = uri;
        final Thread reader = new Thread(this::read, "server-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts {@code serve} on this port and waits until it says that it is ready. */
    public static ServerProcess serve(final Path dataDir, final int port, final String... options) {
        return serve(List.of(), dataDir, port, options);
    }

    /** Starts {@code serve} under another program, a tracer say, and waits until it says that it is ready. */
    public static ServerProcess serve(
            final List<String> prefix, final Path dataDir, final int port, final String... options) {
        final List<String> arguments = new ArrayList<>(List.of(
                "serve", "--port", Integer.toString(port), "--data-dir", dataDir.toString(), "--admin-key", ADMIN_KEY));
        arguments.addAll(Arrays.asList(options));
        final ServerProcess server = new ServerProcess(
                start(prefix, arguments.toArray(String[]::new)), URI.create("http://127.0.0.1:" + port));
        server.awaitReady();
        return server;
    }

    /** Starts the program with these arguments in a process of its own, errors merged into its output. */
    public static Process start(final List<String> prefix, final String... arguments) {
        final List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("jdk.openings").split(" ")));
        command.addAll(List.of(
                "-Dchronicle.analytics.disable=true",
                "-Xmx1500m",
                "-XX:TieredStopAtLevel=1", // it lives for seconds, and is to be up soon
                "-cp",
                System.getProperty("java.class.path"),
                "io.miaojie.api.command.Miaojie"));
        final Map<String, String> secrets = new TreeMap<>();
        for (int i = 0; i < arguments.length; i++) {
            final String variable = SECRETS.get(arguments[i]);
            if (variable == null) {
                command.add(arguments[i]);
            } else {
                secrets.put(variable, arguments[++i]);
            }
        }
        try {
            final ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
            process.environment().putAll(secrets);
            return process.start();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a port of loopback that is free now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri() {
        return uri;
    }

    public long pid() {
        return process.pid();
    }

    /** Returns what the server printed so far. */
    public String output() {
        return String.join("\n", output);
    }

    /** Kills the process with SIGKILL and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /**
     * Stops the process with SIGTERM.
     *
     * @return its exit code
     */
    public int stop() {
        process.destroy();
        return awaitExit();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }

    private void awaitReady() {
        try {
            if (!ready.await(READY_TIMEOUT_S, TimeUnit.SECONDS) || !process.isAlive()) {
                process.destroyForcibly();
                throw new IllegalStateException("server did not become ready:\n" + output());
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the process has ended by itself and returns its exit code. */
    public int awaitExit() {
        try {
            if (!process.waitFor(READY_TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("server did not stop:\n" + output());
            }
            return process.exitValue();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                output.add(line);
                if (line.equals("ready")) {
                    ready.countDown();
                }
                line = lines.readLine();
            }
        } catch (final IOException e) {
            output.add("output ended: " + e);
        } finally {
            ready.countDown();
        }
    }
}
