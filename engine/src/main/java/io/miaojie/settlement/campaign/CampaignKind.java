package io.miaojie.settlement.campaign;

import io.miaojie.wire.KindDescriptor;

/**
 * One kind of campaign: guards and sums over shared parts, no state of its own. The engine has checked state, window,
 * currency, store and channel before it asks a kind, and checks budgets after.
 *
 * <p>Thread: settlement. Allocates: nothing in {@code on…}.
 */
public interface CampaignKind {
    /** Returns the kind's words: name, terms with their bounds, codes. */
    KindDescriptor descriptor();

    /** Tells whether terms that keep their bounds agree with each other. */
    boolean isSound(Terms terms);

    /**
     * Decides what the buyer earns of one payment.
     *
     * @return the grant in minor units, above 0; or minus the number of the code that says why there is none
     */
    long onPayment(Campaign campaign, Payment payment);
}
