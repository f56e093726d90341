package io.miaojie.settlement;

import io.miaojie.settlement.campaign.CampaignDefinition;
import io.miaojie.settlement.campaign.CampaignKind;
import io.miaojie.settlement.campaign.CampaignVersion;
import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.settlement.campaign.Checkout;
import io.miaojie.settlement.campaign.Eligibility;
import io.miaojie.settlement.campaign.Payment;
import io.miaojie.settlement.campaign.RewardLines;
import io.miaojie.settlement.campaign.RuleSet;
import io.miaojie.settlement.campaign.Terms;
import io.miaojie.settlement.part.Grants;
import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.Merchants;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.Pools;
import io.miaojie.wire.ResultCode;

/**
 * What an order earns: each eligible campaign version up to its target on the paid lines, for each level, by priority.
 * {@link #decide} fills a plan and tells of skips; {@link #carryOut} credits it and can't fail.
 *
 * <p>Allocates: nothing.
 */
final class Rewards {
    private static final int NO_WINNER = -1;

    private final Orders orders;
    private final Grants grants;
    private final Members members;
    private final Merchants merchants;
    private final Campaigns campaigns;
    private final Pools pools;
    private final Budgets budgets;
    private final GrantMoney money;
    private final Effects effects;
    private final int[] winners = new int[Campaigns.OPEN_MAX];

    Rewards(final State state, final GrantMoney money, final Effects effects) {
        this.orders = state.orders();
        this.grants = state.grants();
        this.members = state.members();
        this.merchants = state.merchants();
        this.campaigns = state.campaigns();
        this.pools = state.pools();
        this.budgets = new Budgets(state);
        this.money = money;
        this.effects = effects;
    }

    /** Returns which versions are eligible, as bits; tells of the others when it {@code tells}. */
    int eligible(final RuleSet rules, final Checkout checkout, final boolean tells) {
        int eligible = 0;
        for (int place = 0; place < rules.count(); place++) {
            final CampaignVersion version = rules.version(place);
            final ResultCode code = Eligibility.check(version, checkout);
            if (code == ResultCode.OK) {
                eligible |= 1 << place;
            } else if (tells
                    && version.definition().levels() != 0
                    && !version.definition().isForNewMembers()) {
                effects.skip(0, version.index(), code.number());
            }
        }
        return eligible;
    }

    /** Fills the plan: a credit or a skip for each eligible version and level. */
    void decide(final PaymentPlan plan, final Payment payment, final RewardLines lines) {
        final RuleSet rules = plan.rules();
        lines.beginCuts(rules.cutsLines(), merchants.at(plan.merchant).rewardCapPpm());
        findWinners(plan);
        for (int place = 0; place < rules.count(); place++) {
            final boolean isEligible = (plan.eligible & 1 << place) != 0;
            if (isEligible && rules.version(place).definition().levels() != 0) {
                decideVersion(plan, payment, lines, place);
            }
        }
    }

    /** Opens pools, makes grants and credits them, as planned; the order and its buyer exist by now. */
    void carryOut(final PaymentPlan plan, final long nowNs) {
        for (int i = 0; i < plan.grantCount(); i++) {
            final PaymentPlan.Credit credit = plan.credit(i);
            final int level = credit.level;
            final CampaignVersion version = plan.version(credit);
            if (plan.pools[level] < 0) {
                plan.pools[level] = openPool(plan.members[level], plan.currency);
            }
            if (credit.row >= 0) {
                money.credit(credit.row, version, plan.pools[level], credit.amountMinor);
            } else {
                final int grant = money.make(plan.order, version, level, plan.pools[level], credit.amountMinor, nowNs);
                if (credit.drawn != 0) {
                    grants.setDrawn(grant, credit.drawn);
                }
            }
            budgets.count(plan, credit, version.campaign());
        }
    }

    private void decideVersion(
            final PaymentPlan plan, final Payment payment, final RewardLines lines, final int place) {
        final int group = plan.rules().group(place);
        final CampaignVersion version = plan.rules().version(place);
        if (version.definition().isForNewMembers() && !isFirstOrderOfNewMember(plan, version)) {
            return;
        }
        if (group >= 0 && winners[group] != NO_WINNER && winners[group] != place) {
            effects.skip(0, version.index(), ResultCode.EXCLUDED.number());
            return;
        }
        budgets.begin(version, plan);
        for (int levels = version.definition().levels(); levels != 0; levels &= levels - 1) {
            final int level = Integer.numberOfTrailingZeros(levels);
            final int code = decideLevel(plan, payment, lines, version, place, level);
            if (code != ResultCode.OK.number()) {
                effects.skip(level, version.index(), code);
            }
        }
    }

