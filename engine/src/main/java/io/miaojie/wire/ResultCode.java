package io.miaojie.wire;

/**
 * The engine's own result codes, kind 0. A campaign kind adds its own through {@link KindDescriptor#codes}. Numbers are
 * never re-used.
 */
public enum ResultCode {
    OK(0, CodeCategory.DONE),

    // Why a payment, or one campaign for it, earned nothing or less.
    /** Neither member nor payer is named. */
    NO_MEMBER(1, CodeCategory.DONE),
    /** Nothing was paid. */
    ZERO_BASE(2, CodeCategory.DONE),
    /** The reward floors to nothing. */
    ZERO_REWARD(3, CodeCategory.DONE),
    /** Business time outside [now - 7 days, now + 5 minutes]. */
    OUT_OF_WINDOW(4, CodeCategory.DONE),
    /** Lines and shipping do not add up to the amount: rewards rest on the order total. */
    LINES_MISMATCH(5, CodeCategory.DONE),
    /** A second payment of the same instalment of an order. */
    DUPLICATE_PAYMENT(6, CodeCategory.DONE),
    /** The payment names another member than its order. */
    MEMBER_MISMATCH(7, CodeCategory.DONE),
    CAMPAIGN_PAUSED(8, CodeCategory.DONE),
    NOT_STARTED(9, CodeCategory.DONE),
    ENDED(10, CodeCategory.DONE),
    CURRENCY_MISMATCH(11, CodeCategory.DONE),
    STORE_NOT_ELIGIBLE(12, CodeCategory.DONE),
    CHANNEL_NOT_ELIGIBLE(13, CodeCategory.DONE),
    BUDGET_EXHAUSTED(14, CodeCategory.DONE),
    COUNT_EXHAUSTED(15, CodeCategory.DONE),
    DAY_BUDGET_EXHAUSTED(16, CodeCategory.DONE),
    MEMBER_BUDGET_EXHAUSTED(17, CodeCategory.DONE),
    /** A balance would pass 2^53-1. */
    AMOUNT_OVERFLOW(18, CodeCategory.DONE),

    // Refusals of requests.
    KEY_REVOKED(64, CodeCategory.FORBIDDEN),
    ROLE_FORBIDS(65, CodeCategory.FORBIDDEN),
    FOREIGN_MERCHANT(66, CodeCategory.FORBIDDEN),
    MERCHANT_UNKNOWN(67, CodeCategory.UNKNOWN),
    KEY_UNKNOWN(68, CodeCategory.UNKNOWN),
    CAMPAIGN_UNKNOWN(69, CodeCategory.UNKNOWN),
    MEMBER_UNKNOWN(70, CodeCategory.UNKNOWN),
    KIND_UNKNOWN(71, CodeCategory.CONTRADICTION),
    TERMS_CONTRADICT(72, CodeCategory.CONTRADICTION),
    MERCHANT_EXISTS(73, CodeCategory.CONFLICT),
    KEY_EXISTS(74, CodeCategory.CONFLICT),
    CAMPAIGN_EXISTS(75, CodeCategory.CONFLICT),
    VERSION_MISMATCH(76, CodeCategory.CONFLICT),
    CAMPAIGN_CLOSED(77, CodeCategory.CONFLICT),
    /** 32 campaigns of one merchant are open. */
    OPEN_CAMPAIGNS_MAX(78, CodeCategory.CONFLICT),
    SHARD_OPENED_ALREADY(79, CodeCategory.CONFLICT),
    SHARD_NOT_OPENED(80, CodeCategory.CONFLICT),
    /** No entry at this place of a table. */
    ENTRY_UNKNOWN(81, CodeCategory.UNKNOWN),

    // Full tables; never journaled, nothing is remembered.
    MEMBERS_FULL(96, CodeCategory.UNAVAILABLE),
    POOLS_FULL(97, CodeCategory.UNAVAILABLE),
    ORDERS_FULL(98, CodeCategory.UNAVAILABLE),
    GRANTS_FULL(99, CodeCategory.UNAVAILABLE),
    KEYS_FULL(100, CodeCategory.UNAVAILABLE),
    MERCHANTS_FULL(101, CodeCategory.UNAVAILABLE),
    CAMPAIGNS_FULL(102, CodeCategory.UNAVAILABLE),
    COUNTERS_FULL(103, CodeCategory.UNAVAILABLE),
    TIMERS_FULL(104, CodeCategory.UNAVAILABLE),
    API_KEYS_FULL(105, CodeCategory.UNAVAILABLE),

    /** Reserved: the first answer left memory for the history tables. */
    NEEDS_HISTORY(120, CodeCategory.UNAVAILABLE);

    private final int number;
    private final CodeCategory category;

    ResultCode(final int number, final CodeCategory category) {
        this.number = number;
        this.category = category;
    }

    /** Returns the uint16 on the wire. */
    public int number() {
        return number;
    }

    public CodeCategory category() {
        return category;
    }

    public CodeDescriptor descriptor() {
        return new CodeDescriptor(number, name(), category);
    }
}
