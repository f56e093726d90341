package io.miaojie.projection;

import java.util.List;

/** Rows of what somebody has to look at: facts that were taken although something about them does not fit. */
final class DiscrepancyRows {
    private final TableRows rows = TableRows.added(
            "discrepancy",
            "sequence bigint",
            "settled_at_ns bigint",
            "merchant_index integer",
            "order_index integer",
            "ordinal smallint",
            "cause smallint",
            "code text",
            "fact_id text",
            "order_id text",
            "member_id text");
    private long lastSequence;
    private short ordinal;

    /** Adds a code of the whole fact of the record at hand, if it is one to look at. */
    void add(final RecordView record, final int code, final int order) {
        if (!ResultNames.isDiscrepancy(code)) {
            return;
        }
        ordinal = record.sequence() == lastSequence ? (short) (ordinal + 1) : 0;
        lastSequence = record.sequence();
        final CommandNames names = CommandNames.of(record);
        rows.row(record.shard())
                .bigint(record.sequence())
                .bigint(record.nowNs())
                .integer(record.merchantIndex())
                .indexOrNull(order)
                .smallint(ordinal)
                .smallint(record.commandTemplate())
                .text(ResultNames.name(code))
                .text(names.id())
                .text(names.order())
                .text(names.member());
    }

    List<TableRows> tables() {
        return List.of(rows);
    }

    void clear() {
        rows.clear();
    }
}
