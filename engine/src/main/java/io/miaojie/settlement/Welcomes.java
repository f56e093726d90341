package io.miaojie.settlement;

import io.miaojie.settlement.campaign.CampaignDefinition;
import io.miaojie.settlement.campaign.CampaignKind;
import io.miaojie.settlement.campaign.CampaignVersion;
import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.settlement.campaign.Eligibility;
import io.miaojie.settlement.campaign.Registration;
import io.miaojie.settlement.campaign.RuleSet;
import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.part.Counters;
import io.miaojie.settlement.part.Grants;
import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.Merchants;
import io.miaojie.settlement.part.PoolTransfers;
import io.miaojie.settlement.part.Pools;
import io.miaojie.settlement.part.Timers;
import io.miaojie.wire.ResultCode;

/**
 * What a registration earns: a grant of no order from each campaign for new members, once for a member. Room is proven
 * for all of them; then each is decided and credited before the next, so that every check sees what is there.
 *
 * <p>Allocates: nothing. Units: minor, epoch nanoseconds.
 */
final class Welcomes {
    private static final int COUNTERS_EACH = 2;
    private static final long DAY_NS = 24L * 60 * 60 * 1_000_000_000;

    private final Merchants merchants;
    private final Members members;
    private final Campaigns campaigns;
    private final ChartOfAccounts chart;
    private final Pools pools;
    private final PoolTransfers transfers;
    private final Grants grants;
    private final Counters counters;
    private final Timers timers;
    private final Budgets budgets;
    private final GrantMoney money;
    private final Effects effects;
    private final PaymentPlan plan = new PaymentPlan();

    Welcomes(final State state, final Effects effects) {
        this.merchants = state.merchants();
        this.members = state.members();
        this.campaigns = state.campaigns();
        this.chart = state.chart();
        this.pools = state.pools();
        this.transfers = state.transfers();
        this.grants = state.grants();
        this.counters = state.counters();
        this.timers = state.timers();
        this.budgets = new Budgets(state);
        this.money = new GrantMoney(state, effects);
        this.effects = effects;
    }

    /** Returns the first table that might be full, should every campaign for new members grant; {@code OK}: none. */
    ResultCode firstFull(final int merchant) {
        final RuleSet rules = campaigns.rules(merchant);
        int count = 0;
        for (int place = 0; place < rules.count(); place++) {
            count += rules.version(place).definition().isForNewMembers() ? 1 : 0;
        }
        if (count > chart.room()) {
            return ResultCode.POOLS_FULL;
        }
        if (count > grants.room()) {
            return ResultCode.GRANTS_FULL;
        }
        if (COUNTERS_EACH * count > counters.room()) {
            return ResultCode.COUNTERS_FULL;
        }
        return count > timers.room() ? ResultCode.TIMERS_FULL : ResultCode.OK;
    }

    /** Welcomes a member that exists by now, or says why not. */
    void carryOut(final int merchant, final int member, final Registration registration, final long nowNs) {
        final RuleSet rules = campaigns.rules(merchant);
        final boolean isWelcomed = members.isWelcomed(member);
        for (int place = 0; place < rules.count(); place++) {
            final CampaignVersion version = rules.version(place);
            if (version.definition().isForNewMembers()) {
                plan(merchant, member, version, registration);
                plan.setRules(rules);
                final ResultCode code =
                        isWelcomed ? ResultCode.WELCOMED_ALREADY : welcome(place, version, registration, nowNs);
                if (code != ResultCode.OK) {
                    effects.skip(CampaignKind.BUYER, version.index(), code.number());
                }
            }
        }
    }

    private void plan(
            final int merchant, final int member, final CampaignVersion version, final Registration registration) {
        plan.clear();
        plan.merchant = merchant;
        plan.currency = version.definition().currency();
        plan.day = merchants.at(merchant).day(registration.atNs());
        plan.members[CampaignKind.BUYER] = member;
        plan.pools[CampaignKind.BUYER] = pools.find(member, plan.currency);
        budgets.begin(version, plan);
    }

    private ResultCode welcome(
            final int place, final CampaignVersion version, final Registration registration, final long nowNs) {
        final ResultCode eligibility = Eligibility.check(version, registration);
        if (eligibility != ResultCode.OK) {
            return eligibility;
        }
        final CampaignDefinition definition = version.definition();
        final long amountMinor = definition.kind().onRegister(definition.terms(), registration.random(place));
        final ResultCode budget = budgets.check(plan, CampaignKind.BUYER, -1, amountMinor);
        if (budget == ResultCode.OK) {
            plan.grant(place, CampaignKind.BUYER, -1, amountMinor, 0);
            credit(version, amountMinor, nowNs);
            budgets.count(plan, plan.credit(0), version.campaign());
        }
        return budget;
    }

    private void credit(final CampaignVersion version, final long amountMinor, final long nowNs) {
        final int member = plan.members[CampaignKind.BUYER];
        final int known = plan.pools[CampaignKind.BUYER];
        final int pool = known < 0 ? pools.add(member, plan.currency) : known;
        final int grant = grants.addOfMember(member, version.index());
        final long beforeMinor = transfers.balance(pool, ChartOfAccounts.SPENDABLE);
        money.credit(grant, version, pool, amountMinor);
        members.welcome(member);
        final int days =
                version.definition().kind().validDays(version.definition().terms());
        if (days > 0) {
            pools.addLapsing(pool, amountMinor, transfers.balance(pool, ChartOfAccounts.SPENDABLE) - beforeMinor);
            final long lastsNs = days * DAY_NS;
            timers.arm(nowNs > Long.MAX_VALUE - lastsNs ? Long.MAX_VALUE : nowNs + lastsNs, Timers.GRANT_EXPIRY, grant);
        }
    }
}
