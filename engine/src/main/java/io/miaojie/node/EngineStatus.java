package io.miaojie.node;

import java.util.List;

/**
 * Where one node stands, at about one moment.
 *
 * @param lastSequence taken by the core
 * @param durableSequence safe on disk
 * @param projectedSequence in Postgres
 * @param snapshotSequence in the newest snapshot
 * @param ringRoomSlots free slots
 * @param ringSlotCount all slots
 * @param journalBytes written since the start
 * @param unprojectedBytes journal bytes not in Postgres, estimated from the mean record
 * @param answeredCount answers given since the start
 * @param refusedCount submissions refused at the gate since the start
 * @param nowNs engine time, which a sandbox may have ahead of the time of day
 * @param tables that refuse when they are full
 * @param isAdmitting whether commands are let in
 * @param projectionError what the projection failed with last; null: it is well
 * @param haltCause what has stopped the node; null: it runs
 */
public record EngineStatus(
        long lastSequence,
        long durableSequence,
        long projectedSequence,
        long snapshotSequence,
        long ringRoomSlots,
        int ringSlotCount,
        long journalBytes,
        long unprojectedBytes,
        long answeredCount,
        long refusedCount,
        long nowNs,
        List<Table> tables,
        boolean isAdmitting,
        Throwable projectionError,
        Throwable haltCause) {
    /**
     * How far a table of the core is filled.
     *
     * @param name that of its code in lower case, {@code grants} of {@code GRANTS_FULL}; of some codes there are
     *     several
     * @param rows in use
     * @param rowsMax from which on it refuses
     */
    public record Table(String name, int rows, int rowsMax) {}
}
