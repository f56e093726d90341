package io.miaojie.api.edge;

import io.miaojie.gate.AnswerType;
import io.vertx.core.Context;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Answers on their way to one event loop: the reply threads append to one buffer while the loop reads the other.
 * Appending is a copy under a lock that is held for nothing else, so no reply thread ever waits for a caller.
 *
 * <p>Bounded: each answer belongs to a waiting slot of the loop, and beyond {@link #BACKLOG_BYTES} only answers without
 * bytes are kept: the caller hears that its answer can't be read at present, and asks again.
 */
final class AnswerQueue {
    static final int BACKLOG_BYTES = 64 * 1024 * 1024;

    private static final AnswerType[] TYPES = AnswerType.values();
    private static final int SHRINK_BYTES = 4 * 1024 * 1024;
    private static final int TOKEN_OFFSET = 0;
    private static final int SEQUENCE_OFFSET = 8;
    private static final int TYPE_OFFSET = 16;
    private static final int LENGTH_OFFSET = 20;
    private static final int HEADER_LENGTH = 24;

    private final Object lock = new Object();
    private ExpandableArrayBuffer filling = new ExpandableArrayBuffer(64 * 1024);
    private ExpandableArrayBuffer draining = new ExpandableArrayBuffer(64 * 1024);
    private int filled;
    private boolean isWoken;
    private Context context;
    private Waiting waiting;

    /** Names the loop that reads. Called once, before anything is submitted with a token of this loop. */
    void attach(final Context loop, final Waiting callers) {
        synchronized (lock) {
            context = loop;
            waiting = callers;
        }
    }

    void append(
            final long token,
            final AnswerType type,
            final long sequence,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        synchronized (lock) {
            final boolean hasRoom = filled + length <= BACKLOG_BYTES;
            final int kept = hasRoom ? length : 0;
            filling.putLong(filled + TOKEN_OFFSET, token);
            filling.putLong(filled + SEQUENCE_OFFSET, sequence);
            filling.putInt(filled + TYPE_OFFSET, (hasRoom ? type : AnswerType.UNAVAILABLE).ordinal());
            filling.putInt(filled + LENGTH_OFFSET, kept);
            if (kept > 0) {
                filling.putBytes(filled + HEADER_LENGTH, buffer, offset, kept);
            }
            filled += HEADER_LENGTH + (kept + 7 & ~7);
        }
    }

    /** Sees to it that the loop reads what was appended: one task for each batch, however many answers it holds. */
    void wake() {
        synchronized (lock) {
            if (filled == 0 || isWoken || context == null) {
                return;
            }
            isWoken = true;
        }
        context.runOnContext(ignored -> drain());
    }

    /** Hands every answer to its caller. Thread: the event loop. */
    private void drain() {
        final int length;
        synchronized (lock) {
            final ExpandableArrayBuffer full = filling;
            filling = draining;
            draining = full;
            length = filled;
            filled = 0;
            isWoken = false;
        }
        int at = 0;
        while (at < length) {
            final int count = draining.getInt(at + LENGTH_OFFSET);
            waiting.dispatch(
                    draining.getLong(at + TOKEN_OFFSET),
                    TYPES[draining.getInt(at + TYPE_OFFSET)],
                    draining.getLong(at + SEQUENCE_OFFSET),
                    draining,
                    at + HEADER_LENGTH,
                    count);
            at += HEADER_LENGTH + (count + 7 & ~7);
        }
        waiting.onEndOfBatch();
        if (draining.capacity() > SHRINK_BYTES) {
            draining = new ExpandableArrayBuffer(64 * 1024);
        }
    }
}
