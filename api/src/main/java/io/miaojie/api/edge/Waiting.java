package io.miaojie.api.edge;

import io.miaojie.gate.AnswerType;
import io.miaojie.gate.Gate;
import io.miaojie.gate.SubmitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The callers of one event loop that wait for an answer, each with a copy of its command: an answer is a function of
 * both. Slots are used again, so waiting allocates nothing once the table has grown.
 *
 * <p>Thread: its event loop.
 */
public final class Waiting {
    private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);
    private static final int SLOT_BITS = 20;
    private static final int COMMAND_BYTES_KEPT = 1024;

    /** One place of the table. */
    private static final class Slot {
        private final int place;
        private long generation;
        private Caller caller;
        private long ticket;
        private long submittedNs;
        private byte[] command = new byte[256];
        private int commandLength;

        private Slot(final int place) {
            this.place = place;
        }

        private void keep(final DirectBuffer message, final int length) {
            if (command.length < length) {
                command = new byte[Integer.highestOneBit(length - 1) << 1];
            }
            message.getBytes(0, command, 0, length);
            commandLength = length;
        }

        private void clear() {
            caller = null;
            generation++;
            if (command.length > COMMAND_BYTES_KEPT) {
                command = new byte[256];
            }
        }
    }

    private final Gate gate;
    private final int loop;
    private final int slotsMax;
    private final List<Slot> slots = new ArrayList<>();
    private final List<Slot> free = new ArrayList<>();
    private final List<Runnable> onRoom = new ArrayList<>();
    private final Answer answer = new Answer();
    private final Caller beforeCaller;
    private final LongConsumer onLatencyNs;

    /**
     * Makes an empty table.
     *
     * @param slotsMax most callers that wait at a time, below 2^20
     * @param beforeCaller sees each answer before its caller does
     * @param onLatencyNs hears how long each caller has waited
     */
    Waiting(
            final Gate gate,
            final int loop,
            final int slotsMax,
            final Caller beforeCaller,
            final LongConsumer onLatencyNs) {
        this.gate = gate;
        this.loop = loop;
        this.slotsMax = Math.min(slotsMax, (1 << SLOT_BITS) - 1);
        this.beforeCaller = beforeCaller;
        this.onLatencyNs = onLatencyNs;
    }

    /** Submits a message that begins at offset 0, and lets the caller wait for its answer if it was accepted. */
    public SubmitCode submit(final Caller caller, final long ticket, final DirectBuffer message, final int length) {
        if (free.isEmpty()) {
            if (slots.size() == slotsMax) {
                return SubmitCode.RING_FULL;
            }
            free.add(new Slot(slots.size()));
            slots.add(free.get(0));
        }
        final Slot slot = free.remove(free.size() - 1);
        slot.caller = caller;
        slot.ticket = ticket;
        slot.submittedNs = System.nanoTime();
        slot.keep(message, length);
        final SubmitCode code = gate.submit(token(slot), message, 0, length);
        if (code != SubmitCode.ACCEPTED) {
            release(slot);
        }
        return code;
    }

    /** Returns how many callers wait. */
    public int count() {
        return slots.size() - free.size();
    }

    /** Runs this once after the next batch of answers: room may have come. */
    public void whenRoom(final Runnable runnable) {
        onRoom.add(runnable);
    }

    /** Runs this once nobody waits: now, or after the batch of answers that was the last. */
    void whenEmpty(final Runnable runnable) {
        if (count() == 0) {
            runnable.run();
        } else {
            whenRoom(() -> whenEmpty(runnable));
        }
    }

    void dispatch(
            final long token,
            final AnswerType type,
            final long sequence,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final Slot slot = slots.get((int) (token >> ReplyRouter.LOOP_BITS) & (1 << SLOT_BITS) - 1);
        if (slot.caller == null || token(slot) != token) {
            throw new IllegalStateException("an answer that nobody waits for, token=" + token);
        }
        onLatencyNs.accept(System.nanoTime() - slot.submittedNs);
        answer.type = type;
        answer.sequence = sequence;
        answer.ticket = slot.ticket;
        answer.buffer = buffer;
        answer.offset = offset;
        answer.length = length;
        answer.command.wrap(slot.command, 0, slot.commandLength);
        try {
            beforeCaller.onAnswer(answer);
            slot.caller.onAnswer(answer);
        } catch (final RuntimeException e) {
            slot.caller.onFault();
            LOG.error("an answer could not be handed over, sequence={} type={}", sequence, type, e);
        } finally {
            release(slot);
        }
    }

    void onEndOfBatch() {
        if (onRoom.isEmpty()) {
            return;
        }
        final List<Runnable> ready = List.copyOf(onRoom);
        onRoom.clear();
        ready.forEach(Runnable::run);
    }

    private void release(final Slot slot) {
        slot.clear();
        free.add(slot);
    }

    /** Generation, place and loop; never 0, and never the same twice for one place. */
    private long token(final Slot slot) {
        return (slot.generation + 1 << SLOT_BITS | slot.place) << ReplyRouter.LOOP_BITS | loop;
    }
}
