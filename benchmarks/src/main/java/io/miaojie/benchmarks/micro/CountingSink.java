package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.rig.Plan;
import io.miaojie.gate.AnswerType;
import io.miaojie.gate.ReplySink;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;

/**
 * Counts what was answered, and which of it were payments with their grants.
 *
 * <p>Thread: the reply thread counts; any asks, once a batch has ended.
 */
final class CountingSink implements ReplySink {
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong granted = new AtomicLong();
    private final GrantProof proof;
    private Plan plan;
    private Histogram latencyNs;
    private long startNs;
    private long firstAnswer;
    private long answeredCount;
    private long grantedCount;

    /** Counts payments that earned so many grants. */
    CountingSink(final int grantCount) {
        proof = new GrantProof(grantCount);
    }

    @Override
    public void onOutcome(
            final long token,
            final AnswerType type,
            final long sequence,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (plan != null) {
            final int request = (int) (answeredCount - firstAnswer);
            latencyNs.recordValue(Math.max(0, System.nanoTime() - startNs - plan.offsetNs(request)));
        }
        answeredCount++;
        if (type == AnswerType.OUTCOME && proof.holds(buffer, offset, length)) {
            grantedCount++;
        }
    }

    @Override
    public void onEndOfBatch() {
        granted.setPlain(grantedCount);
        // Release: whoever sees this count sees the one above too.
        answered.setRelease(answeredCount);
    }

    /**
     * Measures what is answered from now on. Thread: the one that submits, while nothing is under way; the ring hands
     * these fields over with the next message.
     *
     * @param planned when each was to be sent, ns after the start; null: measure nothing
     */
    void measure(final Plan planned, final long start, final Histogram latencies) {
        firstAnswer = answered.getAcquire();
        startNs = start;
        latencyNs = latencies;
        plan = planned;
    }

    /** Returns the answers of all batches that have ended. */
    long answered() {
        return answered.getAcquire();
    }

    /** Returns how many of {@link #answered} were payments with all their grants. */
    long granted() {
        return granted.getPlain();
    }
}
