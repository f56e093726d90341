package io.miaojie.settlement.kind;

import static io.miaojie.settlement.ledger.Money.MINOR_MAX;
import static io.miaojie.settlement.ledger.Money.PPM;

import io.miaojie.settlement.campaign.CampaignKind;
import io.miaojie.settlement.campaign.RewardLines;
import io.miaojie.settlement.campaign.Terms;
import io.miaojie.wire.CodeCategory;
import io.miaojie.wire.CodeDescriptor;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.TermDescriptor;
import io.miaojie.wire.TermDescriptor.Column;
import java.util.List;

/**
 * 消费返利: the buyer gets back a part of what was paid: a rate of each line, a fixed amount per order, either by tiers of
 * the sum, or either drawn between bounds.
 */
final class PurchaseRebate implements CampaignKind {
    static final int NUMBER = 1;
    static final int NO_LINE_ELIGIBLE = NUMBER << 8 | 1;
    static final int BELOW_FIRST_TIER = NUMBER << 8 | 2;

    private static final int RATE_PPM = 0;
    private static final int LINE_CAP = 1;
    private static final int FIXED_AMOUNT = 2;
    private static final int TIERS = 3;
    private static final int SKUS = 4;
    private static final int CATEGORIES = 5;
    private static final int RATE_MIN_PPM = 6;
    private static final int RATE_MAX_PPM = 7;
    private static final int FIXED_MIN = 8;
    private static final int FIXED_MAX = 9;

    private static final int TIER_FROM = 0;
    private static final int TIER_RATE = 1;
    private static final int TIER_FIXED = 2;

    private static final LineShares SHARES = new LineShares(LINE_CAP, SKUS, CATEGORIES);
    private static final KindDescriptor DESCRIPTOR = new KindDescriptor(
            NUMBER,
            "purchase-rebate",
            "消费返利: credits the buyer a rate of each eligible line, a fixed amount per order, either by tiers of the "
                    + "sum, or either drawn between bounds. Give exactly one of rate_ppm, fixed_amount, tiers, "
                    + "rate_min_ppm with rate_max_ppm, fixed_min with fixed_max.",
            List.of(
                    TermDescriptor.scalar("rate_ppm", 0, PPM, "Share of each eligible line, in ppm, floored per line."),
                    LineShares.LINE_CAP,
                    TermDescriptor.scalar("fixed_amount", 1, MINOR_MAX, "Earned once per order, minor units."),
                    TermDescriptor.table(
                            "tiers",
                            100,
                            "By the sum of the eligible lines of an order; from_amount ascends, and each row gives "
                                    + "exactly one of rate_ppm and fixed_amount.",
                            List.of(
                                    new Column(
                                            "from_amount", 0, MINOR_MAX, true, "Least sum of the tier, minor units."),
                                    new Column("rate_ppm", 0, PPM, false, "As the term of this name."),
                                    new Column("fixed_amount", 1, MINOR_MAX, false, "As the term of this name."))),
                    LineShares.SKUS,
                    LineShares.CATEGORIES,
                    TermDescriptor.scalar("rate_min_ppm", 1, PPM, "Least rate that is drawn, in ppm."),
                    TermDescriptor.scalar("rate_max_ppm", 1, PPM, "Greatest rate that is drawn, in ppm."),
                    TermDescriptor.scalar("fixed_min", 1, MINOR_MAX, "Least amount that is drawn, minor units."),
                    TermDescriptor.scalar("fixed_max", 1, MINOR_MAX, "Greatest amount that is drawn, minor units.")),
            List.of(
                    new CodeDescriptor(NO_LINE_ELIGIBLE, "NO_LINE_ELIGIBLE", CodeCategory.DONE),
                    new CodeDescriptor(BELOW_FIRST_TIER, "BELOW_FIRST_TIER", CodeCategory.DONE)));

    @Override
    public KindDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public boolean isSound(final Terms terms) {
        final int given = count(terms.has(RATE_PPM))
                + count(terms.has(FIXED_AMOUNT))
                + count(hasTiers(terms))
                + count(terms.has(RATE_MIN_PPM))
                + count(terms.has(FIXED_MIN));
        return given == 1
                && boundsAreSound(terms, RATE_MIN_PPM, RATE_MAX_PPM)
                && boundsAreSound(terms, FIXED_MIN, FIXED_MAX)
                && tiersAreSound(terms)
                && (!terms.has(LINE_CAP) || ratesPpm(terms) > 0);
    }

