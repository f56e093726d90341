package io.miaojie.node.report;

/**
 * A withdrawal in its last state.
 *
 * @param isQueryDue 24 hours after submit without an end
 * @param transferBillNo the channel's number, null: not told
 */
public record WithdrawalEntry(
        Position position,
        String withdrawalId,
        String memberId,
        String state,
        boolean isQueryDue,
        long amountMinor,
        long feeMinor,
        long taxMinor,
        String currency,
        String method,
        String payee,
        String outBillNo,
        String transferBillNo,
        long requestedAtNs,
        long changedAtNs) {}
