package io.miaojie.node.report;

/**
 * A payment that was not captured and is to go back whole.
 *
 * @param reason name of the result code
 */
public record RefundOrderEntry(
        Position position,
        String refundOrderId,
        String orderId,
        String paymentId,
        String state,
        String reason,
        long amountMinor,
        String currency,
        long madeAtNs,
        long changedAtNs) {}
