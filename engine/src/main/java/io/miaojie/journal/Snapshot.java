package io.miaojie.journal;

import java.nio.file.Path;

/**
 * A saved state on disk that was read through and found whole.
 *
 * @param file that holds it
 * @param sequence of the last record settled in it
 * @param crc of that record
 * @param nowNs of that record
 * @param logicVersion of the rules that settled it
 * @param stateHash of the state, as {@link StateHash#of} gives it
 */
public record Snapshot(Path file, long sequence, int crc, long nowNs, int logicVersion, String stateHash) {}
