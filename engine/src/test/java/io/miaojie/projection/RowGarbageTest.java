package io.miaojie.projection;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.miaojie.journal.RecordReader;
import io.miaojie.support.MemoryJournal;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows of payments leave nothing to be collected: a collection stops who waits for an answer. */
@Timeout(60)
class RowGarbageTest {
    private static final int BATCH = 10_000;
    private static final int BATCHES = 6;

    /** Far below the sixteen bytes of one object for each payment. */
    private static final double BYTES_MAX = 4;

    @Test
    void paymentsBecomeRowsWithoutGarbage() {
        final MemoryJournal journal = new MemoryJournal();
        new History(journal).open().payments(BATCH * BATCHES, 500).commit();
        final OutcomeRows rows = new OutcomeRows(new KeyOwners(), List.of());
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double least = Double.MAX_VALUE;
        try (RecordReader records = journal.reader(0)) {
            for (int batch = 0; batch < BATCHES; batch++) {
                final long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < BATCH && records.next(); i++) {
                    rows.add(records.buffer(), records.offset());
                }
                rows.clear();
                least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / (double) BATCH);
            }
        }
        final double bytes = least;
        assertTrue(bytes <= BYTES_MAX, () -> "bytes of a payment: " + bytes);
    }
}
