package io.miaojie.api.message;

/** The type part of an idempotency key: ids of different writes never meet. Numbers are never changed. */
public enum IdSpace {
    MERCHANT(3),
    KEY(4),
    KEY_REVOCATION(5),
    CAMPAIGN(6),
    CAMPAIGN_STATE(7),
    PAYMENT(8),
    ORDER(9),
    ORDER_CANCEL(10),
    AFTER_SALE(11),
    REFUND(12),
    DELIVERY(13),
    MEMBER(14),
    REFERRER(15),
    LINK_TARGET(16),
    SHARE_LINK(17),
    TOUCH(18),
    WITHDRAWAL(19),
    WITHDRAWAL_DECISION(20),
    WITHDRAWAL_SUBMISSION(21),
    WITHDRAWAL_REPORT(22),
    ADJUSTMENT(23),
    FUNDING(24),
    CLOCK(25),
    ACTION(26),
    PAYOUT_TERMS(32),
    RISK_RULES(40),
    ORDER_REVIEW(41),
    CAMPAIGN_CHANGE(134),
    /** Touches that the edge itself records: of its own short links. */
    OPENED_LINK(146);

    private final byte number;

    IdSpace(final int number) {
        this.number = (byte) number;
    }

    byte number() {
        return number;
    }
}
