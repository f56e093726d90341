package io.miaojie.journal;

/**
 * What a replay did.
 *
 * @param lastSequence of the last record settled, in the snapshot or behind it; 0 if there is none
 * @param lastCrc of that record
 * @param lastNowNs of that record
 * @param snapshotSequence where the replay began, 0: at genesis
 * @param replayedCount records settled again and found to give the recorded outcome
 * @param stateHash of the state reached
 */
public record Recovery(
        long lastSequence, int lastCrc, long lastNowNs, long snapshotSequence, long replayedCount, String stateHash) {}
