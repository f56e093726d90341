package io.miaojie.api.message;

/** The type part of an idempotency key: ids of different writes never meet. Numbers are never changed. */
enum IdSpace {
    MERCHANT(3),
    KEY(4),
    KEY_REVOCATION(5),
    CAMPAIGN(6),
    CAMPAIGN_STATE(7),
    PAYMENT(8),
    CAMPAIGN_CHANGE(134);

    private final byte number;

    IdSpace(final int number) {
        this.number = (byte) number;
    }

    byte number() {
        return number;
    }
}
