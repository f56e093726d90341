package io.miaojie.ring;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.Sequence;
import io.miaojie.gate.AnswerType;
import io.miaojie.settlement.Core;
import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.codec.ConflictAnswerDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.SeenAnswerDecoder;
import io.miaojie.wire.codec.TickCommandEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * First stage: stamps the time, lets due timers fire, settles the message straight into a record of the record ring,
 * and looks up the first answer of a repeat.
 *
 * <p>Thread: the settlement thread, the only writer of all money. Allocates: nothing.
 */
final class SettleStage implements EventHandler<Slot> {
    /**
     * Ticks in one batch of messages at most, each of up to 256 firings: whoever came while they fired waits for no
     * more of them, so nobody waits long for a backlog. The rest fires with the batches that follow. Before a message
     * that moves the clock, whatever is due by then fires.
     */
    static final int TICKS_PER_BATCH_MAX = 2;

    private final RingConfig config;
    private final Core core;
    private final EngineClock clock;
    private final MessageBytes messages;
    private final RecordRing records;
    private final Halt halt;
    private final Handover handover;
    private final UnsafeBuffer buffer;
    private final UnsafeBuffer tick;
    private final Sequence lastSequence = new Sequence(0);
    private final Sequence nextDeadlineNs = new Sequence(Long.MAX_VALUE);
    private final Sequence stampedNs = new Sequence(0);
    private long sequence;
    private long nowNs;
    private int ticksInBatch;

    SettleStage(
            final RingConfig config,
            final Core core,
            final EngineClock clock,
            final MessageBytes messages,
            final RecordRing records,
            final Halt halt,
            final Handover handover) {
        this.config = config;
        this.core = core;
        this.clock = clock;
        this.messages = messages;
        this.records = records;
        this.halt = halt;
        this.handover = handover;
        this.buffer = records.buffer();
        this.tick = tickCommand();
    }

    /** Goes on behind what recovery found; before the first slot. */
    void startBehind(final long recoveredSequence, final long recoveredNowNs) {
        sequence = recoveredSequence;
        nowNs = recoveredNowNs;
        records.startBehind(recoveredSequence);
        publishCounters();
    }

    /** Returns the last sequence taken. Thread: any. */
    long lastSequence() {
        return lastSequence.get();
    }

    /** Returns the time of the last slot. Thread: any. */
    long stampedNs() {
        return stampedNs.get();
    }

    /** Returns when the next timer is due. Thread: any. */
    long nextDeadlineNs() {
        return nextDeadlineNs.get();
    }

    @Override
    public void setSequenceCallback(final Sequence sequenceCallback) {
        handover.follow(sequenceCallback);
    }

    @Override
    public void onEvent(final Slot slot, final long slotSequence, final boolean endOfBatch) {
        slot.beginSettling(sequence);
        if (halt.isSet()) {
            return;
        }
        final boolean hasMessage = slot.length > 0;
        nowNs = clock.nowNs(nowNs, hasMessage ? messages.atNs(slotSequence) : 0);
        final boolean isMoved = hasMessage && movesClock(messages.timeNs(core, slotSequence, nowNs));
        final boolean isGoing =
                settleDueTicks(slot, slotSequence, isMoved ? Long.MAX_VALUE : TICKS_PER_BATCH_MAX - ticksInBatch);
        if (hasMessage && isGoing) {
            settleMessage(slot, slotSequence);
        }
        ticksInBatch = endOfBatch ? 0 : ticksInBatch;
        handover.end(slot, sequence);
        publishCounters();
    }

    /** Goes on from the time that a message asks for; false: it asks for none that is later. */
    private boolean movesClock(final long askedNs) {
        if (askedNs <= nowNs) {
            return false;
        }
        clock.moveTo(askedNs);
        nowNs = askedNs;
        // Release only: a hint. The ticker has nothing to nudge for until all that is due has fired.
        nextDeadlineNs.set(Long.MAX_VALUE);
        return true;
    }

    /** Fires what is due; false: the ring has halted meanwhile. */
    private boolean settleDueTicks(final Slot slot, final long slotSequence, final long ticksMax) {
        for (long i = 0; i < ticksMax && core.nextDeadlineNs() <= nowNs; i++) {
            if (!claim(tick.capacity(), slot, slotSequence)) {
                return false;
            }
            final int offset = records.offsetOf(records.head());
            buffer.putBytes(RecordLayout.commandOffset(offset), tick, 0, tick.capacity());
            final int result = settle(offset, tick.capacity());
            if (result <= 0) {
                throw new IllegalStateException("a tick makes a record: sequence=" + (sequence + 1));
            }
            keepRecord(offset, tick.capacity(), result);
            ticksInBatch = Math.min(TICKS_PER_BATCH_MAX, ticksInBatch + 1);
        }
        return true;
    }

