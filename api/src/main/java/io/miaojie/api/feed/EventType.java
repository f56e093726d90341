package io.miaojie.api.feed;

import java.util.Arrays;
import java.util.Optional;

/** Everything that the feed tells of. Words are never changed; new ones are added. */
public enum EventType {
    MERCHANT_CREATED("merchant.created"),
    KEY_CREATED("key.created"),
    KEY_REVOKED("key.revoked"),
    CAMPAIGN_OPENED("campaign.opened"),
    CAMPAIGN_CHANGED("campaign.changed"),
    CAMPAIGN_CLOSED("campaign.closed"),
    PAYMENT_SETTLED("payment.settled");

    private final String word;

    EventType(final String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** Returns the type with this word. */
    public static Optional<EventType> of(final String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }
}
