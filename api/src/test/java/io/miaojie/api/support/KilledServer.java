package io.miaojie.api.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server that is killed and started again on one data directory, while its Postgres lives on outside it. */
public final class KilledServer implements AutoCloseable {
    private final Path dataDir;
    private final int port = ServerProcess.freePort();
    private final PostgresApart postgres;
    private ServerProcess server;

    /** Starts Postgres and the server below this directory, with what it left there before. */
    public KilledServer(final Path directory) {
        this.dataDir = directory.resolve("data");
        this.postgres = new PostgresApart(directory.resolve("postgres"));
        start();
    }

    public URI uri() {
        return server.uri();
    }

    /** Starts the server and waits until it is ready. */
    public void start() {
        server = ServerProcess.serve(dataDir, port, "--postgres-uri", postgres.uri());
    }

    /** Kills the server with SIGKILL. */
    public void kill() {
        server.kill();
    }

    /** Starts the server and kills it before or just after it is ready. */
    public void killWhileStarting(final int afterMs) throws InterruptedException {
        final Process starting = ServerProcess.start(
                List.of(),
                "serve",
                "--port",
                Integer.toString(port),
                "--data-dir",
                dataDir.toString(),
                "--admin-key",
                ServerProcess.ADMIN_KEY,
                "--postgres-uri",
                postgres.uri());
        starting.waitFor(afterMs, TimeUnit.MILLISECONDS);
        starting.destroyForcibly().waitFor();
    }

    /** Stops the server and lets {@code verify} check journal, state and rows at rest; returns what it prints. */
    public String stopAndVerify() throws IOException, InterruptedException {
        assertEquals(0, server.stop(), server::output);
        final Process verify = ServerProcess.start(
                List.of(), "verify", "--data-dir", dataDir.toString(), "--postgres-uri", postgres.uri());
        final String output = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, verify.waitFor(), output);
        return output;
    }

    @Override
    public void close() {
        server.close();
        postgres.close();
    }
}
