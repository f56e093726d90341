package io.miaojie.projection;

import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.EngineId;
import io.miaojie.wire.codec.DecideWithdrawalCommandDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.ReportWithdrawalCommandDecoder;
import io.miaojie.wire.codec.RequestWithdrawalCommandDecoder;
import io.miaojie.wire.codec.WithdrawalState;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows of withdrawals: one each, which follows its state, and one for each record that told of it. */
final class WithdrawalRows {
    private final TableRows withdrawals = TableRows.added(
            "withdrawal",
            "sequence bigint",
            "requested_at_ns bigint",
            "changed_sequence bigint",
            "changed_at_ns bigint",
            "amount_minor bigint",
            "fee_minor bigint",
            "tax_minor bigint",
            "withdrawal_index integer",
            "merchant_index integer",
            "member_index integer",
            "query_due boolean",
            "state text",
            "currency text",
            "id text",
            "out_bill_no text",
            "method text",
            "payee text");
    private final TableRows states = TableRows.staged(
            "withdrawal_state",
            "update miaojie.withdrawal r set state = t.state, query_due = t.query_due,"
                    + " fee_minor = t.fee_minor, tax_minor = t.tax_minor,"
                    + " transfer_bill_no = coalesce(t.transfer_bill_no, r.transfer_bill_no),"
                    + " changed_sequence = t.changed_sequence, changed_at_ns = t.changed_at_ns from ("
                    + "select shard, withdrawal_index, "
                    + Stream.of("state", "query_due", "fee_minor", "tax_minor", "changed_at_ns", "transfer_bill_no")
                            .map(column -> TableRows.last(column, "changed_sequence"))
                            .collect(Collectors.joining(", "))
                    + ", max(changed_sequence) as changed_sequence from {rows} group by shard, withdrawal_index) t"
                    + " where r.shard = t.shard and r.withdrawal_index = t.withdrawal_index",
            "changed_sequence bigint",
            "changed_at_ns bigint",
            "fee_minor bigint",
            "tax_minor bigint",
            "withdrawal_index integer",
            "query_due boolean",
            "state text",
            "transfer_bill_no text");
    private final TableRows events = TableRows.added(
            "withdrawal_event",
            "sequence bigint",
            "settled_at_ns bigint",
            "observed_at_ns bigint",
            "withdrawal_index integer",
            "cause smallint",
            "query_due boolean",
            "state text",
            "actor text",
            "reason text",
            "transfer_bill_no text");

    /** What a record says of a withdrawal beside its effects; null: nothing. */
    private record Remark(String actor, String reason, String transferBillNo) {
        private static final Remark NONE = new Remark(null, null, null);
    }

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RequestWithdrawalCommandDecoder request = new RequestWithdrawalCommandDecoder();
    private final SbeText text = new SbeText();

    /** Adds a withdrawal of the record at hand, out of the pool of this member. */
    void add(final RecordView record, final EffectsReader withdrawal, final int member, final String currency) {
        final String state =
                WithdrawalState.get((short) withdrawal.withdrawalState()).name();
        final Remark remark = remark(record);
        if (withdrawal.madeSequence() == record.sequence()) {
            addMade(record, withdrawal, member, currency, state);
        } else {
            states.row(record.shard())
                    .bigint(record.sequence())
                    .bigint(record.nowNs())
                    .bigint(withdrawal.feeMinor())
                    .bigint(withdrawal.taxMinor())
                    .integer(withdrawal.withdrawalIndex())
                    .bool(withdrawal.isQueryDue())
                    .text(state)
                    .text(remark.transferBillNo());
        }
        final boolean isReport = record.commandTemplate() == ReportWithdrawalCommandDecoder.TEMPLATE_ID;
        events.row(record.shard())
                .bigint(record.sequence())
                .bigint(record.nowNs())
                .bigintOrNull(0, isReport ? record.atNs() : 0)
                .integer(withdrawal.withdrawalIndex())
                .smallint(record.commandTemplate())
                .bool(withdrawal.isQueryDue())
                .text(state)
                .text(remark.actor())
                .text(remark.reason())
                .text(remark.transferBillNo());
    }

    List<TableRows> tables() {
        return List.of(withdrawals, states, events);
    }

    void clear() {
        tables().forEach(TableRows::clear);
    }

    private void addMade(
            final RecordView record,
            final EffectsReader withdrawal,
            final int member,
            final String currency,
            final String state) {
        request.wrapAndApplyHeader(record.buffer(), record.commandOffset(), header);
        final String id = text.of(request::wrapId);
        request.skipMemberId();
        withdrawals
                .row(record.shard())
                .bigint(record.sequence())
                .bigint(record.nowNs())
                .bigint(record.sequence())
                .bigint(record.nowNs())
                .bigint(withdrawal.amountMinor())
                .bigint(withdrawal.feeMinor())
                .bigint(withdrawal.taxMinor())
                .integer(withdrawal.withdrawalIndex())
                .integer(record.merchantIndex())
                .integer(member)
                .bool(withdrawal.isQueryDue())
                .text(state)
                .text(currency)
                .text(id)
                .text(record.engineId(EngineId.WITHDRAWAL, record.sequence(), 0))
                .textOrNull(text.wrapped(request::wrapMethod))
                .textOrNull(text.wrapped(request::wrapPayee));
    }

    private Remark remark(final RecordView record) {
        return switch (record.commandTemplate()) {
            case DecideWithdrawalCommandDecoder.TEMPLATE_ID -> decision(record);
            case ReportWithdrawalCommandDecoder.TEMPLATE_ID -> report(record);
            default -> Remark.NONE;
        };
    }

    private Remark decision(final RecordView record) {
        final DecideWithdrawalCommandDecoder command = new DecideWithdrawalCommandDecoder();
        command.wrapAndApplyHeader(record.buffer(), record.commandOffset(), header);
        command.skipRequestId();
        command.skipWithdrawalId();
        final String actor = text.of(command::wrapActor);
        return new Remark(actor, text.of(command::wrapReason), null);
    }

    private Remark report(final RecordView record) {
        final ReportWithdrawalCommandDecoder command = new ReportWithdrawalCommandDecoder();
        command.wrapAndApplyHeader(record.buffer(), record.commandOffset(), header);
        command.skipRequestId();
        command.skipWithdrawalId();
        final String transferBillNo = text.of(command::wrapTransferBillNo);
        return new Remark(null, text.of(command::wrapReason), transferBillNo);
    }
}
