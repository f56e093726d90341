package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.Rewards;

/**
 * The shop of a bench and who buys there.
 *
 * @param rewards what payments earn
 * @param budgets what its campaigns keep
 * @param idleCampaigns open besides, of a store that nobody buys in
 * @param hasHotPool whether, once each buyer has paid, one of them makes every payment
 */
public record ShopPlan(Rewards rewards, Budgets budgets, int idleCampaigns, boolean hasHotPool) {
    /** Returns a shop whose buyers buy evenly and whose campaigns are all about them. */
    public static ShopPlan of(final Rewards rewards) {
        return new ShopPlan(rewards, Budgets.CAMPAIGN, 0, false);
    }

    /** Returns who pays, see {@link Rewards#buyer}. */
    int buyer(final int payment) {
        return rewards.buyer(hasHotPool && payment >= rewards.buyers() ? 0 : payment);
    }
}
