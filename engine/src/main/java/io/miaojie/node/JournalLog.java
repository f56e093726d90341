package io.miaojie.node;

import io.miaojie.gate.RecordLog;
import io.miaojie.journal.Journal;
import io.miaojie.journal.RecordReader;
import org.agrona.DirectBuffer;

/**
 * The journal as those outside the engine may read it. What it no longer keeps comes from Postgres, so its oldest
 * record is the first.
 */
record JournalLog(Journal journal, int shard) implements RecordLog {
    private static final long FIRST_SEQUENCE = 1;

    /** A reader of the journal, handed out. */
    private record JournalCursor(RecordReader reader) implements Cursor {
        @Override
        public boolean next() {
            return reader.next();
        }

        @Override
        public DirectBuffer buffer() {
            return reader.buffer();
        }

        @Override
        public int offset() {
            return reader.offset();
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    @Override
    public long oldestSequence() {
        return FIRST_SEQUENCE;
    }

    @Override
    public long durableSequence() {
        return journal.durableSequence();
    }

    @Override
    public Cursor after(final long sequence) {
        return new JournalCursor(journal.reader(sequence));
    }
}