    /** Tells whether the campaign welcomed the buyer, who has paid for no other order before. */
    private boolean isFirstOrderOfNewMember(final PaymentPlan plan, final CampaignVersion version) {
        final int buyer = plan.members[CampaignKind.BUYER];
        final int first = buyer < 0 ? -1 : members.firstPaidOrder(buyer);
        if (buyer < 0 || first >= 0 && first != plan.order) {
            return false;
        }
        int welcome = members.lastGrant(buyer);
        while (welcome >= 0 && campaigns.version(grants.version(welcome)).campaign() != version.campaign()) {
            welcome = grants.previous(welcome);
        }
        return welcome >= 0;
    }

    private int decideLevel(
            final PaymentPlan plan,
            final Payment payment,
            final RewardLines lines,
            final CampaignVersion version,
            final int place,
            final int level) {
        final CampaignKind kind = version.definition().kind();
        final Terms terms = version.definition().terms();
        final ResultCode missing = missing(plan, kind, terms, level);
        if (missing != ResultCode.OK) {
            return missing.number();
        }
        final int grant = plan.order < 0 ? -1 : grants.find(plan.order, version.index(), level);
        final long drawn = version.definition().draws() ? drawn(plan, payment, place, level, grant) : 0;
        lines.beginTarget();
        final long targetMinor = kind.target(terms, lines, level, drawn);
        if (targetMinor <= 0) {
            return (int) -targetMinor;
        }
        if (plan.rules().group(place) >= 0) {
            winners[plan.rules().group(place)] = place;
        }
        final long moreMinor = targetMinor - (grant < 0 ? 0 : grants.creditedMinor(grant));
        if (moreMinor <= 0) {
            lines.keepTarget();
            return ResultCode.ORDER_REWARDED.number();
        }
        final ResultCode budget = budgets.check(plan, level, grant, moreMinor);
        if (budget == ResultCode.OK) {
            plan.grant(place, level, grant, moreMinor, drawn);
        }
        if (budget == ResultCode.OK || grant >= 0) {
            lines.keepTarget();
        }
        return budget.number();
    }

    /** Draws for a new grant; one that is there keeps what it drew. */
    private long drawn(
            final PaymentPlan plan, final Payment payment, final int place, final int level, final int grant) {
        final CampaignDefinition definition = plan.rules().version(place).definition();
        return grant < 0
                ? definition.kind().draw(definition.terms(), payment.random(place * CampaignKind.LEVELS + level))
                : grants.drawn(grant);
    }

    private static ResultCode missing(
            final PaymentPlan plan, final CampaignKind kind, final Terms terms, final int level) {
        if (level == CampaignKind.BUYER) {
            return ResultCode.OK;
        }
        final int member = plan.members[level];
        if (member < 0) {
            return level == CampaignKind.CLERK ? ResultCode.NO_CLERK : ResultCode.NO_REFERRER;
        }
        final boolean isSelf = member == plan.members[CampaignKind.BUYER];
        return isSelf && !kind.rewardsSelf(terms) ? ResultCode.SELF_PURCHASE : ResultCode.OK;
    }

    /** What an earlier payment of the order was rewarded by keeps its exclusive group. */
    private void findWinners(final PaymentPlan plan) {
        final RuleSet rules = plan.rules();
        for (int place = 0; place < rules.count(); place++) {
            winners[place] = NO_WINNER;
        }
        int grant = plan.order < 0 ? -1 : orders.lastGrant(plan.order);
        for (; grant >= 0; grant = grants.previous(grant)) {
            for (int place = 0; place < rules.count(); place++) {
                if (rules.version(place).index() == grants.version(grant) && rules.group(place) >= 0) {
                    winners[rules.group(place)] = place;
                }
            }
        }
    }

    private int openPool(final int member, final int currency) {
        final int known = pools.find(member, currency);
        return known < 0 ? pools.add(member, currency) : known;
    }
}
