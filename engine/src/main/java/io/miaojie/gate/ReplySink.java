package io.miaojie.gate;

import org.agrona.DirectBuffer;

/**
 * Where decided outcomes go. Nothing reaches it before the journal has forced what it rests on.
 *
 * <p>Thread: the reply thread of the host, and the archive thread for repeats of long ago; an implementation takes
 * both. It must not throw and must not wait for a caller.
 */
public interface ReplySink {
    /** Token of outcomes that nobody waits for: ticks and the opening of the shard. */
    long NO_CALLER = 0;

    /**
     * Takes one answer; the bytes are only valid during the call.
     *
     * @param token as given to {@link Gate#submit}, or {@link #NO_CALLER}
     * @param sequence of the record that the answer rests on; for queries the last sequence that the query saw
     */
    void onOutcome(long token, AnswerType type, long sequence, DirectBuffer buffer, int offset, int length);

    /** Called after the last answer of a batch: the moment to wake the event loops, once each. */
    void onEndOfBatch();
}
