package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Campaign;
import io.miaojie.settlement.campaign.CampaignDefinition;
import io.miaojie.settlement.campaign.SaleKind;
import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.ledger.Ledger;
import io.miaojie.settlement.part.Grants;
import io.miaojie.settlement.part.Pools;
import io.miaojie.settlement.part.Rosters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must hold of a state at every sequence. Reads all of it: for start, verification and tests. */
public final class Invariants {
    private final State state;
    private final List<String> violations = new ArrayList<>();

    private Invariants(final State state) {
        this.state = state;
    }

    /** Returns what doesn't hold, with the values; empty when all does. */
    public static List<String> check(final State state) {
        final Invariants invariants = new Invariants(state);
        invariants.ledgerIsZeroSum();
        invariants.bucketsAreNotNegative();
        invariants.campaignsKeepTheirRegisters();
        new OrderInvariants(state, invariants.violations::add).check();
        invariants.rostersConserve();
        new PeopleInvariants(state, invariants.violations::add).check();
        return List.copyOf(invariants.violations);
    }

    private void ledgerIsZeroSum() {
        final Map<Integer, Long> sums = new TreeMap<>();
        final ChartOfAccounts chart = state.chart();
        final Pools pools = state.pools();
        for (int i = 0; i < chart.fundingCount(); i++) {
            sums.merge(chart.fundingCurrency(i), state.ledger().balance(chart.fundingAccount(i)), Math::addExact);
        }
        for (int pool = 0; pool < pools.count(); pool++) {
            for (int bucket = 0; bucket < ChartOfAccounts.BUCKET_COUNT; bucket++) {
                sums.merge(pools.currency(pool), balance(pool, bucket), Math::addExact);
            }
        }
        sums.forEach((currency, sum) -> hold(sum == 0, "ledger.sum=" + sum + " currency=" + currency));
        final int charted = chart.fundingCount() + chart.poolCount() * ChartOfAccounts.BUCKET_COUNT;
        final int open = state.ledger().accountCount();
        hold(charted == open, "accounts.open=" + open + " accounts.charted=" + charted);
    }

    private void bucketsAreNotNegative() {
        for (int pool = 0; pool < state.pools().count(); pool++) {
            for (int bucket = 0; bucket < ChartOfAccounts.DEBT; bucket++) {
                hold(balance(pool, bucket) >= 0, "pool=" + pool + " bucket=" + bucket + " below zero");
            }
            final long debt = -balance(pool, ChartOfAccounts.DEBT);
            final long free = balance(pool, ChartOfAccounts.SPENDABLE) + balance(pool, ChartOfAccounts.WITHDRAWABLE);
            hold(debt >= 0 && (debt == 0 || free == 0), "pool=" + pool + " debt=" + debt + " free=" + free);
        }
    }

    /**
     * The registers of a campaign are the sum and the count of its grants, and the sum is within the budget in force.
     */
    private void campaignsKeepTheirRegisters() {
        final Grants grants = state.grants();
        final long[] sums = new long[state.campaigns().campaignCount()];
        final long[] counts = new long[sums.length];
        for (int grant = 0; grant < grants.count(); grant++) {
            final int campaign = campaignOf(grant).index();
            sums[campaign] += grants.creditedMinor(grant);
            counts[campaign]++;
            hold(grants.creditedMinor(grant) > 0, "grant=" + grant + " credited=" + grants.creditedMinor(grant));
        }
        for (int i = 0; i < sums.length; i++) {
            final Campaign campaign = state.campaigns().campaign(i);
            hold(
                    campaign.grantedMinor() == sums[i] && campaign.grantedCount() == counts[i],
                    "campaign=" + i + " granted=" + campaign.grantedMinor() + " grants.sum=" + sums[i]);
            keepsItsBudget(campaign);
        }
    }

    private void keepsItsBudget(final Campaign campaign) {
        final CampaignDefinition definition = campaign.current().definition();
        final long amount = definition.budgetAmountMinor();
        final long count = definition.budgetCount();
        hold(
                (amount < 0 || campaign.grantedMinor() <= amount) && (count < 0 || campaign.grantedCount() <= count),
                "campaign=" + campaign.index() + " granted=" + campaign.grantedMinor() + " budget=" + amount);
    }

    /** Every group keeps what its kind promises, and every entry hangs in the chain of its order. */
    private void rostersConserve() {
        final Rosters rosters = state.rosters();
        for (int group = 0; group < rosters.groupCount(); group++) {
            final Campaign campaign = state.campaigns().campaign(rosters.campaign(group));
            final SaleKind kind = (SaleKind) campaign.current().definition().kind();
            final String violation = kind.violation(campaign.terms(), rosters, group);
            hold(violation == null, "campaign=" + campaign.index() + " group=" + group + " " + violation);
        }
        int chained = 0;
        for (int order = 0; order < state.orders().count(); order++) {
            int entry = state.orders().sums().lastEntry(state.orders().sumsOf(order));
            for (; entry >= 0 && rosters.order(entry) == order; entry = rosters.previous(entry)) {
                chained++;
            }
        }
        hold(chained == rosters.entryCount(), "entries=" + rosters.entryCount() + " entries.chained=" + chained);
    }

    private Campaign campaignOf(final int grant) {
        return state.campaigns().version(state.grants().version(grant)).campaign();
    }

    private long balance(final int pool, final int bucket) {
        final Ledger ledger = state.ledger();
        return ledger.balance(state.pools().account(pool, bucket));
    }

    private void hold(final boolean holds, final String violation) {
        if (!holds) {
            violations.add(violation);
        }
    }
}
