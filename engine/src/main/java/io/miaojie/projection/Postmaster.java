package io.miaojie.projection;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Postgres that runs on our data directory, be it ours or that of a process that was killed. It is known by its
 * {@code postmaster.pid} and by its own command line: a process id alone may have been given to somebody else since.
 */
final class Postmaster {
    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    private static final long FAST_SECONDS = 20;
    private static final long HARD_SECONDS = 10;

    private Postmaster() {}

    /**
     * Stops what runs on this data directory, by its process id, and waits for its end: a fast shutdown first, an
     * immediate one if that takes too long, a kill as the last. A lock file whose process is no Postgres is removed.
     *
     * @throws ProjectionException when it does not end, or is a Postgres of somebody else
     */
    static void stop(final Path data, final PostgresPrograms programs) throws IOException {
        final Optional<ProcessHandle> found = named(data);
        if (found.isEmpty()) {
            return;
        }
        final ProcessHandle process = found.get();
        if (!isPostgres(process)) {
            LOG.info("the lock file of a Postgres that is gone, something else has its id now: pid={}", process.pid());
            Files.deleteIfExists(lockFile(data));
            return;
        }
        if (!isOn(process, data)) {
            throw new ProjectionException(
                    "a Postgres runs that was not started on this directory, but holds its lock: pid=" + process.pid()
                            + " data=" + data + ": stop it first");
        }
        LOG.warn("a Postgres of an earlier run still works on our directory, stopping it: pid={}", process.pid());
        final String pid = Long.toString(process.pid());
        programs.run("pg_ctl", HARD_SECONDS, "kill", "INT", pid);
        if (hasEnded(process, FAST_SECONDS)) {
            return;
        }
        programs.run("pg_ctl", HARD_SECONDS, "kill", "QUIT", pid);
        if (hasEnded(process, HARD_SECONDS)) {
            return;
        }
        process.destroyForcibly();
        if (!hasEnded(process, HARD_SECONDS)) {
            throw new ProjectionException(
                    "a Postgres of an earlier run can't be stopped: pid=" + pid + " data=" + data);
        }
    }

    /** Returns the live Postgres that the lock file names. One that is dead and not collected yet is none. */
    static Optional<ProcessHandle> running(final Path data) throws IOException {
        return named(data).filter(Postmaster::isPostgres);
    }

    /**
     * Lowers what the kernel thinks of as one group per session: where it shares processors among sessions (autogroups
     * of Linux, see sched(7)), niceness says nothing between them, and each process of Postgres has a session of its
     * own. Where it does not, there is nothing to lower.
     */
    static void lowerSessions(final ProcessHandle postmaster, final int niceness) {
        if (niceness != 0 && Files.exists(autogroup(postmaster))) {
            postmaster.children().forEach(process -> lower(autogroup(process), niceness));
        }
    }

    private static void lower(final Path autogroup, final int niceness) {
        try {
            if (!Files.readString(autogroup).strip().endsWith("nice " + niceness)) {
                write(autogroup, Integer.toString(niceness));
            }
        } catch (final IOException e) {
            // The process has ended, or the kernel takes no more changes in this tenth of a second: the next look does.
            LOG.debug("not lowered: autogroup={} error={}", autogroup, e.toString());
        }
    }

    /** Not by a channel: there the kernel's "try again", which it says to all but root, is no error but no progress. */
    private static void write(final Path file, final String text) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static Path autogroup(final ProcessHandle process) {
        return Path.of("/proc", Long.toString(process.pid()), "autogroup");
    }

    /** Returns the live process that the lock file names. */
    static Optional<ProcessHandle> named(final Path data) throws IOException {
        final List<String> lines;
        try {
            lines = Files.readAllLines(lockFile(data));
        } catch (final NoSuchFileException e) {
            return Optional.empty();
        }
        if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(ProcessHandle::isAlive);
    }

    private static boolean isPostgres(final ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(false);
    }

    private static boolean isOn(final ProcessHandle process, final Path data) {
        return process.info()
                .arguments()
                .map(arguments -> List.of(arguments).contains(data.toString()))
                .orElse(false);
    }

    private static boolean hasEnded(final ProcessHandle process, final long seconds) {
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (final TimeoutException e) {
            // A dead process that nobody has collected yet has no command line any more.
            return process.info().command().isEmpty();
        } catch (final ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProjectionException("interrupted while waiting for the end of pid=" + process.pid(), e);
        }
    }

    private static Path lockFile(final Path data) {
        return data.resolve("postmaster.pid");
    }
}
