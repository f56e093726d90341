package io.miaojie.gate;

import org.agrona.DirectBuffer;

/** The only door to the core: takes one command or query and never waits. Thread: any. */
public interface Gate {
    /**
     * Takes a copy of one encoded command or query. What it was decided to is handed to the {@link ReplySink} under the
     * same token, once it is durable.
     *
     * @param token names the waiting caller, above 0; handed back untouched
     * @param length bytes of the message, header included, at most {@code RecordLayout.MESSAGE_LENGTH_MAX}
     * @return {@link SubmitCode#STOPPED}, {@link SubmitCode#TOO_LONG}, {@link SubmitCode#PROJECTION_BEHIND},
     *     {@link SubmitCode#RING_FULL}, {@link SubmitCode#ACCEPTED}, in this order of precedence; nothing was taken
     *     unless accepted
     */
    SubmitCode submit(long token, DirectBuffer message, int offset, int length);
}
