package io.miaojie.simulation;

/** Where the process dies, and what it comes back from. */
enum CrashPoint {
    /** Right after a snapshot of all that was settled. */
    AFTER_SNAPSHOT,
    /** Records were forced since the snapshot: they are settled again and say what they said. */
    AFTER_FORCE,
    /** A command was settled, and never forced: nobody was answered, and the caller sends it again. */
    BEFORE_FORCE,
    /** Every snapshot is lost: the whole journal is settled again. */
    WITHOUT_SNAPSHOT
}
