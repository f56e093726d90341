package io.miaojie.journal;

import java.util.function.Supplier;
import org.agrona.MutableDirectBuffer;

/**
 * A journal whose readers go on behind what it keeps. Thread: as {@link Journal} says; readers of old records block.
 */
public final class ArchivedJournal implements Journal {
    private final ChronicleJournal journal;
    private final ArchivedReaders readers;

    /** @param archive asked for when a record is wanted that the journal no longer keeps, and not earlier */
    public ArchivedJournal(final ChronicleJournal journal, final Supplier<RecordArchive> archive) {
        this.journal = journal;
        this.readers = new ArchivedReaders(journal::reader, journal::oldestSequence, archive, journal.shard());
    }

    @Override
    public void append(final MutableDirectBuffer buffer, final int offset, final int length) {
        journal.append(buffer, offset, length);
    }

    @Override
    public long commit() {
        return journal.commit();
    }

    @Override
    public void idle() {
        journal.idle();
    }

    @Override
    public long durableSequence() {
        return journal.durableSequence();
    }

    @Override
    public RecordReader reader(final long afterSequence) {
        return readers.apply(afterSequence);
    }

    @Override
    public boolean hasRoom() {
        return journal.hasRoom();
    }

    @Override
    public long writtenBytes() {
        return journal.writtenBytes();
    }

    @Override
    public void close() {
        journal.close();
    }
}
