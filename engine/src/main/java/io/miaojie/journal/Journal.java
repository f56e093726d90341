package io.miaojie.journal;

import org.agrona.MutableDirectBuffer;

/**
 * The log of one shard: append, then commit. A record is answered only after the commit that covers it has returned.
 *
 * <p>Thread: append, commit and idle on the journal thread; {@link #durableSequence} and {@link #reader} on any.
 */
public interface Journal extends AutoCloseable {
    /**
     * Takes whole records, one after the other, into the batch being built, and seals each into the CRC chain (the
     * bytes given are changed). Sequences follow on without a gap.
     */
    void append(MutableDirectBuffer buffer, int offset, int length);

    /**
     * Writes what was appended and forces it to disk.
     *
     * @return the durable sequence
     * @throws JournalException on the first failed write or force; the journal takes nothing more afterwards
     */
    long commit();

    /**
     * Told between commits when nothing has come for a while: now is the time for what would make a commit slow.
     *
     * @throws JournalException on the first failed write or force; the journal takes nothing more afterwards
     */
    default void idle() {}

    /** Returns the last sequence that is safe on disk; nothing above it may be shown to anybody. */
    long durableSequence();

    /** Opens a reader that stands behind {@code afterSequence} and never passes {@link #durableSequence}. */
    RecordReader reader(long afterSequence);

    /** Returns whether the disk has room for what is still to come; when not, admit nothing more. Thread: any. */
    default boolean hasRoom() {
        return true;
    }

    /** Returns the bytes written since the node started. */
    long writtenBytes();

    @Override
    void close();
}
