package io.miaojie.projection;

import java.util.List;

/** Rows of what somebody has to look at: facts that were taken although something about them does not fit. */
final class DiscrepancyRows {
    private final TableRows rows = TableRows.insert(
            "discrepancy",
            "",
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
        rows.add(
                record.sequence(),
                record.nowNs(),
                record.merchantIndex(),
                order < 0 ? null : order,
                ordinal,
                (short) record.commandTemplate(),
                ResultNames.name(code),
                names.id(),
                names.order(),
                names.member());
    }

    List<TableRows> tables() {
        return List.of(rows);
    }

    void clear() {
        rows.clear();
    }
}
