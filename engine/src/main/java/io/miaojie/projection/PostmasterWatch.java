package io.miaojie.projection;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts our Postgres again, at its old port, when it has ended by itself: after a kill, or with a full disk under its
 * log, which it does not survive. Tries for ever, at most every {@value #PAUSE_MOST_MS} ms. While it is up, it keeps
 * its sessions as far behind us as they are meant to be.
 *
 * <p>Thread: its own.
 */
final class PostmasterWatch implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostmasterWatch.class);
    private static final long PAUSE_MS = 500;
    private static final long PAUSE_MOST_MS = 8_000;

    /** Starts it, and tells whether it is up. */
    interface Start {
        boolean again() throws IOException;
    }

    private final Path data;
    private final int niceness;
    private final Start start;
    private final Thread thread = new Thread(this, "miaojie-postmaster-watch");
    private volatile boolean isClosing;

    PostmasterWatch(final Path data, final int niceness, final Start start) {
        this.data = data;
        this.niceness = niceness;
        this.start = start;
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        long pauseMs = PAUSE_MS;
        while (!isClosing) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMs));
            pauseMs = isClosing || isUp() ? PAUSE_MS : Math.min(2 * pauseMs, PAUSE_MOST_MS);
        }
    }

    private boolean isUp() {
        try {
            final Optional<ProcessHandle> running = Postmaster.running(data);
            if (running.isEmpty()) {
                return startAgain();
            }
            Postmaster.lowerSessions(running.get(), niceness);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.warn("the embedded Postgres could not be looked after, the next look comes: data={}", data, e);
            return false;
        }
    }

    private boolean startAgain() throws IOException {
        LOG.warn("the embedded Postgres has ended by itself, starting it again: data={}", data);
        final boolean isUp = start.again();
        if (isUp) {
            LOG.info("the embedded Postgres is up again: data={}", data);
        } else {
            LOG.warn("the embedded Postgres does not start, its postgres.log says why: data={}", data);
        }
        return isUp;
    }

    /** Gives up a start that is under way. */
    @Override
    public void close() {
        isClosing = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
