package io.miaojie.projection;

import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.ReviewOrderCommandDecoder;
import io.miaojie.wire.codec.RiskVerdict;
import java.util.List;

/** Rows of what became of the rewards of orders that a rule of risk hit: one for each verdict. */
final class RiskRows {
    private static final int VERDICT = 0;
    private static final int ORDER = 1;
    private static final int CODE = 2;
    private static final int UNTIL_NS = 3;
    private static final int MERCHANT = 4;

    private final TableRows rows = TableRows.added(
            "risk_verdict",
            "sequence bigint",
            "at_ns bigint",
            "until_ns bigint",
            "merchant_index integer",
            "order_index integer",
            "cause smallint",
            "verdict text",
            "code text",
            "actor text",
            "reason text");
    private final SbeText text = new SbeText();

    /** Adds a verdict of the record at hand. */
    void add(final RecordView record, final EffectsReader note) {
        String actor = null;
        String reason = null;
        if (record.commandTemplate() == ReviewOrderCommandDecoder.TEMPLATE_ID) {
            final ReviewOrderCommandDecoder command = new ReviewOrderCommandDecoder();
            command.wrapAndApplyHeader(record.buffer(), record.commandOffset(), new MessageHeaderDecoder());
            command.skipRequestId();
            command.skipOrderId();
            actor = text.of(command::wrapActor);
            reason = text.of(command::wrapReason);
        }
        rows.row(record.shard())
                .bigint(record.sequence())
                .bigint(record.nowNs())
                .bigintOrNull(0, note.noteNumber(UNTIL_NS))
                .integer((int) note.noteNumber(MERCHANT))
                .integer((int) note.noteNumber(ORDER))
                .smallint(record.commandTemplate())
                .text(RiskVerdict.get((short) note.noteNumber(VERDICT)).name())
                .text(ResultNames.name((int) note.noteNumber(CODE)))
                .text(actor)
                .text(reason);
    }

    List<TableRows> tables() {
        return List.of(rows);
    }

    void clear() {
        rows.clear();
    }
}
