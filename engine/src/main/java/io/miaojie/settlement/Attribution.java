package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Checkout;
import io.miaojie.settlement.part.Members;
import io.miaojie.wire.ResultCode;

/** Who is rewarded for an order beside its buyer: decided when the order first has a buyer, and frozen on it. */
final class Attribution {
    private static final int NOBODY = -1;

    private final Members members;
    private final Referrals referrals;
    private int levelOne;
    private int levelTwo;
    private int clerk;

    Attribution(final State state) {
        this.members = state.members();
        this.referrals = new Referrals(state);
    }

    /**
     * Decides, and changes nothing.
     *
     * @param buyer -1: the command makes it
     * @return what the share token was not good for, as {@link Referrals#decideForOrder} says; {@code OK}
     */
    ResultCode decide(final int merchant, final int buyer, final Checkout checkout, final long nowNs) {
        final ResultCode code = referrals.decideForOrder(merchant, buyer, checkout.shareToken(), nowNs);
        levelOne = referrals.parent();
        levelTwo = levelOne < 0 ? NOBODY : referrals.parent(levelOne, nowNs);
        clerk = checkout.clerkId().isEmpty() ? NOBODY : members.find(merchant, checkout.clerkId());
        return code;
    }

    int levelOne() {
        return levelOne;
    }

    int levelTwo() {
        return levelTwo;
    }

    int clerk() {
        return clerk;
    }

    /** Binds the buyer, which exists by now, if that was decided. */
    void carryOut(final int buyer, final Effects effects) {
        referrals.carryOut(buyer, effects);
    }
}
