package io.miaojie.ring;

import com.lmax.disruptor.Sequence;
import io.miaojie.gate.AnswerType;
import io.miaojie.gate.ReplySink;
import io.miaojie.wire.RecordLayout;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Last stage: hands over what a batch was decided to, now that it is durable, and frees the room in the record ring.
 *
 * <p>Thread: the journal thread. Allocates: nothing, but for repeats that the archive has to fetch.
 */
final class ReplyStage {
    private final ReplySink sink;
    private final OutcomeArchive archive;
    private final RecordRing records;
    private final UnsafeBuffer buffer;
    private final Sequence answeredCount = new Sequence(0);

    ReplyStage(final ReplySink sink, final OutcomeArchive archive, final RecordRing records) {
        this.sink = sink;
        this.archive = archive;
        this.records = records;
        this.buffer = records.buffer();
    }

    /** Returns the answers given so far. Thread: any. */
    long answeredCount() {
        return answeredCount.get();
    }

    /** Answers one slot, which must rest on nothing above the durable sequence. */
    void answer(final Slot slot, final long durableSequence) {
        if (slot.lastSequence > durableSequence) {
            throw new IllegalStateException("an answer rests on a record that is not durable: lastSequence="
                    + slot.lastSequence + " durableSequence=" + durableSequence);
        }
        final AnswerType type = slot.answerType();
        final boolean hasOutcome = type == AnswerType.OUTCOME;
        final long lastTick = hasOutcome ? slot.lastSequence - 1 : slot.lastSequence;
        for (long sequence = slot.firstSequence; sequence <= lastTick; sequence++) {
            tellTick(sequence);
        }
        if (type != null) {
            answerCaller(slot, type);
        }
    }

    /** Ends a batch behind its last slot. */
    void endBatch(final Slot last) {
        sink.onEndOfBatch();
        records.release(last.endPosition, last.lastSequence);
    }

    private void tellTick(final long sequence) {
        final int offset = records.offsetOf(records.positionOf(sequence));
        sink.onOutcome(
                ReplySink.NO_CALLER,
                AnswerType.OUTCOME,
                sequence,
                buffer,
                RecordLayout.outcomeOffset(buffer, offset),
                RecordLayout.outcomeLength(buffer, offset));
    }

    private void answerCaller(final Slot slot, final AnswerType type) {
        if (slot.answerPosition != RecordRing.OVERWRITTEN) {
            final int offset = records.offsetOf(slot.answerPosition);
            tell(slot, type, offset, slot.answerLength);
        } else if (!archive.offer(slot.token, type, slot.answerSequence)) {
            tell(slot, AnswerType.UNAVAILABLE, 0, 0);
        }
    }

    private void tell(final Slot slot, final AnswerType type, final int offset, final int length) {
        sink.onOutcome(slot.token, type, slot.answerSequence, buffer, offset, length);
        // Release only: a figure to look at.
        answeredCount.set(answeredCount.get() + 1);
    }
}
