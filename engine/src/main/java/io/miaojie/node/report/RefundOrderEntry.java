package io.miaojie.node.report;

/**
 * What of a payment is to go back: it was not captured, or its order ended before all of it was paid.
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
