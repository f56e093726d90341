package io.miaojie.benchmarks.rig;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Single payments on a planned clock, each measured from the moment at which it was to be sent: a server that stalls,
 * or a sender that does, can't hide it. Over several connections in turn, so that few wait for the one before. Answers
 * are not kept: what the sender collects would be its own pauses.
 */
final class PlannedPayments implements AutoCloseable {
    private static final int CONNECTIONS = 32;
    private static final long HIGHEST_US = TimeUnit.MINUTES.toMicros(2);
    private static final int MEMBERS = 1_000;
    private static final long GRACE_S = 10;

    private final List<Api> connections = new ArrayList<>();
    private int sent;

    PlannedPayments(final Vertx vertx, final URI server, final String key) {
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(new Api(vertx, server, key));
        }
    }

    /** Sends so many a second for so long, waits for every answer, and returns the latencies in microseconds. */
    Histogram send(final int rate, final int seconds) {
        final Histogram latencyUs = new ConcurrentHistogram(HIGHEST_US, 3);
        final CountDownLatch unanswered = new CountDownLatch(rate * seconds);
        final AtomicReference<Throwable> fault = new AtomicReference<>();
        final String paidAt = Instant.now().toString();
        final long startNs = System.nanoTime();
        for (int i = 0; i < rate * seconds; i++) {
            final long plannedNs = startNs + i * TimeUnit.SECONDS.toNanos(1) / rate;
            waitUntil(plannedNs);
            connections
                    .get(i % CONNECTIONS)
                    .send("/v1/payments", payment(sent++, paidAt))
                    .onSuccess(done ->
                            latencyUs.recordValue(Math.min(HIGHEST_US, (System.nanoTime() - plannedNs) / 1_000)))
                    .onFailure(fault::set)
                    .onComplete(done -> unanswered.countDown());
        }
        await(unanswered);
        if (fault.get() != null) {
            throw new IllegalStateException("a payment was not settled", fault.get());
        }
        return latencyUs;
    }

    private static void await(final CountDownLatch unanswered) {
        try {
            if (!unanswered.await(GRACE_S, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the planned rate was not reached: not all answered in time");
            }
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the id of one of the members who pay. */
    static String member(final int index) {
        return "u" + index % MEMBERS;
    }

    @Override
    public void close() {
        connections.forEach(Api::close);
    }

    private static Buffer payment(final int index, final String paidAt) {
        return new JsonObject()
                .put("id", "p" + index)
                .put("order_id", "o" + index)
                .put("member_id", member(index))
                .put("amount", 10_000)
                .put("currency", "CNY")
                .put("paid_at", paidAt)
                .toBuffer();
    }

    private static void waitUntil(final long plannedNs) {
        for (long leftNs = plannedNs - System.nanoTime(); leftNs > 0; leftNs = plannedNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
    }
}
