package io.miaojie.journal;

/**
 * Where records go that the journal no longer keeps: every record from the first on, in blocks, as the journal held
 * them. Whoever reads tests the chain again.
 *
 * <p>Thread: any. Blocks.
 */
public interface RecordArchive {
    /** Returns the last record that it holds; 0: none. */
    long lastSequence();

    /**
     * Takes the records that follow on {@link #lastSequence}; when this returns they are safe.
     *
     * @param records whole records, one after the other
     * @throws JournalException when they do not follow on, or can't be kept
     */
    void append(long firstSequence, long lastSequence, byte[] records);

    /**
     * Returns the block of records that this one is in.
     *
     * @throws JournalException when it is not there, or can't be read
     */
    byte[] block(long sequence);
}
