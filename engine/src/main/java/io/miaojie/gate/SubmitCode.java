package io.miaojie.gate;

/** What the gate says to a submission. Everything but {@link #ACCEPTED} is pressure or a stop: nothing was taken. */
public enum SubmitCode {
    ACCEPTED,
    /** No room in the ring now: try again later (HTTP 503 with Retry-After). */
    RING_FULL,
    /** The message is longer than the ring or a record takes. */
    TOO_LONG,
    /** The node is stopping, or a fault has stopped it. */
    STOPPED,
    /** The projection is too far behind, or the disk reserve is touched: nothing is admitted until it has caught up. */
    PROJECTION_BEHIND
}
