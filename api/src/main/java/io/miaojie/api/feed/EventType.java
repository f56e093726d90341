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
    PAYMENT_SETTLED("payment.settled"),
    ORDER_PLACED("order.placed"),
    ORDER_EXPIRED("order.expired"),
    ORDER_CANCELLED("order.cancelled"),
    AFTER_SALE_CHANGED("after_sale.changed"),
    REFUND_SETTLED("refund.settled"),
    GRANT_RELEASED("grant.released"),
    GRANT_EXPIRED("grant.expired"),
    GRANT_CLAWED("grant.clawed"),
    REFUND_ORDER_CREATED("refund_order.created"),
    DELIVERY_SETTLED("delivery.settled"),
    MEMBER_REGISTERED("member.registered"),
    MEMBER_BOUND("member.bound"),
    LINK_TARGET_DEFINED("link_target.defined"),
    SHARE_LINK_CREATED("share_link.created"),
    TOUCH_RECORDED("touch.recorded"),
    WITHDRAWAL_REQUESTED("withdrawal.requested"),
    WITHDRAWAL_DECIDED("withdrawal.decided"),
    WITHDRAWAL_SUBMITTED("withdrawal.submitted"),
    WITHDRAWAL_REPORTED("withdrawal.reported"),
    WITHDRAWAL_QUERY_DUE("withdrawal.query_due"),
    POOL_ADJUSTED("pool.adjusted"),
    FUNDER_FUNDED("funder.funded"),
    PAYOUT_TERMS_DEFINED("payout_terms.defined"),
    CLOCK_MOVED("clock.moved"),
    CAMPAIGN_ACTED("campaign.acted"),
    BALANCE_DUE("balance.due"),
    DEPOSIT_FORFEITED("deposit.forfeited"),
    GROUP_STATE_CHANGED("group.state_changed"),
    GROUP_LEADER_CHANGED("group.leader_changed"),
    RISK_RULES_DEFINED("risk_rules.defined"),
    ORDER_HELD("order.held"),
    ORDER_RELEASED("order.released"),
    ORDER_REJECTED("order.rejected"),
    ORDER_REVIEWED("order.reviewed");

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
