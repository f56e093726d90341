package io.miaojie.benchmarks;

/**
 * Who the members of a bench are to each other, and what each payment earns.
 *
 * <p>Depth 0: three rebates to the buyer, spendable at once, see {@link Rebates}. Depth 1 to 13: a rebate to the buyer
 * and commissions to whoever brought it and to whoever brought them (two levels at most, however deep the tree), each
 * held for a week after the payment. The last half of the members buys; the other half stands in as many layers as the
 * tree is deep, each member brought by one of the layer before, drawn evenly.
 *
 * <p>Units: minor. Allocates: nothing but itself.
 *
 * @param members of the shop
 * @param depth of the tree of referrals above a buyer
 */
public record Rewards(int members, int depth) {
    /** Depth of the payment that the figures are about: three grants to three members. */
    public static final int PAYMENT_DEPTH = 2;

    /** Name and number of the kind that rewards parents. */
    public static final String COMMISSION = "share-commission";

    /** The kind's number on the wire. */
    public static final int COMMISSION_KIND = 2;

    private static final int LEVELS = 2;
    private static final int DEPTH_MAX = 13;
    private static final long[] RATES_PPM = {10_000, 30_000, 20_000};
    private static final long MILLION = 1_000_000;

    public Rewards {
        if (depth < 0 || depth > DEPTH_MAX || members / 2 < depth || members < 1) {
            throw new IllegalArgumentException("members=" + members + " depth=" + depth);
        }
    }

    /** Returns whether members are brought by others. */
    public boolean isTree() {
        return depth > 0;
    }

    /** Returns how many grants each payment earns. */
    public int grants() {
        return isTree() ? 1 + Math.min(LEVELS, depth) : Rebates.COUNT;
    }

    /** Returns how many members buy. */
    public int buyers() {
        return isTree() ? members - members / 2 : members;
    }

    /** Returns who pays, 0 to {@code members} - 1: each buyer once, then buyers drawn evenly. */
    public int buyer(final int payment) {
        final int buyers = buyers();
        return members - buyers + (payment < buyers ? payment : Draws.member(payment, buyers));
    }

    /** Returns who brought a member, -1: nobody. */
    public int parent(final int member) {
        if (!isTree()) {
            return -1;
        }
        final int above = members / 2;
        final int size = above / depth;
        final int layer = member >= above ? depth : Math.min(depth - 1, member / size);
        if (layer == 0) {
            return -1;
        }
        final int first = (layer - 1) * size;
        return first + Draws.member(member, layer == depth ? above - first : size);
    }

    /** Returns whom a grant of a payment is for. */
    public int beneficiary(final int grant, final int buyer) {
        int member = buyer;
        for (int level = 0; isTree() && level < grant; level++) {
            member = parent(member);
        }
        return member;
    }

    /** Returns the rate of a grant of a tree. */
    public long ratePpm(final int grant) {
        return RATES_PPM[grant];
    }

    /** Returns the amount of a grant of a payment. */
    public long rewardMinor(final int grant, final long amountMinor) {
        return isTree() ? amountMinor * RATES_PPM[grant] / MILLION : Rebates.rewardMinor(grant, amountMinor);
    }

    /** Returns the id of the campaign that gives a grant. */
    public String campaignId(final int grant) {
        return !isTree() || grant == 0 ? Rebates.id(grant) : "commission";
    }

    /** Returns the id of a member: as long as each other, in digits that a template can be patched with. */
    public static String memberId(final int member) {
        return "u%08x".formatted(member);
    }
}
