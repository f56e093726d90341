package io.miaojie.journal;

import java.nio.file.Path;

/**
 * Where and how a journal is kept.
 *
 * @param directory that holds the cycles and nothing else
 * @param shard number in every record, 0 to 255
 * @param durability what a commit waits for
 * @param rollBytes a cycle that has grown to this is followed by a new one
 * @param reserveBytes room on the disk below which {@link Journal#hasRoom} says no; holds what is under way then
 * @param scanAfterSequence opening checks every record behind this one: the sequence of the snapshot that recovery will
 *     load, 0 for all. Whole cycles are checked, so it may begin before.
 * @param disk the seam to the device
 */
public record JournalConfig(
        Path directory,
        int shard,
        Durability durability,
        long rollBytes,
        long reserveBytes,
        long scanAfterSequence,
        Disk disk) {
    /** 1 GiB: some four million payments; a scan of it takes a second or two. */
    public static final long ROLL_BYTES = 1L << 30;

    /** 256 MiB: more than a full ring of the largest messages that is still to be journaled. */
    public static final long RESERVE_BYTES = 256L << 20;

    public JournalConfig {
        if (shard < 0 || shard > 255) {
            throw new IllegalArgumentException("shard must be 0 to 255: shard=" + shard);
        }
        if (rollBytes < ExcerptLayout.EXCERPT_LENGTH_MAX || reserveBytes < 0 || scanAfterSequence < 0) {
            throw new IllegalArgumentException("rollBytes=" + rollBytes + " reserveBytes=" + reserveBytes
                    + " scanAfterSequence=" + scanAfterSequence);
        }
    }

    /** Returns the usual settings: forced per commit, every record checked at the start. */
    public static JournalConfig of(final Path directory, final int shard) {
        return new JournalConfig(directory, shard, Durability.SYNC, ROLL_BYTES, RESERVE_BYTES, 0, Disk.REAL);
    }

    public JournalConfig withDurability(final Durability value) {
        return new JournalConfig(directory, shard, value, rollBytes, reserveBytes, scanAfterSequence, disk);
    }

    public JournalConfig withRollBytes(final long value) {
        return new JournalConfig(directory, shard, durability, value, reserveBytes, scanAfterSequence, disk);
    }

    public JournalConfig withReserveBytes(final long value) {
        return new JournalConfig(directory, shard, durability, rollBytes, value, scanAfterSequence, disk);
    }

    public JournalConfig withScanAfterSequence(final long value) {
        return new JournalConfig(directory, shard, durability, rollBytes, reserveBytes, value, disk);
    }

    public JournalConfig withDisk(final Disk value) {
        return new JournalConfig(directory, shard, durability, rollBytes, reserveBytes, scanAfterSequence, value);
    }
}
