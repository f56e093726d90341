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
    /** The prepaid funder has less than the grant. */
    FUNDER_SHORT(19, CodeCategory.DONE),
    /** Another campaign of the same exclusive group rewards the order. */
    EXCLUDED(20, CodeCategory.DONE),
    /** The order has earned all that the campaign gives. */
    ORDER_REWARDED(21, CodeCategory.DONE),
    /** Not the amount that the order asks for: a refund order was made. */
    AMOUNT_MISMATCH(22, CodeCategory.DONE),
    /** The order had expired or was cancelled: a refund order was made. */
    LATE_PAYMENT(23, CodeCategory.DONE),

    // What does not fit of a refund, a delivery, a touch.
    ORDER_UNKNOWN(24, CodeCategory.DONE),
    LINE_UNKNOWN(25, CodeCategory.DONE),
    /** More was refunded than captured. */
    EXCEEDS_PAID(26, CodeCategory.DONE),
    REFUND_ORDER_UNKNOWN(27, CodeCategory.DONE),
    /** A refund that did not succeed changes nothing. */
    REFUND_NOT_SUCCESSFUL(28, CodeCategory.DONE),
    /** The order was delivered before. */
    DELIVERED_ALREADY(29, CodeCategory.DONE),

    // Why captured money goes back.
    /** The order expired before all of it was paid. */
    ORDER_EXPIRED(30, CodeCategory.DONE),
    /** The order was cancelled before all of it was paid. */
    ORDER_CANCELLED(31, CodeCategory.DONE),

    // Why nobody was bound, or a level earns nothing.
    TOKEN_UNKNOWN(32, CodeCategory.DONE),
    TOKEN_EXPIRED(33, CodeCategory.DONE),
    REFERRER_UNKNOWN(34, CodeCategory.DONE),
    SELF_REFERRAL(35, CodeCategory.DONE),
    REFERRAL_CYCLE(36, CodeCategory.DONE),
    /** More than 10,000 steps up. */
    REFERRAL_TOO_DEEP(37, CodeCategory.DONE),
    ALREADY_BOUND(38, CodeCategory.DONE),
    /** The merchant's mode binds at registration only, or by orders only. */
    BINDING_MODE_FORBIDS(39, CodeCategory.DONE),
    NO_REFERRER(40, CodeCategory.DONE),
    NO_CLERK(41, CodeCategory.DONE),
    /** The buyer would be rewarded for bringing themselves. */
    SELF_PURCHASE(42, CodeCategory.DONE),
    /** One of the identities was welcomed before. */
    WELCOMED_ALREADY(43, CodeCategory.DONE),
    MEMBER_EXISTS(44, CodeCategory.DONE),

    // Why the rewards of an order are held or rejected, by rules of the merchant.
    /** More members than the rule allows paid from the device. */
    DEVICE_SHARED(52, CodeCategory.DONE),
    /** More members than the rule allows paid from the address. */
    ADDRESS_SHARED(53, CodeCategory.DONE),
    /** More members than the rule allows are paid out to the account. */
    PAYOUT_SHARED(54, CodeCategory.DONE),
    /** The buyer and one of the parents were seen on one device or address. */
    REFERRER_SHARES(55, CodeCategory.DONE),
    /** More members than the rule allows, of one referrer, were seen on one device or address. */
    REFERRAL_RING(56, CodeCategory.DONE),
    /** Of what the referrer's members paid, more than the rule allows went back. */
    REFUNDS_HIGH(57, CodeCategory.DONE),

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
    /**
     * This one and the others that say that a definition or a withdrawal exists are for callers whose ids don't bind:
     * over HTTP what exists has bound its id.
     */
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
    ORDER_EXISTS(82, CodeCategory.CONFLICT),
    /** No such order, asked for by a request. */
    NO_SUCH_ORDER(83, CodeCategory.UNKNOWN),
    /** The order is not in a state that allows it. */
    ORDER_STATE_FORBIDS(84, CodeCategory.CONFLICT),
    /** The bucket holds less. */
    POOL_SHORT(85, CodeCategory.CONFLICT),
    /** Pool money would leave less than 1 to pay. */
    POOL_SPEND_EXCEEDS(86, CodeCategory.CONTRADICTION),
    LINE_REPEATED(87, CodeCategory.CONTRADICTION),
    IDENTITY_TAKEN(88, CodeCategory.CONFLICT),
    TARGET_EXISTS(89, CodeCategory.CONFLICT),
    TARGET_UNKNOWN(90, CodeCategory.UNKNOWN),
    /** 1,000 targets of one merchant. */
    TARGETS_MAX(91, CodeCategory.CONFLICT),
    WITHDRAWAL_EXISTS(92, CodeCategory.CONFLICT),
    WITHDRAWAL_UNKNOWN(93, CodeCategory.UNKNOWN),
    WITHDRAWAL_STATE_FORBIDS(94, CodeCategory.CONFLICT),
    /** The member owes: nothing is paid out. */
    DEBT_OPEN(95, CodeCategory.CONFLICT),
    /** Less than the merchant's payout terms ask for, or nothing left of it after fee and tax. */
    WITHDRAWAL_BELOW_MIN(140, CodeCategory.CONFLICT),
    WITHDRAWAL_ABOVE_MAX(141, CodeCategory.CONFLICT),
    /** As many as the payout terms allow a member on one payout day. */
    WITHDRAWALS_PER_DAY(142, CodeCategory.CONFLICT),
    /** With it the member would draw out more than the payout terms allow on one payout day. */
    WITHDRAWAL_AMOUNT_PER_DAY(143, CodeCategory.CONFLICT),
    NOT_A_SANDBOX(112, CodeCategory.CONFLICT),
    CLOCK_BACKWARD(113, CodeCategory.CONFLICT),
    /** The sum passes 2^53-1. */
    AMOUNT_TOO_LARGE(114, CodeCategory.CONTRADICTION),
    /** A currency that the order or the campaign does not have. */
    CURRENCY_CONTRADICTS(115, CodeCategory.CONTRADICTION),
    /** Another share link has this token. */
    TOKEN_TAKEN(116, CodeCategory.CONFLICT),
    /** A campaign that a line or an action names is paused, closed, or outside its dates. */
    CAMPAIGN_NOT_OPEN(117, CodeCategory.CONFLICT),
    /** It does not sell in this currency, store or channel. */
    CAMPAIGN_EXCLUDES(118, CodeCategory.CONFLICT),
    /** Two lines of an order name the same campaign. */
    CAMPAIGN_REPEATED(119, CodeCategory.CONTRADICTION),
    /** The kind of the campaign has no such action, or not for whoever asks. */
    ACTION_UNKNOWN(121, CodeCategory.CONTRADICTION),
    /** An argument is missing, or not within its bounds. */
    ARGUMENT_INVALID(122, CodeCategory.CONTRADICTION),
    /** As {@link #PAYOUT_SHARED}, and the rule rejects. */
    PAYOUT_REJECTED(126, CodeCategory.CONFLICT),
    /** The campaign has no such instance. */
    INSTANCE_UNKNOWN(123, CodeCategory.UNKNOWN),

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
    LINES_FULL(106, CodeCategory.UNAVAILABLE),
    PARKED_FULL(107, CodeCategory.UNAVAILABLE),
    REFUND_ORDERS_FULL(108, CodeCategory.UNAVAILABLE),
    IDENTITIES_FULL(109, CodeCategory.UNAVAILABLE),
    LINKS_FULL(110, CodeCategory.UNAVAILABLE),
    WITHDRAWALS_FULL(111, CodeCategory.UNAVAILABLE),

    ROSTERS_FULL(124, CodeCategory.UNAVAILABLE),

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
