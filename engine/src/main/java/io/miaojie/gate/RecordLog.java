package io.miaojie.gate;

import org.agrona.DirectBuffer;

/**
 * The way out for those who read along: the durable records of one shard, in order. Nobody waits for a reader.
 *
 * <p>Thread: any; each {@link Cursor} belongs to one.
 */
public interface RecordLog {
    /** Stands in front of records, one after the other. */
    interface Cursor extends AutoCloseable {
        /**
         * Steps to the next durable record.
         *
         * @return false when there is none yet; a later call may find one
         */
        boolean next();

        /** Returns the buffer that holds the current record, valid until the next step. */
        DirectBuffer buffer();

        /** Returns where the current record begins, see {@code RecordLayout}. */
        int offset();

        @Override
        void close();
    }

    /** Returns the number of the shard. */
    int shard();

    /** Returns the oldest sequence that can still be read; 1 as long as nothing was removed. */
    long oldestSequence();

    /** Returns the last sequence that is safe on disk; no cursor passes it. */
    long durableSequence();

    /** Opens a cursor that stands behind this sequence; the caller closes it. */
    Cursor after(long sequence);
}
