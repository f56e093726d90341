package io.miaojie.settlement;

import io.miaojie.settlement.state.StateSink;
import io.miaojie.settlement.state.StateSource;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A deterministic state machine that a host runs: same state and same bytes in, same state and same bytes out. The
 * ring, the journal and recovery know no more of it than this.
 *
 * <p>Thread: one, the settlement thread.
 */
public interface Core {
    /** Most messages that are foreseen at a time; more are ignored. */
    int FORESEEN_MAX = 24;

    /**
     * Tells of a message that will be settled soon, for {@link #readAhead}. Decides nothing: a host may leave it out.
     */
    void foresee(DirectBuffer in, int inOffset, int inLength);

    /** Has near by what the messages need that were foreseen since the last time: they wait for memory together. */
    void readAhead();

    /**
     * Settles one command or answers one query.
     *
     * @param sequence that the command takes if it is journaled: the last journaled one + 1
     * @param nowNs engine time, epoch nanoseconds, never below that of an earlier call
     * @param in the message, with its SBE header
     * @param out where the outcome or answer is written, with {@code RecordLayout.MESSAGE_LENGTH_MAX} bytes of room
     * @return above 0: bytes of an outcome, to be journaled under {@code sequence}; below 0: minus the bytes of an
     *     answer that changes nothing and takes no sequence (a query, a repeat, {@code RefusedAnswer})
     */
    int settle(
            long sequence,
            long nowNs,
            DirectBuffer in,
            int inOffset,
            int inLength,
            MutableDirectBuffer out,
            int outOffset);

    /**
     * Returns the time that a message asks the host to go on from: it moves its clock there, lets every timer fire that
     * is due by then, and settles the message then.
     *
     * @param nowNs engine time
     * @return at least {@code nowNs}, which stands for: none
     */
    default long timeNs(final long nowNs, final DirectBuffer in, final int inOffset) {
        return nowNs;
    }

    /** Returns when the next timer is due, epoch nanoseconds; {@code Long.MAX_VALUE}: none is armed. */
    long nextDeadlineNs();

    /** Writes the whole state in canonical order: equal states write equal bytes. */
    void save(StateSink sink);

    /** Replaces the state of this fresh core by a saved one. */
    void load(StateSource source);
}
