package io.miaojie.gate;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Who did which write of an operator or administrator, as the rows tell it. Thread: any; nothing waits. */
@FunctionalInterface
public interface AuditLog {
    /**
     * One write.
     *
     * @param atNs when it was decided, epoch nanoseconds
     * @param merchantIndex the merchant that it is about; -1: none
     * @param code number of its result code; 0: done
     * @param action which write
     * @param subject id of what was made or changed
     * @param actor who, as the caller said; null: it did not
     */
    record Entry(
            long sequence,
            long atNs,
            int keyIndex,
            int merchantIndex,
            int code,
            String action,
            String subject,
            String actor) {}

    /** Stands for every merchant, and for none. */
    int EVERY_MERCHANT = -1;

    /**
     * Reads backwards, the newest first.
     *
     * @param merchantIndex {@link #EVERY_MERCHANT}: all of them
     * @param beforeSequence only older ones
     * @param limit most entries
     * @return fails when Postgres does not answer
     */
    CompletionStage<List<Entry>> read(int merchantIndex, long beforeSequence, int limit);
}
