package io.miaojie.node.report;

/**
 * A fact that was taken although something about it does not fit.
 *
 * @param code name of the result code
 * @param fact {@code PAYMENT}, {@code REFUND}, {@code DELIVERY}, {@code TOUCH}, ...
 * @param orderId null: the fact names none
 * @param memberId null: the fact names none
 */
public record Discrepancy(
        Position position, long atNs, String code, String fact, String factId, String orderId, String memberId) {}
