package io.miaojie.api.edge;

import io.miaojie.gate.AnswerType;
import io.miaojie.gate.ReplySink;
import io.vertx.core.Context;
import org.agrona.DirectBuffer;

/**
 * Step 6 of the walk: brings each answer to the event loop whose token it carries. Made before the engine, which is
 * started with it, and before the server, which attaches its loops to it.
 *
 * <p>Thread: any.
 */
public final class ReplyRouter implements ReplySink {
    /** Takes outcomes that nobody waits for. */
    @FunctionalInterface
    public interface Unattended {
        void onOutcome(long sequence, DirectBuffer buffer, int offset);
    }

    /** Low bits of a token that name its loop. */
    static final int LOOP_BITS = 4;

    /** Most event loops. */
    public static final int LOOPS_MAX = 1 << LOOP_BITS;

    private final AnswerQueue[] queues;
    private volatile Unattended unattended = (sequence, buffer, offset) -> {};

    /** Makes a router for this many event loops, 1 to {@link #LOOPS_MAX}. */
    public ReplyRouter(final int loopCount) {
        if (loopCount < 1 || loopCount > LOOPS_MAX) {
            throw new IllegalArgumentException("loopCount=" + loopCount + " max=" + LOOPS_MAX);
        }
        queues = new AnswerQueue[loopCount];
        for (int i = 0; i < loopCount; i++) {
            queues[i] = new AnswerQueue();
        }
    }

    public int loopCount() {
        return queues.length;
    }

    /** Names who takes the outcomes of ticks. */
    public void attach(final Unattended taker) {
        unattended = taker;
    }

    void attach(final int loop, final Context context, final Waiting waiting) {
        queues[loop].attach(context, waiting);
    }

    @Override
    public void onOutcome(
            final long token,
            final AnswerType type,
            final long sequence,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (token == NO_CALLER) {
            unattended.onOutcome(sequence, buffer, offset);
        } else {
            queues[(int) token & LOOPS_MAX - 1].append(token, type, sequence, buffer, offset, length);
        }
    }

    @Override
    public void onEndOfBatch() {
        for (final AnswerQueue queue : queues) {
            queue.wake();
        }
    }
}
