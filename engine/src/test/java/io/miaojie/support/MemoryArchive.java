package io.miaojie.support;

import io.miaojie.journal.JournalException;
import io.miaojie.journal.RecordArchive;
import java.util.Map;
import java.util.TreeMap;

/** An archive in memory that fails when told to. */
public final class MemoryArchive implements RecordArchive {
    private final TreeMap<Long, byte[]> blocks = new TreeMap<>();
    private int appendsLeft = Integer.MAX_VALUE;

    /** From now on only so many blocks are taken. */
    public void failAfter(final int appends) {
        appendsLeft = appends;
    }

    /** Changes a byte of what is kept. */
    public void damage(final long sequence, final int at) {
        blocks.ceilingEntry(sequence).getValue()[at] ^= 0x20;
    }

    public int blockCount() {
        return blocks.size();
    }

    @Override
    public long lastSequence() {
        return blocks.isEmpty() ? 0 : blocks.lastKey();
    }

    @Override
    public void append(final long firstSequence, final long lastSequence, final byte[] records) {
        if (appendsLeft-- <= 0) {
            throw new JournalException("the archive is away");
        }
        if (firstSequence != lastSequence() + 1) {
            throw new JournalException("records do not follow on: firstSequence=" + firstSequence);
        }
        blocks.put(lastSequence, records);
    }

    @Override
    public byte[] block(final long sequence) {
        final Map.Entry<Long, byte[]> block = blocks.ceilingEntry(sequence);
        if (block == null) {
            throw new JournalException("record is nowhere: sequence=" + sequence);
        }
        return block.getValue();
    }

    @Override
    public String toString() {
        return "memory";
    }
}
