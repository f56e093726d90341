package io.miaojie.api.feed;

import io.miaojie.gate.RecordLog;
import io.miaojie.wire.RecordLayout;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the durable records as they come, once for all readers, and puts their events into the window. It runs while
 * there are readers, and a while longer.
 *
 * <p>Thread: its own.
 */
final class FeedTail implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(FeedTail.class);

    /** Records between two looks at whether anybody still reads. */
    private static final int TURN_RECORDS = 1_000;

    /** How long an idle tail sleeps: events are late by no more. */
    private static final long IDLE_MS = 5;

    /** Pollers come back: their tail waits for them. */
    private static final long LINGER_NS = TimeUnit.SECONDS.toNanos(30);

    private final RecordLog log;
    private final EventTable table;
    private final FeedWindow window;
    private int readerCount;
    private long lastReaderNs = System.nanoTime();
    private boolean isClosed;
    private volatile Throwable fault;

    FeedTail(final RecordLog log, final EventTable table, final FeedWindow window) {
        this.log = log;
        this.table = table;
        this.window = window;
    }

    /** Counts a reader in; from now on the window is kept. */
    synchronized void join() {
        readerCount++;
        notifyAll();
    }

    /** Counts a reader out. */
    synchronized void leave() {
        readerCount--;
        lastReaderNs = System.nanoTime();
    }

    synchronized int readerCount() {
        return readerCount;
    }

    /** Returns what has ended the tail, null: nothing has. */
    Throwable fault() {
        return fault;
    }

    synchronized void close() {
        isClosed = true;
        notifyAll();
    }

    @Override
    public void run() {
        try {
            while (awaitReader()) {
                follow();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final RuntimeException | Error e) {
            LOG.error("the feed has stopped: no event is ever skipped", e);
            fault = e;
        }
    }

    private void follow() throws InterruptedException {
        final long start = log.durableSequence();
        try (RecordLog.Cursor cursor = log.after(start)) {
            window.restart(start == 0 ? FeedPosition.START : FeedPosition.behind(start));
            while (isWanted()) {
                if (!turn(cursor)) {
                    idle();
                }
            }
        } finally {
            window.clear();
        }
    }

    private boolean turn(final RecordLog.Cursor cursor) {
        long sequence = 0;
        for (int i = 0; i < TURN_RECORDS && cursor.next(); i++) {
            table.events(cursor.buffer(), cursor.offset(), merchantIndex -> true)
                    .forEach(window::append);
            sequence = RecordLayout.sequence(cursor.buffer(), cursor.offset());
        }
        if (sequence > 0) {
            window.scanned(FeedPosition.behind(sequence));
        }
        return sequence > 0;
    }

    private synchronized boolean awaitReader() throws InterruptedException {
        while (readerCount == 0 && !isClosed) {
            wait();
        }
        return !isClosed;
    }

    private synchronized boolean isWanted() {
        return !isClosed && (readerCount > 0 || System.nanoTime() - lastReaderNs < LINGER_NS);
    }

    private synchronized void idle() throws InterruptedException {
        if (!isClosed) {
            wait(IDLE_MS);
        }
    }
}
