package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.rig.Plan;
import io.miaojie.gate.AnswerType;
import io.miaojie.gate.ReplySink;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.SettledOutcomeDecoder;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;

/**
 * Counts what was answered, and which of it was settled. What was earned is held against a plain calculation at the
 * end, see {@link PlainSums}: reading each grant here would be a third of what this thread does.
 *
 * <p>Thread: the reply thread counts; any asks, once a batch has ended.
 */
final class CountingSink implements ReplySink {
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong settled = new AtomicLong();
    private Plan plan;
    private Histogram latencyNs;
    private long startNs;
    private long firstAnswer;
    private long answeredCount;
    private long settledCount;

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
        if (type == AnswerType.OUTCOME && isSettled(buffer, offset)) {
            settledCount++;
        }
    }

    @Override
    public void onEndOfBatch() {
        settled.setPlain(settledCount);
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

    /** Returns how many of {@link #answered} have changed what they were to change. */
    long settled() {
        return settled.getPlain();
    }

    private static boolean isSettled(final DirectBuffer buffer, final int offset) {
        final int templateId = buffer.getByte(offset + MessageHeaderDecoder.templateIdEncodingOffset()) & 0xFF;
        final int code = offset + MessageHeaderDecoder.ENCODED_LENGTH + SettledOutcomeDecoder.codeEncodingOffset();
        return templateId == SettledOutcomeDecoder.TEMPLATE_ID
                && buffer.getShort(code, ByteOrder.LITTLE_ENDIAN) == ResultCode.OK.number();
    }
}
