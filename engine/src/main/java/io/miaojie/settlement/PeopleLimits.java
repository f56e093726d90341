package io.miaojie.settlement;

/**
 * The bounds of what is kept of members beside the members, as counts, see {@link StateLimits}.
 *
 * @param identitiesMax outside identities
 * @param targetsMax targets of share links
 * @param linksMax share links
 * @param touchesMax visitors whose touch is kept; the older half is forgotten when it is full
 * @param withdrawalsMax withdrawals
 */
public record PeopleLimits(int identitiesMax, int targetsMax, int linksMax, int touchesMax, int withdrawalsMax) {
    private static final int TARGETS = 20_000;

    /** Two identities, a share link and a withdrawal for every member, and a visitor for every second. */
    public static PeopleLimits of(final int membersMax) {
        return new PeopleLimits(Math.multiplyExact(2, membersMax), TARGETS, membersMax, membersMax / 2 + 2, membersMax);
    }
}
