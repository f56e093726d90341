package io.miaojie.journal;

import org.agrona.DirectBuffer;

/** Reads durable records in order. Thread: one, the reader's own. */
public interface RecordReader extends AutoCloseable {
    /**
     * Steps to the next durable record.
     *
     * @return false when there is none yet; a later call may find one
     * @throws JournalException when a record that must be there is damaged or missing
     */
    boolean next();

    /** Returns the buffer that holds the current record, valid until the next step. */
    DirectBuffer buffer();

    /** Returns where the current record begins, see {@code RecordLayout}. */
    int offset();

    @Override
    void close();
}
