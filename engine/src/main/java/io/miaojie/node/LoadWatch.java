package io.miaojie.node;

import com.sun.management.OperatingSystemMXBean;
import io.miaojie.journal.Journal;
import io.miaojie.projection.Pace;
import io.miaojie.projection.Projector;
import io.miaojie.ring.RingHost;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches the load. Closes the gate to commands while Postgres is too far behind or the disk is nearly full, and opens
 * it again. Halts the ring when the projector has met a broken invariant.
 *
 * <p>Thread: its own, a look every {@value #PERIOD_MS} ms.
 */
final class LoadWatch implements Runnable, AutoCloseable {
    static final long PERIOD_MS = 50;

    /** With this many cores or more there is one for everybody. */
    private static final int MANY_CORES = 8;

    /** A timer that is late by more stands in a backlog: one that is not fires within a look of the ticker. */
    private static final long BACKLOG_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Somebody calls for so long after an answer: a pause, or a stall, ends nothing. */
    private static final long CALLED_NS = TimeUnit.SECONDS.toNanos(1);

    /** Part of its bound up to which a lag is one of moments: rows may come later, and callers wait less. */
    private static final int MOMENTS_PART = 128;

    /** And what comes in for so many seconds: the lag of a slower stream takes longer to reach that part. */
    private static final int MOMENTS_SECONDS = 10;

    /** Bytes of a record, until some have been written and the mean is known. */
    private static final long RECORD_BYTES = 256;

    private final RingHost ring;
    private final Journal journal;
    private final Projector projector;
    private final long unprojectedBytesMax;
    private final long startSequence;
    private final Thread thread = new Thread(this, "miaojie-load-watch");
    private final boolean isShort = Runtime.getRuntime().availableProcessors() < MANY_CORES;
    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Burst burst;
    private long answeredCount;
    private long answeredNs = System.nanoTime() - CALLED_NS;
    private volatile boolean isClosing;
    private volatile boolean isBehind;

    LoadWatch(final RingHost ring, final Journal journal, final Projector projector, final long unprojectedBytesMax) {
        this.ring = ring;
        this.journal = journal;
        this.projector = projector;
        this.unprojectedBytesMax = unprojectedBytesMax;
        this.startSequence = journal.durableSequence();
        this.burst = new Burst(System.nanoTime(), startSequence);
        thread.setDaemon(true);
    }

    /** Looks once, then goes on looking. */
    void start() {
        look();
        thread.start();
    }

    boolean isBehind() {
        return isBehind;
    }

    /** Returns the lag in bytes: an estimate from the mean record, so that nothing adds up over the years. */
    long unprojectedBytes() {
        final long recordCount = journal.durableSequence() - startSequence;
        final long meanBytes = recordCount > 0 ? journal.writtenBytes() / recordCount : RECORD_BYTES;
        return projector.lagRecords() * meanBytes;
    }

    @Override
    public void run() {
        while (!isClosing) {
            look();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PERIOD_MS));
        }
    }

    /** Shut above the limit, open below three quarters of it, so that the gate does not flutter. */
    void look() {
        final long limit = isBehind ? unprojectedBytesMax / 4 * 3 : unprojectedBytesMax;
        isBehind = unprojectedBytes() > limit || !journal.hasRoom();
        ring.admitCommands(!isBehind);
        projector.pace(pace());
        if (projector.hasEnded() && !isClosing) {
            ring.halt(projector.lastError().orElseGet(() -> new IllegalStateException("the projector has ended")));
        }
    }

    private Pace pace() {
        final long nowNs = System.nanoTime();
        final boolean isBurst = burst.look(nowNs, journal.durableSequence(), machine::getCpuLoad);
        if (ring.answeredCount() != answeredCount) {
            answeredCount = ring.answeredCount();
            answeredNs = nowNs;
        }
        if (!isShort) {
            return Pace.FULL;
        }
        final boolean isFirst = isBurst || ring.timerOverdueNs() > BACKLOG_NS;
        final double lagSeconds = projector.lagRecords() / Math.max(1, burst.perSecond());
        final boolean isCalled = nowNs - answeredNs < CALLED_NS;
        return paceOnFewCores(unprojectedBytes(), unprojectedBytesMax, lagSeconds, isFirst, isCalled, burst.isTaken());
    }

    /**
     * Chooses the pace where the projector takes from others what it takes.
     *
     * @param lagSeconds in which as much comes in
     * @param isFirst what else is to be done comes first: a burst, or a backlog of timers
     * @param isCalled somebody calls
     * @param isTaken and leaves no processor idle
     */
    static Pace paceOnFewCores(
            final long lagBytes,
            final long lagBytesMax,
            final double lagSeconds,
            final boolean isFirst,
            final boolean isCalled,
            final boolean isTaken) {
        if (lagBytes >= lagBytesMax / 2) {
            return Pace.FULL;
        }
        if (isFirst) {
            return Pace.NONE;
        }
        if (!isCalled) {
            return Pace.FULL;
        }
        final boolean isOfMoments = lagBytes < lagBytesMax / MOMENTS_PART && lagSeconds < MOMENTS_SECONDS;
        if (!isOfMoments) {
            return Pace.SHARED;
        }
        return isTaken ? Pace.NONE : Pace.SPARING;
    }

    @Override
    public void close() {
        isClosing = true;
        projector.pace(Pace.FULL);
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
