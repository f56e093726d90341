package io.miaojie.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Postgres that comes with us: durable, private, and up again after any end of its owner. */
@Tag("postgres")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class EmbeddedPostgresTest {
    static final String READY = "ready";

    @TempDir
    Path directory;

    @Test
    void forcesWhatItCommitsAndListensOnLoopbackOnly() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            final PostgresTables tables = PostgresTables.create(postgres.address(), "t");
            assertEquals("on", tables.text("show fsync"));
            assertEquals("on", tables.text("show synchronous_commit"));
            assertEquals("on", tables.text("show full_page_writes"));
            assertEquals(
                    PostgresPrograms.isLinux() ? "syncfs" : "fsync", tables.text("show recovery_init_sync_method"));
            assertEquals("127.0.0.1", tables.text("show listen_addresses"));
            assertEquals("", tables.text("show unix_socket_directories"));
            assertTrue(tables.number("show server_version_num") >= 160_000);
        }
    }

    @Test
    void standsBehindUsWhenItIsTold() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 5);
                Connection connection = postgres.address().connect()) {
            assertTrue(connection.isValid(1));
            final ProcessHandle postmaster =
                    Postmaster.named(directory.resolve("data")).orElseThrow();
            final int expected = Math.min(19, niceness(ProcessHandle.current()) + 5);
            assertTrue(postmaster.children().count() > 1);
            Await.until("its processes stand behind", Duration.ofSeconds(30), () -> postmaster
                    .children()
                    .allMatch(process -> niceness(process) == expected));
            if (Files.exists(autogroup(postmaster))) {
                Await.until("its sessions stand behind", Duration.ofSeconds(30), () -> postmaster
                        .children()
                        .allMatch(process -> read(autogroup(process)).strip().endsWith("nice 5")));
            }
        }
    }

    /** Field 19 of {@code /proc/PID/stat}; the name before it may have blanks, and ends with the last bracket. */
    private static int niceness(final ProcessHandle process) {
        final String stat = read(Path.of("/proc", Long.toString(process.pid()), "stat"));
        return stat.isEmpty()
                ? -1
                : Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
    }

    private static Path autogroup(final ProcessHandle process) {
        return Path.of("/proc", Long.toString(process.pid()), "autogroup");
    }

    /** Returns what is there, nothing when the process has ended. */
    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            return "";
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            final PostgresAddress right = postgres.address();
            final PostgresAddress wrong =
                    new PostgresAddress(right.host(), right.port(), right.database(), right.user(), "guess");
            assertThrows(SQLException.class, wrong::connect);
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("password"))));
        }
    }

    @Test
    void keepsDataAndPortFromStartToStart() throws Exception {
        final PostgresAddress before;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            before = postgres.address();
            PostgresTables.create(before, "kept").run("create table kept as select 42 as answer");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            assertEquals(before, postgres.address());
            assertEquals(42, at(postgres, "kept").number("select answer from kept"));
        }
    }

    @Test
    void comesBackAtItsPortWhenItIsKilled() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            PostgresTables.create(postgres.address(), "kept").run("create table kept as select 42 as answer");
            for (int round = 0; round < 2; round++) {
                final ProcessHandle killed =
                        Postmaster.named(directory.resolve("data")).orElseThrow();
                killed.destroyForcibly();
                killed.onExit().join();
                Await.until("it is up again", Duration.ofSeconds(60), () -> isUp(postgres));
                assertEquals(42, at(postgres, "kept").number("select answer from kept"));
            }
        }
        assertTrue(Postmaster.running(directory.resolve("data")).isEmpty());
    }

    private static boolean isUp(final EmbeddedPostgres postgres) {
        try (Connection connection = postgres.address().connect()) {
            return connection.isValid(1);
        } catch (final SQLException e) {
            return false;
        }
    }

    @Test
    void startsAgainAfterItsOwnerWasKilledRoundAfterRound() throws Exception {
        for (int round = 0; round < 3; round++) {
            killAnOwner();
            final ProcessHandle orphan =
                    Postmaster.named(directory.resolve("data")).orElseThrow();
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
                assertFalse(orphan.isAlive());
                final PostgresTables tables = at(postgres, postgres.address().database());
                tables.run("create table if not exists kept (round int)");
                assertEquals(round, tables.number("select count(*) from kept"));
                tables.run("insert into kept values (" + round + ")");
            }
        }
    }

    @Test
    void startsAgainWhenOwnersAreKilledOneAfterTheOther() throws Exception {
        killAnOwner();
        killAnOwner();
        killAnOwner();
        EmbeddedPostgres.start(directory).close();
        assertTrue(Postmaster.named(directory.resolve("data")).isEmpty());
    }

    @Test
    void leavesAProcessAloneThatHasGotTheIdOfAnOldPostgres() throws Exception {
        EmbeddedPostgres.start(directory).close();
        final Process other = new ProcessBuilder("sleep", "120").start();
        try {
            Files.writeString(directory.resolve("data/postmaster.pid"), other.pid() + "\n" + directory + "\n");
            EmbeddedPostgres.start(directory).close();
            assertTrue(other.isAlive());
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void startsAfterAnInterruptedInitialisation() throws Exception {
        Files.createDirectories(directory.resolve("initialising/base"));
        Files.writeString(directory.resolve("initialising/PG_VERSION"), "16");
        EmbeddedPostgres.start(directory).close();
    }

    private void killAnOwner() throws IOException, InterruptedException {
        final Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        PostgresOwner.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8))) {
            assertTrue(lines.lines().anyMatch(READY::equals), "the owner has not started its Postgres");
            owner.destroyForcibly().waitFor();
        }
    }

    private static PostgresTables at(final EmbeddedPostgres postgres, final String database) {
        return PostgresTables.of(postgres.address().withDatabase(database));
    }
}
