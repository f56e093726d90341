package io.miaojie.wire;

/** What a result code means to the caller; the category alone fixes the HTTP status. */
public enum CodeCategory {
    /** Decided; whatever did not fit stands in the body. HTTP 200. */
    DONE,
    /** The key may not do this. HTTP 403. */
    FORBIDDEN,
    /** Something that the request names does not exist. HTTP 404. */
    UNKNOWN,
    /** The state says no. HTTP 409. */
    CONFLICT,
    /** The request contradicts itself or a rule that never changes. HTTP 422. */
    CONTRADICTION,
    /** A table of the engine is full: nothing was remembered. HTTP 503. */
    UNAVAILABLE
}
