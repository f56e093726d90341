package io.miaojie.projection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands before a Postgres and loses the answers to a projector's commits, or brings them late: the commit arrives, the
 * client never hears of it, or not in time. Whoever else connects is left alone.
 */
public final class CuttingProxy implements AutoCloseable {
    private static final String PROJECTOR = "miaojie projector";
    private static final String COMMIT = "COMMIT\0";
    private static final int ALONE_BYTES_MAX = 1_000;

    private final ServerSocket listener;
    private final PostgresAddress target;
    private final AtomicInteger cutsLeft;
    private volatile long lateMs;

    /** Stands before this Postgres, on a free port. */
    public CuttingProxy(final PostgresAddress target) throws IOException {
        this.target = target;
        this.cutsLeft = new AtomicInteger();
        this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        start("accept", this::accept);
    }

    /** Returns where it stands. */
    public PostgresAddress address() {
        return new PostgresAddress(
                "127.0.0.1", listener.getLocalPort(), target.database(), target.user(), target.password());
    }

    /** Loses the answers to this many commits from now on. */
    public void loseNext(final int count) {
        delayNext(count, Long.MAX_VALUE);
    }

    /** Brings the answers to this many commits so late, from now on. */
    public void delayNext(final int count, final long byMs) {
        lateMs = byMs;
        cutsLeft.set(count);
    }

    /** Returns how many answers are still to be lost or late. */
    public int cutsLeft() {
        return cutsLeft.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            final Socket client = listener.accept();
            final Socket server = new Socket(target.host(), target.port());
            final boolean[] isCut = {false};
            start("up", () -> pump(client, server, isCut, true));
            start("down", () -> pump(server, client, isCut, false));
        }
    }

    private void pump(final Socket from, final Socket to, final boolean[] isCut, final boolean isUp)
            throws IOException {
        final byte[] bytes = new byte[1 << 16];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            boolean isProjector = false;
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                isProjector = isUp && (isProjector || contains(bytes, count, PROJECTOR));
                if (isProjector
                        && contains(bytes, count, COMMIT)
                        && cutsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    mark(isCut);
                } else if (!isUp && isMarked(isCut)) {
                    if (lateMs == Long.MAX_VALUE) {
                        return;
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(lateMs));
                    unmark(isCut);
                }
                out.write(bytes, 0, count);
                out.flush();
            }
        }
    }

    private static void mark(final boolean[] isCut) {
        synchronized (isCut) {
            isCut[0] = true;
        }
    }

    private static void unmark(final boolean[] isCut) {
        synchronized (isCut) {
            isCut[0] = false;
        }
    }

    private static boolean isMarked(final boolean[] isCut) {
        synchronized (isCut) {
            return isCut[0];
        }
    }

    /** What is looked for comes alone or nearly so: a client waits for the answer to what was before it. */
    private static boolean contains(final byte[] bytes, final int count, final String text) {
        return count < ALONE_BYTES_MAX && new String(bytes, 0, count, StandardCharsets.US_ASCII).contains(text);
    }

    /** Work of one thread; a broken connection ends it. */
    private interface Work {
        void run() throws IOException;
    }

    private static void start(final String name, final Work work) {
        final Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (final IOException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }
}
