package io.miaojie.settlement;

import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.part.Identities;
import io.miaojie.settlement.part.Links;
import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.Pools;
import io.miaojie.settlement.part.Withdrawals;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.codec.WithdrawalState;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What must hold of members and of money on its way out. A part of {@link Invariants}. */
final class PeopleInvariants {
    private static final Set<String> OF_WITHDRAWALS = Set.of(
            ChartOfAccounts.TRANSIT.toString(),
            ChartOfAccounts.PAID_OUT.toString(),
            ChartOfAccounts.FEES.toString(),
            ChartOfAccounts.TAX.toString());

    private final State state;
    private final Consumer<String> violated;

    PeopleInvariants(final State state, final Consumer<String> violated) {
        this.state = state;
        this.violated = violated;
    }

    void check() {
        parentsAreAForest();
        identitiesAndLinksStayWithinTheirMerchant();
        ownAccountsHoldWhatIsUnderWayAndOut();
        whatLapsesIsSpendable();
    }

    /** Walks up from each member until a place that is known to lead to a root; a step onto the own way is a cycle. */
    private void parentsAreAForest() {
        final Members members = state.members();
        final int[] walks = new int[members.count()];
        Arrays.fill(walks, -1);
        for (int member = 0; member < members.count(); member++) {
            int above = member;
            while (above >= 0 && walks[above] < 0) {
                walks[above] = member;
                above = members.parent(above);
            }
            hold(above < 0 || walks[above] != member, "member=" + member + " is its own ancestor");
            final int parent = members.parent(member);
            hold(
                    parent < 0 || members.hasInvitees(parent) && members.merchant(parent) == members.merchant(member),
                    "member=" + member + " parent=" + parent);
        }
    }

    private void identitiesAndLinksStayWithinTheirMerchant() {
        final Identities identities = state.identities();
        for (int row = 0; row < identities.count(); row++) {
            final int member = identities.member(row);
            hold(member >= 0 && member < state.members().count(), "identity=" + row + " member=" + member);
        }
        final Links links = state.links();
        for (int link = 0; link < links.count(); link++) {
            hold(
                    links.merchant(link) == state.targets().merchant(links.target(link)),
                    "link=" + link + " target=" + links.target(link));
        }
    }

    private void ownAccountsHoldWhatIsUnderWayAndOut() {
        final Withdrawals withdrawals = state.withdrawals();
        final Map<String, Long> sums = new TreeMap<>();
        for (int i = 0; i < withdrawals.count(); i++) {
            final WithdrawalState at = withdrawals.state(i);
            if (Withdrawals.isUnderWay(at)) {
                sums.merge(key(i, ChartOfAccounts.TRANSIT), withdrawals.amountMinor(i), Math::addExact);
            } else if (at == WithdrawalState.SUCCEEDED) {
                sums.merge(key(i, ChartOfAccounts.PAID_OUT), withdrawals.netMinor(i), Math::addExact);
                sums.merge(key(i, ChartOfAccounts.FEES), withdrawals.feeMinor(i), Math::addExact);
                sums.merge(key(i, ChartOfAccounts.TAX), withdrawals.taxMinor(i), Math::addExact);
            }
        }
        sums.values().removeIf(sum -> sum == 0);
        final ChartOfAccounts chart = state.chart();
        final Slice name = new Slice();
        for (int row = 0; row < chart.fundingCount(); row++) {
            final String of = chart.funder(row, name).toString();
            if (OF_WITHDRAWALS.contains(of)) {
                final long balance = state.ledger().balance(chart.fundingAccount(row));
                final String key = chart.fundingMerchant(row) + "/" + chart.fundingCurrency(row) + "/" + of;
                final Long sum = sums.remove(key);
                hold(balance == (sum == null ? 0 : sum), key + " balance=" + balance + " withdrawals=" + sum);
            }
        }
        hold(sums.isEmpty(), "accounts missing: " + sums);
    }

    private String key(final int withdrawal, final Slice account) {
        final int pool = state.withdrawals().pool(withdrawal);
        return state.members().merchant(state.pools().member(pool)) + "/"
                + state.pools().currency(pool) + "/" + account;
    }

    private void whatLapsesIsSpendable() {
        final Pools pools = state.pools();
        for (int pool = 0; pool < pools.count(); pool++) {
            final long lapsing = pools.lapsingMinor(pool);
            final long kept = pools.keptMinor(pool);
            final long spendable = balance(pool, ChartOfAccounts.SPENDABLE);
            hold(kept >= 0 && kept <= spendable, "pool=" + pool + " kept=" + kept + " spendable=" + spendable);
            final long most = Math.min(kept, pools.lapsingActiveMinor(pool));
            hold(lapsing >= 0 && lapsing <= most, "pool=" + pool + " lapsing=" + lapsing + " most=" + most);
            final long adjusted = pools.adjustedPendingMinor(pool);
            final long pending = balance(pool, ChartOfAccounts.PENDING);
            hold(adjusted >= 0 && adjusted <= pending, "pool=" + pool + " adjusted=" + adjusted + " of " + pending);
        }
    }

    private long balance(final int pool, final int bucket) {
        return state.ledger().balance(ChartOfAccounts.poolAccount(pool, bucket));
    }

    private void hold(final boolean holds, final String violation) {
        if (!holds) {
            violated.accept(violation);
        }
    }
}
