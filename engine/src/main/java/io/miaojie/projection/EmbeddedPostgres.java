package io.miaojie.projection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Postgres that the engine brings along: a real one, from Maven artefacts, with its data in our data directory and
 * everything forced to disk. It listens on 127.0.0.1 only, on no socket file, and lets in (SCRAM) who knows the random
 * password in {@code password}, a file of mode 0600. Its port stays the same from start to start unless taken.
 *
 * <p>When it ends by itself it is started again, see {@link PostmasterWatch}. It outlives a kill of ours; the next
 * start stops that one first, see {@link Postmaster}. The caller holds the lock of the data directory.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String NAME = "miaojie";

    /** A start that fails ends at once; one that brings back what a long log holds takes its time. */
    private static final long START_SECONDS = 600;

    private static final long STOP_SECONDS = 30;
    private static final int PASSWORD_BYTES = 24; // random, so no rounds of hashing have to make a guess dear
    private static final int ATTEMPTS_MAX = 3;

    /**
     * Durable first; then room for a writer of large batches; then nothing written by the hundred megabytes at once,
     * for which the journal's forces would wait. Pages leave the small buffers within seconds and are sent to the disk
     * as they do, before the kernel would send half a minute of them; new segments of the log are not filled with
     * zeroes; rows that were added are vacuumed in peace. Reads find what left the buffers in the kernel's cache. After
     * a kill all of its disk is forced at once, not a thousand files one by one.
     */
    private static final List<String> SETTINGS = List.of(
            "fsync=on",
            "recovery_init_sync_method=" + (PostgresPrograms.isLinux() ? "syncfs" : "fsync"),
            "synchronous_commit=on",
            "full_page_writes=on",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=50",
            "shared_buffers=32MB",
            "backend_flush_after=256kB",
            "bgwriter_delay=20ms",
            "bgwriter_flush_after=256kB",
            "bgwriter_lru_maxpages=400",
            "bgwriter_lru_multiplier=4",
            "wal_buffers=16MB",
            "wal_init_zero=off",
            "wal_level=minimal",
            "max_wal_senders=0",
            "max_wal_size=4GB",
            "checkpoint_timeout=15min",
            "autovacuum_vacuum_cost_delay=20ms",
            "jit=off",
            "timezone=UTC",
            "log_timezone=UTC");

    private final PostgresPrograms programs;
    private final Path data;
    private final PostgresAddress address;
    private final int niceness;
    private final PostmasterWatch watch;

    private EmbeddedPostgres(
            final PostgresPrograms programs, final Path data, final PostgresAddress address, final int niceness) {
        this.programs = programs;
        this.data = data;
        this.address = address;
        this.niceness = niceness;
        this.watch = new PostmasterWatch(data, niceness, this::startAgain);
    }

    /** Starts it as {@link #start(Path, int)} does, with as much right to the processors as we have. */
    public static EmbeddedPostgres start(final Path directory) {
        return start(directory, 0);
    }

    /**
     * Starts it on this directory, which is made and filled the first time.
     *
     * @param niceness of its processes, 0 to 19: how far it stands behind us where there are not processors enough
     * @throws ProjectionException when it does not start; the message says what to do
     */
    public static EmbeddedPostgres start(final Path directory, final int niceness) {
        try {
            return started(Files.createDirectories(directory).toRealPath(), niceness);
        } catch (final IOException | SQLException e) {
            throw new ProjectionException("the embedded Postgres does not start: directory=" + directory, e);
        }
    }

    public PostgresAddress address() {
        return address;
    }

    /** Stops it as {@link #stop} does, within half a minute. */
    @Override
    public void close() {
        stop(STOP_SECONDS);
    }

    /** Ends its sessions and waits for it to write everything; what it has begun it ends without us. */
    public void stop(final long maxSeconds) {
        watch.close();
        final int code = programs.run(
                "pg_ctl",
                maxSeconds + 1,
                "stop",
                "-w",
                "-m",
                "fast",
                "-t",
                Long.toString(maxSeconds),
                "-D",
                data.toString());
        if (code != 0) {
            LOG.warn("the embedded Postgres was not there to be stopped, or did not stop in time: data={}", data);
        }
    }

    private boolean startAgain() throws IOException {
        Postmaster.stop(data, programs);
        return start(programs, niceness, data, address.port()) == 0;
    }

    private static EmbeddedPostgres started(final Path directory, final int niceness) throws IOException, SQLException {
        final Path log = directory.resolve("postgres.log");
        final PostgresPrograms programs = PostgresPrograms.unpacked(directory, log);
        programs.requireUser();
        final Path data = directory.resolve("data");
        Postmaster.stop(data, programs);
        final String password = password(directory.resolve("password"));
        if (!Files.isDirectory(data)) {
            initialise(programs, directory, data);
        }
        final int port = startedPort(programs, niceness, directory, data);
        final PostgresAddress address = new PostgresAddress("127.0.0.1", port, NAME, NAME, password);
        createDatabase(address);
        return new EmbeddedPostgres(programs, data, address, niceness);
    }

    /** Initialises beside the final place and moves, so that a kill in between leaves nothing half made. */
    private static void initialise(final PostgresPrograms programs, final Path directory, final Path data)
            throws IOException {
        final Path fresh = directory.resolve("initialising");
        PostgresPrograms.delete(fresh);
        final int code = programs.run(
                "initdb",
                START_SECONDS,
                "--pgdata=" + fresh,
                "--username=" + NAME,
                "--pwfile=" + directory.resolve("password"),
                "--auth=scram-sha-256",
                "--set=scram_iterations=1",
                "--encoding=UTF8",
                "--locale=C",
                "--data-checksums");
        if (code != 0) {
            throw failed("initdb", code, directory);
        }
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static int startedPort(
            final PostgresPrograms programs, final int niceness, final Path directory, final Path data)
            throws IOException {
        final Path portFile = directory.resolve("port");
        int code = 0;
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            final int port = attempt == 0 && Files.exists(portFile) ? freePort(portFile) : freePort(0);
            code = start(programs, niceness, data, port);
            if (code == 0) {
                Files.writeString(portFile, Integer.toString(port));
                return port;
            }
        }
        throw failed("pg_ctl start", code, directory);
    }

    /** Returns the exit code of a start at this port. */
    private static int start(final PostgresPrograms programs, final int niceness, final Path data, final int port) {
        return programs.run(
                niceness,
                "pg_ctl",
                START_SECONDS + 5,
                "start",
                "-w",
                "-t",
                Long.toString(START_SECONDS),
                "-D",
                data.toString(),
                "-l",
                data.resolveSibling("postgres.log").toString(),
                "-o",
                "-p " + port + " -c " + String.join(" -c ", SETTINGS));
    }

    private static int freePort(final Path portFile) throws IOException {
        final String text = Files.readString(portFile).strip();
        return text.matches("\\d{1,5}") ? freePort(Integer.parseInt(text)) : freePort(0);
    }

    /** Returns this port if it is free, else any free one. */
    private static int freePort(final int wanted) throws IOException {
        final InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (ServerSocket socket = new ServerSocket(wanted, 1, loopback)) {
            return socket.getLocalPort();
        } catch (final IOException e) {
            if (wanted == 0) {
                throw e;
            }
            return freePort(0);
        }
    }

    private static String password(final Path file) throws IOException {
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        final byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        final Path fresh = file.resolveSibling("password.new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, HexFormat.of().formatHex(random));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        return HexFormat.of().formatHex(random);
    }

    private static void createDatabase(final PostgresAddress address) throws SQLException {
        try (Connection connection = address.withDatabase("postgres").connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select 1 from pg_database where datname = '" + address.database() + "'")) {
            if (!found.next()) {
                statement.execute("create database " + address.database());
            }
        }
    }

    private static ProjectionException failed(final String what, final int code, final Path directory) {
        return new ProjectionException("the embedded Postgres does not start: step=" + what + " exitCode=" + code
                + ", see " + directory.resolve("postgres.log") + ", or bring your own with --postgres-uri");
    }
}
