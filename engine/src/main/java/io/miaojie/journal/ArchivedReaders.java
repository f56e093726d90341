package io.miaojie.journal;

import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;

/**
 * Opens readers over the whole history: what the journal no longer keeps comes from the archive, and there is no seam.
 *
 * <p>Thread: any.
 */
public final class ArchivedReaders implements LongFunction<RecordReader> {
    private final LongFunction<RecordReader> journal;
    private final LongSupplier oldestSequence;
    private final Supplier<RecordArchive> archive;
    private final int shard;

    /**
     * Puts both together.
     *
     * @param journal opens a reader of the journal
     * @param oldestSequence the first record that the journal keeps; may rise
     * @param archive asked for when a record before that is wanted, and not earlier
     */
    public ArchivedReaders(
            final LongFunction<RecordReader> journal,
            final LongSupplier oldestSequence,
            final Supplier<RecordArchive> archive,
            final int shard) {
        this.journal = journal;
        this.oldestSequence = oldestSequence;
        this.archive = archive;
        this.shard = shard;
    }

    /** Opens a reader that stands behind {@code afterSequence}. */
    @Override
    public RecordReader apply(final long afterSequence) {
        return new Joined(afterSequence);
    }

    /** Looks before each step where the next record is: while it reads, the journal may have let go of it. */
    private final class Joined implements RecordReader {
        private RecordReader current;
        private boolean isArchived;
        private long sequence;

        private Joined(final long afterSequence) {
            sequence = afterSequence;
        }

        @Override
        public boolean next() {
            final boolean isOld = sequence + 1 < oldestSequence.getAsLong();
            if (current == null || isArchived != isOld) {
                close();
                isArchived = isOld;
                current = isOld ? new ArchiveReader(archive.get(), shard, sequence) : journal.apply(sequence);
            }
            if (!current.next()) {
                return false;
            }
            sequence++;
            return true;
        }

        @Override
        public DirectBuffer buffer() {
            return current.buffer();
        }

        @Override
        public int offset() {
            return current.offset();
        }

        @Override
        public void close() {
            if (current != null) {
                current.close();
                current = null;
            }
        }
    }
}
