package io.miaojie.settlement.campaign;

import io.miaojie.settlement.ledger.Money;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder;
import io.miaojie.wire.codec.HoldPolicy;

/**
 * When a grant becomes withdrawable, and how much of it is spendable until then.
 *
 * @param days of the two policies that count days; else 0
 * @param instantPpm share that is spendable at once
 */
public record HoldTerms(HoldPolicy policy, int days, int instantPpm) {
    /** Most days of a hold. */
    public static final int DAYS_MAX = 3_650;

    private static final HoldTerms DEFAULT = new HoldTerms(HoldPolicy.DAYS_AFTER_DELIVERY, 7, Money.PPM);
    private static final HoldTerms NEVER = new HoldTerms(HoldPolicy.NEVER, 0, Money.PPM);
    private static final long DAY_NS = 24L * 60 * 60 * 1_000_000_000;

    /**
     * Reads the hold of a definition; none: spendable at once, withdrawable 7 days after delivery or, for new members,
     * never.
     */
    static HoldTerms of(final DefineCampaignCommandDecoder command, final CampaignKind kind) {
        final int policy = command.holdPolicyRaw();
        if (policy == 0 || policy == HoldPolicy.NULL_VAL.value()) {
            return kind.isForNewMembers() ? NEVER : DEFAULT;
        }
        final int instantPpm = command.instantPpm();
        final boolean isAbsent = instantPpm == DefineCampaignCommandDecoder.instantPpmNullValue();
        return new HoldTerms(command.holdPolicy(), command.holdDays(), isAbsent ? Money.PPM : instantPpm);
    }

    boolean isSound() {
        final boolean countsDays = policy == HoldPolicy.DAYS_AFTER_PAY || policy == HoldPolicy.DAYS_AFTER_DELIVERY;
        return policy.value() >= HoldPolicy.NONE.value()
                && policy.value() <= HoldPolicy.NEVER.value()
                && (countsDays ? days >= 1 && days <= DAYS_MAX : days == 0)
                && instantPpm >= 0
                && instantPpm <= Money.PPM;
    }

    /** Tells whether grants are withdrawable at once. */
    public boolean isNone() {
        return policy == HoldPolicy.NONE;
    }

    /** Tells whether grants are never withdrawable. */
    public boolean isNever() {
        return policy == HoldPolicy.NEVER;
    }

    /** Tells whether the hold begins when the grant is made. */
    public boolean countsFromPayment() {
        return policy == HoldPolicy.DAYS_AFTER_PAY;
    }

    /** Tells whether the hold begins, or ends, when the order is delivered. */
    public boolean countsFromDelivery() {
        return policy == HoldPolicy.ON_DELIVERY || policy == HoldPolicy.DAYS_AFTER_DELIVERY;
    }

    /** Returns how long the hold is once it has begun, nanoseconds; 0: it ends at once. */
    public long lengthNs() {
        return days * DAY_NS;
    }

    /** Tells whether a part of a grant may be pending. */
    public boolean hasPending() {
        return policy != HoldPolicy.NEVER && instantPpm != Money.PPM;
    }

    /**
     * Returns what of a grant that isn't released is pending: what is not spendable at once of all that was credited,
     * less what was clawed, for claws take the pending part first. The rest of what is outstanding is spendable.
     */
    public long pendingMinor(final long creditedMinor, final long clawedMinor) {
        return !hasPending() ? 0 : Math.max(0, creditedMinor - Money.share(creditedMinor, instantPpm) - clawedMinor);
    }
}
