package io.miaojie.ring;

import io.miaojie.wire.RecordLayout;
import java.nio.file.Path;

/**
 * Sizes of the ring.
 *
 * @param shard number of the shard, stamped on each record
 * @param slotCount messages (of one slot) that may wait at once, a power of two: what is beyond is refused
 * @param slotBytes bytes of one slot; the usual payment fits one
 * @param recordRingBytes bytes of records on their way to disk and of past ones for repeats, a power of two
 * @param recentRecordsMax records that a repeat finds without reading the journal, a power of two
 * @param commitSlotsMax slots of one group commit at most: bounds how long the first of a batch waits for the last
 * @param waitMaxMs beyond what the journal drains in so long nothing is taken: whoever is answered did not wait long
 * @param archiveQueueMax repeats of long ago that may wait for the journal to be read
 * @param poisonDirectory where a message that the core threw on is saved
 */
public record RingConfig(
        int shard,
        int slotCount,
        int slotBytes,
        int recordRingBytes,
        int recentRecordsMax,
        int commitSlotsMax,
        int waitMaxMs,
        int archiveQueueMax,
        Path poisonDirectory) {
    private static final int BUFFER_BYTES_MAX = 1 << 30;

    public RingConfig {
        require(shard >= 0 && shard <= 255, "shard has one byte in a record: shard=" + shard);
        requirePowerOfTwo("slotCount", slotCount);
        requirePowerOfTwo("recordRingBytes", recordRingBytes);
        requirePowerOfTwo("recentRecordsMax", recentRecordsMax);
        require(
                slotBytes >= MessageBytes.MESSAGE_LENGTH_MIN,
                "a slot holds at least header and envelope: slotBytes=" + slotBytes + " min="
                        + MessageBytes.MESSAGE_LENGTH_MIN);
        require(
                (long) slotCount * slotBytes <= BUFFER_BYTES_MAX && recordRingBytes <= BUFFER_BYTES_MAX,
                "a buffer of the ring has at most 1 GiB: slotCount=" + slotCount + " slotBytes=" + slotBytes
                        + " recordRingBytes=" + recordRingBytes);
        require(
                recordRingBytes >= 4 * RecordLayout.RECORD_LENGTH_MAX,
                "the record ring holds several of the largest records: recordRingBytes=" + recordRingBytes + " min="
                        + 4 * RecordLayout.RECORD_LENGTH_MAX);
        require(
                recentRecordsMax >= 2 * SettleStage.TICKS_PER_BATCH_MAX,
                "recent records hold the ticks of one batch: recentRecordsMax=" + recentRecordsMax + " min="
                        + 2 * SettleStage.TICKS_PER_BATCH_MAX);
        require(commitSlotsMax > 0, "commitSlotsMax=" + commitSlotsMax);
        require(waitMaxMs > 0, "waitMaxMs=" + waitMaxMs);
        require(archiveQueueMax > 0, "archiveQueueMax=" + archiveQueueMax);
    }

    /** Takes a burst of 65,536 payments; about 90 MB outside the heap. */
    public static RingConfig defaults(final int shard, final Path poisonDirectory) {
        return new RingConfig(shard, 1 << 16, 256, 1 << 26, 1 << 17, 1024, 250, 8192, poisonDirectory);
    }

    /** Returns the same sizes with other bounds of a commit and of the wait for it. */
    public RingConfig withCommits(final int slotsMax, final int newWaitMaxMs) {
        return new RingConfig(
                shard,
                slotCount,
                slotBytes,
                recordRingBytes,
                recentRecordsMax,
                slotsMax,
                newWaitMaxMs,
                archiveQueueMax,
                poisonDirectory);
    }

    /**
     * Returns what the ring can still bring to the disk when its gate closes: all of both buffers, and the outcomes.
     */
    public long underWayBytesMax() {
        return (long) slotCount * slotBytes + recordRingBytes;
    }

    private static void requirePowerOfTwo(final String name, final int value) {
        require(Integer.bitCount(value) == 1 && value > 0, name + " is a power of two: " + name + "=" + value);
    }

    private static void require(final boolean holds, final String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
