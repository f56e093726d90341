package io.miaojie.settlement.campaign;

import io.miaojie.wire.KindDescriptor;

/**
 * One kind of campaign: guards and sums over shared parts, no state of its own. It says what an order is worth to
 * somebody; the engine credits up to that when the order is paid and claws down to it when it is refunded. The engine
 * has checked state, window, currency, store and channel before it asks a kind, and checks budgets after.
 *
 * <p>Thread: settlement. Allocates: nothing in {@link #target}.
 */
public interface CampaignKind {
    /** Level of the buyer. */
    int BUYER = 0;

    /** Level of the clerk. Between them, 1 and 2: the parents. There is no level above 3. */
    int CLERK = 3;

    /** How many levels there are. */
    int LEVELS = 4;

    /** Returns the kind's words: name, terms with their bounds, codes. */
    KindDescriptor descriptor();

    /** Tells whether terms that keep their bounds agree with each other. */
    boolean isSound(Terms terms);

    /** Tells whether terms may follow on others of the same campaign. */
    default boolean follows(final Terms before, final Terms after) {
        return true;
    }

    /** Returns the levels that an order rewards under these terms, as bits; 0: orders earn nothing. */
    int levels(Terms terms);

    /**
     * Returns the most that all levels together take of one line by rates, ppm; what is not by a rate doesn't count.
     */
    long ratesPpm(Terms terms);

    /** Tells whether a buyer who is also the parent or the clerk of the order is rewarded as such. */
    boolean rewardsSelf(Terms terms);

    /**
     * Tells whether it is for members that register: {@link #onRegister} credits them, what it credits is never
     * withdrawable, and of their orders it rewards the first alone.
     */
    default boolean isForNewMembers() {
        return false;
    }

    /**
     * Says what a registration is worth.
     *
     * @param random 32 random bits; 0: the lower bound
     * @return the whole grant in minor units, above 0 for a kind that is for new members
     */
    default long onRegister(final Terms terms, final long random) {
        return 0;
    }

    /** Returns after how many days the unspent rest of a registration's grant goes back, 0: never. */
    default int validDays(final Terms terms) {
        return 0;
    }

    /**
     * Draws the random part of the terms.
     *
     * @param random 32 random bits; 0: the lower bound
     * @return what was drawn, above 0; 0: these terms draw nothing
     */
    long draw(Terms terms, long random);

    /**
     * Says what the lines are worth at a level. The less is left of the lines, the less or as much they are worth.
     *
     * @param lines paid lines, or what refunds have left of them
     * @param drawn what {@link #draw} returned for the grant
     * @return the whole grant in minor units, above 0; or minus the number of the code that says why there is none
     */
    long target(Terms terms, RewardLines lines, int level, long drawn);
}
