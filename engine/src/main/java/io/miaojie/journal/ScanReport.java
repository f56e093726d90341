package io.miaojie.journal;

import java.util.List;

/**
 * What a scan of the journal found.
 *
 * @param lastSequence of the last valid record, 0 if there is none
 * @param lastCrc its CRC
 * @param recordCount records that were checked
 * @param cuts tails that were left out
 */
public record ScanReport(long lastSequence, int lastCrc, long recordCount, List<Cut> cuts) {
    public ScanReport {
        cuts = List.copyOf(cuts);
    }
}
