package io.miaojie.settlement.kind;

import static io.miaojie.settlement.ledger.Money.MINOR_MAX;

import io.miaojie.settlement.campaign.CampaignKind;
import io.miaojie.settlement.campaign.RewardLines;
import io.miaojie.settlement.campaign.Terms;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.TermDescriptor;
import io.miaojie.wire.ViewDescriptor;
import java.util.List;

/**
 * 注册奖励: a new member gets an amount, fixed or random, for good or for days; who brought the member gets one when it
 * first pays.
 */
final class Welcome implements CampaignKind {
    static final int NUMBER = 3;

    private static final int AMOUNT = 0;
    private static final int AMOUNT_MIN = 1;
    private static final int AMOUNT_MAX = 2;
    private static final int VALID_DAYS = 3;
    private static final int INVITER_AMOUNT = 4;

    private static final int VALID_DAYS_MAX = 3_650;
    private static final int INVITER = 1;

    private static final KindDescriptor DESCRIPTOR = new KindDescriptor(
            NUMBER,
            "welcome",
            "注册奖励: credits a new member when it registers, and who brought it when it first pays; spendable, never "
                    + "withdrawable. Give either amount, or amount_min and amount_max.",
            List.of(
                    TermDescriptor.scalar("amount", 1, MINOR_MAX, "What each new member gets, minor units."),
                    TermDescriptor.scalar("amount_min", 1, MINOR_MAX, "Least random amount, minor units."),
                    TermDescriptor.scalar("amount_max", 1, MINOR_MAX, "Greatest random amount, minor units."),
                    TermDescriptor.scalar(
                            "valid_days", 0, VALID_DAYS_MAX, "Days until what is unspent goes back; 0: for good."),
                    TermDescriptor.scalar(
                            "inviter_amount",
                            1,
                            MINOR_MAX,
                            "What the parent gets for the member's first paid order, minor units.")),
            List.of(),
            ViewDescriptor.NONE,
            List.of(),
            false);

    @Override
    public KindDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public boolean isSound(final Terms terms) {
        final boolean isRandom = terms.has(AMOUNT_MIN) && terms.has(AMOUNT_MAX);
        final boolean isHalf = terms.has(AMOUNT_MIN) != terms.has(AMOUNT_MAX);
        return !isHalf
                && terms.has(AMOUNT) != isRandom
                && (!isRandom || terms.scalar(AMOUNT_MIN) <= terms.scalar(AMOUNT_MAX));
    }

    @Override
    public boolean isForNewMembers() {
        return true;
    }

    @Override
    public long onRegister(final Terms terms, final long random) {
        return terms.has(AMOUNT) ? terms.scalar(AMOUNT) : terms.between(AMOUNT_MIN, AMOUNT_MAX, random);
    }

    @Override
    public int validDays(final Terms terms) {
        return terms.has(VALID_DAYS) ? (int) terms.scalar(VALID_DAYS) : 0;
    }

    @Override
    public int levels(final Terms terms) {
        return terms.has(INVITER_AMOUNT) ? 1 << INVITER : 0;
    }

    @Override
    public long ratesPpm(final Terms terms) {
        return 0;
    }

    @Override
    public boolean rewardsSelf(final Terms terms) {
        return false;
    }

    @Override
    public long draw(final Terms terms, final long random) {
        return 0;
    }

    /** Returns the parent's amount while anything is left of the order, or minus {@code ZERO_BASE}. */
    @Override
    public long target(final Terms terms, final RewardLines lines, final int level, final long drawn) {
        return lines.hasBase() ? terms.scalar(INVITER_AMOUNT) : -ResultCode.ZERO_BASE.number();
    }
}
