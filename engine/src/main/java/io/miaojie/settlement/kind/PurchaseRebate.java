package io.miaojie.settlement.kind;

import static io.miaojie.settlement.ledger.Money.MINOR_MAX;
import static io.miaojie.settlement.ledger.Money.PPM;

import io.miaojie.settlement.campaign.Campaign;
import io.miaojie.settlement.campaign.CampaignKind;
import io.miaojie.settlement.campaign.Payment;
import io.miaojie.settlement.campaign.PaymentLines;
import io.miaojie.settlement.campaign.Terms;
import io.miaojie.settlement.ledger.Money;
import io.miaojie.wire.CodeCategory;
import io.miaojie.wire.CodeDescriptor;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.TermDescriptor;
import io.miaojie.wire.TermDescriptor.Column;
import java.util.List;

/**
 * 消费返利: the buyer gets back a part of what was paid: a rate of each line, a fixed amount per order, or either by tiers
 * of the sum.
 */
final class PurchaseRebate implements CampaignKind {
    static final int NUMBER = 1;
    static final int NO_LINE_ELIGIBLE = NUMBER << 8 | 1;
    static final int BELOW_FIRST_TIER = NUMBER << 8 | 2;
    static final int ORDER_REWARDED = NUMBER << 8 | 3;

    private static final int RATE_PPM = 0;
    private static final int LINE_CAP = 1;
    private static final int FIXED_AMOUNT = 2;
    private static final int TIERS = 3;
    private static final int SKUS = 4;
    private static final int CATEGORIES = 5;

    private static final int TIER_FROM = 0;
    private static final int TIER_RATE = 1;
    private static final int TIER_FIXED = 2;

    private static final KindDescriptor DESCRIPTOR = new KindDescriptor(
            NUMBER,
            "purchase-rebate",
            "消费返利: credits the buyer a rate of each eligible line, a fixed amount per order, or either by tiers of the "
                    + "sum. Give exactly one of rate_ppm, fixed_amount and tiers.",
            List.of(
                    TermDescriptor.scalar("rate_ppm", 0, PPM, "Share of each eligible line, in ppm, floored per line."),
                    TermDescriptor.scalar("line_cap", 1, MINOR_MAX, "Most that one line earns by a rate, minor units."),
                    TermDescriptor.scalar("fixed_amount", 1, MINOR_MAX, "Earned once per order, minor units."),
                    TermDescriptor.table(
                            "tiers",
                            100,
                            "By the sum of the eligible lines of a payment; from_amount ascends, and each row gives "
                                    + "exactly one of rate_ppm and fixed_amount.",
                            List.of(
                                    new Column(
                                            "from_amount", 0, MINOR_MAX, true, "Least sum of the tier, minor units."),
                                    new Column("rate_ppm", 0, PPM, false, "As the term of this name."),
                                    new Column("fixed_amount", 1, MINOR_MAX, false, "As the term of this name."))),
                    TermDescriptor.ids("skus", 1_000, "Only lines with these skus count; none: every line."),
                    TermDescriptor.ids("categories", 1_000, "Only lines of these categories count; none: every line.")),
            List.of(
                    new CodeDescriptor(NO_LINE_ELIGIBLE, "NO_LINE_ELIGIBLE", CodeCategory.DONE),
                    new CodeDescriptor(BELOW_FIRST_TIER, "BELOW_FIRST_TIER", CodeCategory.DONE),
                    new CodeDescriptor(ORDER_REWARDED, "ORDER_REWARDED", CodeCategory.DONE)));

    @Override
    public KindDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public boolean isSound(final Terms terms) {
        final int given = count(terms.has(RATE_PPM)) + count(terms.has(FIXED_AMOUNT)) + count(hasTiers(terms));
        return given == 1 && tiersAreSound(terms) && (!terms.has(LINE_CAP) || hasRates(terms));
    }

