package io.miaojie.api.client;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Sends one request per payment on a planned clock (open loop) and measures each from its planned send time, so that a
 * stalled server can't hide its own stall. Bounded in requests under way: beyond that the sender itself waits, and the
 * wait counts as latency.
 */
public final class PlannedSender {
    /** What a run showed: how many were answered 200 and not, how long it took, latencies in microseconds. */
    public record Run(int answered, int failed, long elapsedNs, Histogram latencyUs) {}

    private static final int UNDER_WAY_MAX = 4_096;
    private static final long HIGHEST_US = 120_000_000L;

    private final ApiClient client;
    private final String path;

    public PlannedSender(final ApiClient client, final String path) {
        this.client = client;
        this.path = path;
    }

    /**
     * Sends {@code count} requests and waits for all answers.
     *
     * @param body of request i
     * @param offsetUs planned send time of request i, microseconds after the start, never falling
     * @param onProgress called with the number answered so far, on the sending thread
     */
    public Run send(
            final int count,
            final IntFunction<Buffer> body,
            final IntUnaryOperator offsetUs,
            final java.util.function.IntConsumer onProgress) {
        final Histogram latencyUs = new ConcurrentHistogram(HIGHEST_US, 3);
        final AtomicInteger answered = new AtomicInteger();
        final AtomicInteger failed = new AtomicInteger();
        final Semaphore underWay = new Semaphore(UNDER_WAY_MAX);
        final long startNs = System.nanoTime();
        for (int i = 0; i < count; i++) {
            final long plannedNs = startNs + offsetUs.applyAsInt(i) * 1_000L;
            waitUntil(plannedNs);
            underWay.acquireUninterruptibly();
            client.send(HttpMethod.POST, path, body.apply(i)).onComplete(answer -> {
                latencyUs.recordValue(Math.min(HIGHEST_US, Math.max(0, System.nanoTime() - plannedNs) / 1_000));
                final boolean ok = answer.succeeded() && answer.result().status() == 200;
                (ok ? answered : failed).incrementAndGet();
                underWay.release();
            });
            if ((i & 0xFF) == 0) {
                onProgress.accept(answered.get());
            }
        }
        underWay.acquireUninterruptibly(UNDER_WAY_MAX);
        onProgress.accept(answered.get());
        return new Run(answered.get(), failed.get(), System.nanoTime() - startNs, latencyUs);
    }

    private static void waitUntil(final long plannedNs) {
        long leftNs = plannedNs - System.nanoTime();
        while (leftNs > 0) {
            LockSupport.parkNanos(leftNs);
            leftNs = plannedNs - System.nanoTime();
        }
    }
}
