package io.miaojie.projection;

/** How much of the machine the projection takes while others want it too. */
public enum Pace {
    /** The next batch is filled while Postgres takes the one before. */
    FULL(1, 0),
    /** Batches of a thirty-second part, nothing filled while one lands, and after each a rest as long as it took. */
    SHARED(32, 1),
    /** Batches of a quarter of that, and after each a rest three times as long as it took. */
    SPARING(128, 3),
    /** No further batch is begun; what is in flight lands. */
    NONE(1, 0);

    private final int parts;
    private final int rests;

    Pace(final int parts, final int rests) {
        this.parts = parts;
        this.rests = rests;
    }

    /** Returns how many times fewer bytes a batch takes, since others wait for all of a turn. */
    int parts() {
        return parts;
    }

    /** Returns how many times as long as a batch took is rested behind it; 0: not at all. */
    int rests() {
        return rests;
    }
}