    private void settleMessage(final Slot slot, final long slotSequence) {
        final int length = slot.length;
        if (!claim(length, slot, slotSequence)) {
            return;
        }
        final int offset = records.offsetOf(records.head());
        messages.copyTo(slotSequence, length, buffer, RecordLayout.commandOffset(offset));
        if (slot.foreseeFault != null) {
            savePoison(RecordLayout.commandOffset(offset), length, slot.foreseeFault);
            throw new IllegalStateException("the core can't foresee a message", slot.foreseeFault);
        }
        final int result = settle(offset, length);
        if (result > 0) {
            final int answerOffset = RecordLayout.HEADER_LENGTH + length;
            keepRecord(offset, length, result);
            final long recordPosition = records.positionOf(sequence);
            slot.answer(AnswerType.OUTCOME, sequence, recordPosition + answerOffset, result);
        } else {
            answerWithoutRecord(slot, offset, RecordLayout.commandOffset(offset) + length, -result);
        }
    }

    private int settle(final int offset, final int length) {
        final int in = RecordLayout.commandOffset(offset);
        final int result;
        try {
            result = core.settle(sequence + 1, nowNs, buffer, in, length, buffer, in + length);
        } catch (Throwable fault) {
            savePoison(in, length, fault);
            throw fault;
        }
        if (result == 0 || Math.abs(result) > RecordLayout.MESSAGE_LENGTH_MAX) {
            throw new IllegalStateException("no outcome has this length: bytes=" + result);
        }
        return result;
    }

    private void savePoison(final int commandOffset, final int length, final Throwable fault) {
        PoisonFile.save(config.poisonDirectory(), sequence + 1, buffer, commandOffset, length, fault);
    }

    private void keepRecord(final int offset, final int commandLength, final int outcomeLength) {
        sequence++;
        RecordLayout.putHeader(buffer, offset, commandLength, outcomeLength, config.shard(), sequence, nowNs);
        records.keepRecord(sequence, RecordLayout.HEADER_LENGTH + commandLength + outcomeLength);
    }

    private void answerWithoutRecord(final Slot slot, final int offset, final int answerOffset, final int length) {
        final int body = answerOffset + MessageHeaderDecoder.ENCODED_LENGTH;
        switch (buffer.getByte(answerOffset + MessageHeaderDecoder.templateIdEncodingOffset()) & 0xFF) {
            case SeenAnswerDecoder.TEMPLATE_ID -> {
                final long first = firstSequence(body + SeenAnswerDecoder.firstSequenceEncodingOffset());
                answerFromRecord(slot, AnswerType.REPEAT, first, offset);
            }
            case ConflictAnswerDecoder.TEMPLATE_ID -> {
                final long first = firstSequence(body + ConflictAnswerDecoder.firstSequenceEncodingOffset());
                answerFromRecord(slot, AnswerType.CONFLICT, first, offset);
            }
            default -> {
                buffer.putBytes(offset, buffer, answerOffset, length);
                keepAnswer(slot, AnswerType.ANSWER, sequence, length);
            }
        }
    }

    private long firstSequence(final int offset) {
        return buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
    }

    private void answerFromRecord(final Slot slot, final AnswerType type, final long first, final int offset) {
        final long position = records.find(first);
        if (position == RecordRing.OVERWRITTEN) {
            slot.answer(type, first, RecordRing.OVERWRITTEN, 0);
            return;
        }
        final int record = records.offsetOf(position);
        final boolean isRepeat = type == AnswerType.REPEAT;
        final int from = isRepeat ? RecordLayout.outcomeOffset(buffer, record) : RecordLayout.commandOffset(record);
        final int length =
                isRepeat ? RecordLayout.outcomeLength(buffer, record) : RecordLayout.commandLength(buffer, record);
        buffer.putBytes(offset, buffer, from, length);
        keepAnswer(slot, type, first, length);
    }

    private void keepAnswer(final Slot slot, final AnswerType type, final long restsOn, final int length) {
        slot.answer(type, restsOn, records.head(), length);
        records.keepAnswer(length);
    }

    /** Waits for room for one record; false: the ring has halted meanwhile. */
    private boolean claim(final int commandLength, final Slot slot, final long slotSequence) {
        final int length = RecordLayout.HEADER_LENGTH + commandLength + RecordLayout.MESSAGE_LENGTH_MAX;
        return handover.claim(length, slot, slotSequence, sequence);
    }

    private void publishCounters() {
        // Release only: these are hints for other threads, and no other memory rests on them.
        lastSequence.set(sequence);
        stampedNs.set(nowNs);
        nextDeadlineNs.set(core.nextDeadlineNs());
    }

    private static UnsafeBuffer tickCommand() {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + TickCommandEncoder.BLOCK_LENGTH;
        final UnsafeBuffer command = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
        new TickCommandEncoder().wrapAndApplyHeader(command, 0, new MessageHeaderEncoder());
        return command;
    }
}
