package io.miaojie.node.report;

/**
 * A member and who brought them.
 *
 * @param cause {@code REGISTRATION}, {@code TOUCH}, {@code BINDING}, {@code PAYMENT}
 * @param boundUntilNs null: for ever
 */
public record Referral(
        Position position, String memberId, String referrerId, String cause, long boundAtNs, Long boundUntilNs) {}
