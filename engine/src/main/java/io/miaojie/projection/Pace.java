package io.miaojie.projection;

/** How much of the machine the projection takes while others want it too. */
public enum Pace {
    /** The next batch is filled while Postgres takes the one before. */
    FULL,
    /** Batches of a thirty-second part, nothing filled while one lands, and after each a rest as long as it took. */
    SHARED,
    /** No further batch is begun; what is in flight lands. */
    NONE
}