    @Override
    public int levels(final Terms terms) {
        return 1 << BUYER;
    }

    @Override
    public long ratesPpm(final Terms terms) {
        long ratePpm = Math.max(0, Math.max(terms.scalar(RATE_PPM), terms.scalar(RATE_MAX_PPM)));
        for (int tier = 0; tier < terms.rowCount(TIERS); tier++) {
            ratePpm = Math.max(ratePpm, terms.cell(TIERS, tier, TIER_RATE));
        }
        return ratePpm;
    }

    @Override
    public boolean rewardsSelf(final Terms terms) {
        return true;
    }

    @Override
    public long draw(final Terms terms, final long random) {
        if (terms.has(RATE_MIN_PPM)) {
            return terms.between(RATE_MIN_PPM, RATE_MAX_PPM, random);
        }
        return terms.has(FIXED_MIN) ? terms.between(FIXED_MIN, FIXED_MAX, random) : 0;
    }

    /**
     * Says what the lines are worth to the buyer.
     *
     * @return the rebate, or minus {@code NO_LINE_ELIGIBLE}, {@code ZERO_BASE}, {@code BELOW_FIRST_TIER},
     *     {@code ZERO_REWARD}
     */
    @Override
    public long target(final Terms terms, final RewardLines lines, final int level, final long drawn) {
        final long eligibleMinor = SHARES.eligibleMinor(terms, lines);
        if (eligibleMinor <= 0) {
            return eligibleMinor < 0 ? -NO_LINE_ELIGIBLE : -ResultCode.ZERO_BASE.number();
        }
        final int tier = tier(terms, eligibleMinor);
        if (tier < 0 && hasTiers(terms)) {
            return -BELOW_FIRST_TIER;
        }
        final long fixedMinor = fixedMinor(terms, tier, drawn);
        if (fixedMinor != Terms.ABSENT) {
            return fixedMinor;
        }
        final long shareMinor = SHARES.shareMinor(terms, lines, ratePpm(terms, tier, drawn));
        return shareMinor > 0 ? shareMinor : -ResultCode.ZERO_REWARD.number();
    }

    private static long fixedMinor(final Terms terms, final int tier, final long drawn) {
        if (terms.has(FIXED_MIN)) {
            return drawn;
        }
        return tier < 0 ? terms.scalar(FIXED_AMOUNT) : terms.cell(TIERS, tier, TIER_FIXED);
    }

    private static long ratePpm(final Terms terms, final int tier, final long drawn) {
        if (terms.has(RATE_MIN_PPM)) {
            return drawn;
        }
        return tier < 0 ? terms.scalar(RATE_PPM) : terms.cell(TIERS, tier, TIER_RATE);
    }

    /** Returns the last tier that the sum reaches, -1 when there is none. */
    private static int tier(final Terms terms, final long sumMinor) {
        int tier = terms.rowCount(TIERS) - 1;
        while (tier >= 0 && terms.cell(TIERS, tier, TIER_FROM) > sumMinor) {
            tier--;
        }
        return tier;
    }

    private static boolean boundsAreSound(final Terms terms, final int min, final int max) {
        return terms.has(min) == terms.has(max) && terms.scalar(min) <= terms.scalar(max);
    }

    private static boolean tiersAreSound(final Terms terms) {
        boolean isSound = true;
        for (int tier = 0; tier < terms.rowCount(TIERS); tier++) {
            final boolean hasRate = terms.cell(TIERS, tier, TIER_RATE) != Terms.ABSENT;
            isSound &= hasRate != (terms.cell(TIERS, tier, TIER_FIXED) != Terms.ABSENT);
            isSound &= tier == 0 || terms.cell(TIERS, tier, TIER_FROM) > terms.cell(TIERS, tier - 1, TIER_FROM);
        }
        return isSound;
    }

    private static boolean hasTiers(final Terms terms) {
        return terms.rowCount(TIERS) > 0;
    }

    private static int count(final boolean given) {
        return given ? 1 : 0;
    }
}
