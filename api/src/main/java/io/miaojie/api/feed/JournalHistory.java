package io.miaojie.api.feed;

import io.miaojie.gate.RecordLog;
import io.miaojie.wire.RecordLayout;
import java.util.List;

/** The events of the durable records, read back from the journal. Thread: one. */
final class JournalHistory implements FeedHistory {
    private final RecordLog log;
    private final EventTable table;
    private final FeedLimits limits;

    JournalHistory(final RecordLog log, final EventTable table, final FeedLimits limits) {
        this.log = log;
        this.table = table;
        this.limits = limits;
    }

    @Override
    public long oldestPosition() {
        final long oldest = log.oldestSequence();
        return oldest == 1 ? FeedPosition.START : FeedPosition.behind(oldest - 1);
    }

    @Override
    public FeedBatch read(final long position, final FeedFilter filter, final int limit) {
        final FeedBatch batch = new FeedBatch(position);
        try (RecordLog.Cursor cursor = log.after(FeedPosition.readAfter(position))) {
            int records = 0;
            while (records++ < limits.scanRecords() && batch.bytes() < limits.batchBytes() && cursor.next()) {
                final List<FeedEvent> events = table.events(
                        cursor.buffer(), cursor.offset(), merchantIndex -> merchantIndex == filter.merchantIndex());
                for (final FeedEvent event : events) {
                    if (event.position() > position && filter.matches(event)) {
                        batch.add(event);
                        batch.position(event.resumeAt());
                        if (batch.count() == limit) {
                            return batch;
                        }
                    }
                }
                batch.position(FeedPosition.behind(RecordLayout.sequence(cursor.buffer(), cursor.offset())));
            }
        }
        return batch;
    }
}
