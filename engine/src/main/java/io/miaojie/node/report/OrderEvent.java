package io.miaojie.node.report;

/**
 * Something that happened to an order.
 *
 * @param position its sequence, and its place in the timeline
 * @param event {@code PLACED}, {@code PAYMENT}, {@code GRANTED}, ... as {@code bi.order_timeline} names it
 * @param reference id of the payment, refund, delivery, refund order or campaign; null: none
 * @param level of a grant or skip, null: neither
 * @param amountMinor null: none
 * @param currency null: no amount
 * @param detail the status of a fact, the reason of a refund order; null: none
 * @param code number of the result code of a skip, null: no skip
 */
public record OrderEvent(
        Position position,
        long atNs,
        String event,
        String reference,
        String memberId,
        Integer level,
        Long amountMinor,
        String currency,
        String detail,
        Integer code) {}