    /**
     * Decides the rebate.
     *
     * @return the grant, or minus {@code NO_LINE_ELIGIBLE}, {@code ZERO_BASE}, {@code BELOW_FIRST_TIER},
     *     {@code ORDER_REWARDED} (fixed amounts only), {@code ZERO_REWARD}
     */
    @Override
    public long onPayment(final Campaign campaign, final Payment payment) {
        final Terms terms = campaign.terms();
        final long eligibleMinor = eligibleMinor(terms, payment.lines());
        if (eligibleMinor <= 0) {
            return eligibleMinor < 0 ? -NO_LINE_ELIGIBLE : -ResultCode.ZERO_BASE.number();
        }
        final int tier = tier(terms, eligibleMinor);
        if (tier < 0 && hasTiers(terms)) {
            return -BELOW_FIRST_TIER;
        }
        final long fixedMinor = tier < 0 ? terms.scalar(FIXED_AMOUNT) : terms.cell(TIERS, tier, TIER_FIXED);
        if (fixedMinor != Terms.ABSENT) {
            return payment.isRewardedBefore(campaign) ? -ORDER_REWARDED : fixedMinor;
        }
        final long ratePpm = tier < 0 ? terms.scalar(RATE_PPM) : terms.cell(TIERS, tier, TIER_RATE);
        final long shareMinor = shareMinor(terms, payment.lines(), ratePpm);
        return shareMinor > 0 ? shareMinor : -ResultCode.ZERO_REWARD.number();
    }

    /** Returns the sum of the eligible lines, -1 when none is eligible. It never passes the amount of the payment. */
    private static long eligibleMinor(final Terms terms, final PaymentLines lines) {
        long sumMinor = -1;
        for (int line = 0; line < lines.count(); line++) {
            if (isEligible(terms, lines, line)) {
                sumMinor = Math.max(0, sumMinor) + lines.baseMinor(line);
            }
        }
        return sumMinor;
    }

    private static long shareMinor(final Terms terms, final PaymentLines lines, final long ratePpm) {
        final long capMinor = terms.has(LINE_CAP) ? terms.scalar(LINE_CAP) : MINOR_MAX;
        long sumMinor = 0;
        for (int line = 0; line < lines.count(); line++) {
            if (isEligible(terms, lines, line)) {
                sumMinor += Math.min(capMinor, Money.share(lines.baseMinor(line), ratePpm));
            }
        }
        return sumMinor;
    }

    private static boolean isEligible(final Terms terms, final PaymentLines lines, final int line) {
        return (terms.admitsAll(SKUS) || terms.admits(SKUS, lines.sku(line)))
                && (terms.admitsAll(CATEGORIES) || terms.admits(CATEGORIES, lines.category(line)));
    }

    /** Returns the last tier that the sum reaches, -1 when there is none. */
    private static int tier(final Terms terms, final long sumMinor) {
        int tier = terms.rowCount(TIERS) - 1;
        while (tier >= 0 && terms.cell(TIERS, tier, TIER_FROM) > sumMinor) {
            tier--;
        }
        return tier;
    }

    private static boolean tiersAreSound(final Terms terms) {
        boolean isSound = true;
        for (int tier = 0; tier < terms.rowCount(TIERS); tier++) {
            isSound &= hasTierRate(terms, tier) != (terms.cell(TIERS, tier, TIER_FIXED) != Terms.ABSENT);
            isSound &= tier == 0 || terms.cell(TIERS, tier, TIER_FROM) > terms.cell(TIERS, tier - 1, TIER_FROM);
        }
        return isSound;
    }

    private static boolean hasRates(final Terms terms) {
        boolean hasRates = terms.has(RATE_PPM);
        for (int tier = 0; tier < terms.rowCount(TIERS); tier++) {
            hasRates |= hasTierRate(terms, tier);
        }
        return hasRates;
    }

    private static boolean hasTierRate(final Terms terms, final int tier) {
        return terms.cell(TIERS, tier, TIER_RATE) != Terms.ABSENT;
    }

    private static boolean hasTiers(final Terms terms) {
        return terms.rowCount(TIERS) > 0;
    }

    private static int count(final boolean given) {
        return given ? 1 : 0;
    }
}
