package io.miaojie.settlement.kind;

import static io.miaojie.settlement.ledger.Money.PPM;

import io.miaojie.settlement.campaign.CampaignKind;
import io.miaojie.settlement.campaign.RewardLines;
import io.miaojie.settlement.campaign.Terms;
import io.miaojie.wire.CodeCategory;
import io.miaojie.wire.CodeDescriptor;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.TermDescriptor;
import java.util.List;

/**
 * 分享佣金: whoever brought the buyer gets a rate of each line, and so may whoever brought them; so may the clerk who
 * served. There is no third level: the law forbids it, and so do the types.
 */
final class ShareCommission implements CampaignKind {
    static final int NUMBER = 2;
    static final int NO_LINE_ELIGIBLE = NUMBER << 8 | 1;

    /** Rates stand at the place of their level, less one. */
    private static final int LEVEL_1_RATE_PPM = 0;

    private static final int LINE_CAP = 3;
    private static final int SELF_PURCHASE = 4;
    private static final int SKUS = 5;
    private static final int CATEGORIES = 6;

    private static final LineShares SHARES = new LineShares(LINE_CAP, SKUS, CATEGORIES);
    private static final KindDescriptor DESCRIPTOR = new KindDescriptor(
            NUMBER,
            "share-commission",
            "分享佣金: credits a rate of each eligible line to whoever brought the buyer, to whoever brought them, and to "
                    + "the clerk who served. Give at least one of the three rates.",
            List.of(
                    TermDescriptor.scalar(
                            "level1_rate_ppm", 1, PPM, "Share of who brought the buyer, in ppm, floored per line."),
                    TermDescriptor.scalar(
                            "level2_rate_ppm", 1, PPM, "Share of who brought level 1, in ppm, floored per line."),
                    TermDescriptor.scalar("clerk_rate_ppm", 1, PPM, "Share of the clerk, in ppm, floored per line."),
                    LineShares.LINE_CAP,
                    TermDescriptor.scalar(
                            "self_purchase", 0, 1, "1: a clerk who buys is rewarded for it; 0 (default): is not."),
                    LineShares.SKUS,
                    LineShares.CATEGORIES),
            List.of(new CodeDescriptor(NO_LINE_ELIGIBLE, "NO_LINE_ELIGIBLE", CodeCategory.DONE)));

    @Override
    public KindDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public boolean isSound(final Terms terms) {
        return levels(terms) != 0;
    }

    @Override
    public int levels(final Terms terms) {
        int levels = 0;
        for (int level = BUYER + 1; level <= CLERK; level++) {
            levels |= terms.has(rate(level)) ? 1 << level : 0;
        }
        return levels;
    }

    @Override
    public long ratesPpm(final Terms terms) {
        long sumPpm = 0;
        for (int level = BUYER + 1; level <= CLERK; level++) {
            sumPpm += terms.has(rate(level)) ? terms.scalar(rate(level)) : 0;
        }
        return sumPpm;
    }

    @Override
    public boolean rewardsSelf(final Terms terms) {
        return terms.scalar(SELF_PURCHASE) == 1;
    }

    @Override
    public long draw(final Terms terms, final long random) {
        return 0;
    }

    /**
     * Says what the lines are worth to a parent or the clerk.
     *
     * @return the commission, or minus {@code NO_LINE_ELIGIBLE}, {@code ZERO_BASE}, {@code ZERO_REWARD}
     */
    @Override
    public long target(final Terms terms, final RewardLines lines, final int level, final long drawn) {
        final long eligibleMinor = SHARES.eligibleMinor(terms, lines);
        if (eligibleMinor <= 0) {
            return eligibleMinor < 0 ? -NO_LINE_ELIGIBLE : -ResultCode.ZERO_BASE.number();
        }
        final long shareMinor = SHARES.shareMinor(terms, lines, terms.scalar(rate(level)));
        return shareMinor > 0 ? shareMinor : -ResultCode.ZERO_REWARD.number();
    }

    private static int rate(final int level) {
        return LEVEL_1_RATE_PPM + level - 1;
    }
}
