package io.miaojie.simulation;

/** Where the process dies, and what it comes back from. */
enum CrashPoint {
    /** Right after a snapshot of all that was settled. */
    AFTER_SNAPSHOT,
    /** Records were forced since the snapshot: they are settled again and say what they said. */
    AFTER_FORCE,
    /** A command was settled, and never forced: nobody was answered, and the caller sends it again. */
    BEFORE_FORCE,
    /** In the middle of a snapshot: the ones before it are there, and a draft that nobody reads. */
    DURING_SNAPSHOT,
    /** After a snapshot that the device has damaged since: the one before and more records make the same state. */
    DAMAGED_SNAPSHOT,
    /** Every snapshot is lost: the whole journal is settled again. */
    WITHOUT_SNAPSHOT
}
