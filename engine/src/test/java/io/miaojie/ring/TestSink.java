package io.miaojie.ring;

import io.miaojie.gate.AnswerType;
import io.miaojie.gate.ReplySink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps what it is told. */
final class TestSink implements ReplySink {
    /** One answer, its bytes copied. */
    record Told(long token, AnswerType type, long sequence, UnsafeBuffer bytes) {
        int templateId() {
            return bytes.getByte(2) & 0xFF;
        }
    }

    private final List<Told> told = new ArrayList<>();
    private final AtomicInteger batchCount = new AtomicInteger();
    private volatile LongConsumer onSequence = sequence -> {};

    /** Has each answer's sequence looked at in the moment it is told. */
    void watch(final LongConsumer watcher) {
        onSequence = watcher;
    }

    @Override
    public void onOutcome(
            final long token,
            final AnswerType type,
            final long sequence,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        onSequence.accept(sequence);
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        synchronized (told) {
            told.add(new Told(token, type, sequence, new UnsafeBuffer(bytes)));
        }
    }

    @Override
    public void onEndOfBatch() {
        batchCount.incrementAndGet();
    }

    int batchCount() {
        return batchCount.get();
    }

    List<Told> told() {
        synchronized (told) {
            return List.copyOf(told);
        }
    }

    int count() {
        synchronized (told) {
            return told.size();
        }
    }

    List<Told> await(final int count) {
        Eventually.holds(count + " answers", () -> count() >= count);
        return told();
    }

    Told awaitToken(final long token) {
        Eventually.holds("answer to " + token, () -> told().stream().anyMatch(t -> t.token == token));
        return told().stream().filter(t -> t.token == token).findFirst().orElseThrow();
    }
}
