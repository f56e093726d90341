package io.miaojie.projection;

import java.time.Duration;
import java.util.Optional;

/** How far the projection is, for those who watch it and those who wait for it. Thread: any. */
final class ProjectionProgress {
    private long sequence;
    private long bytes;
    private Throwable lastError;
    private boolean hasEnded;

    synchronized void startAt(final long startSequence) {
        sequence = startSequence;
    }

    synchronized void reached(final OutcomeRows rows) {
        sequence = rows.lastSequence();
        bytes += rows.bytes();
        lastError = null;
        notifyAll();
    }

    synchronized void failed(final Throwable error) {
        lastError = error;
    }

    /** Says that nothing more is coming; waiters wait no longer. */
    synchronized void ended() {
        hasEnded = true;
        notifyAll();
    }

    synchronized long sequence() {
        return sequence;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized Optional<Throwable> lastError() {
        return Optional.ofNullable(lastError);
    }

    synchronized boolean hasEnded() {
        return hasEnded;
    }

    synchronized boolean await(final long wanted, final Duration timeout) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + timeout.toNanos();
        while (sequence < wanted && !hasEnded) {
            final long leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                break;
            }
            wait(leftMs);
        }
        return sequence >= wanted;
    }
}
