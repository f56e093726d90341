package io.miaojie.benchmarks.micro;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each bench with tiny parameters: its own checks hold, and they fail when a payment is missing. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MicroBenchTest {
    private static final int MEMBERS = 50;
    private static final int PAYMENTS = 700;

    @ParameterizedTest
    @EnumSource(Budgets.class)
    void settlesThePaymentsThatItCounts(final Budgets budgets) {
        final SettleBench bench = settleBench(budgets, Rewards.REBATES, PAYMENTS);
        bench.settlePayments(PAYMENTS);
        bench.check();
    }

    @ParameterizedTest
    @EnumSource(Budgets.class)
    void settlesCommissions(final Budgets budgets) {
        final SettleBench bench = settleBench(budgets, Rewards.COMMISSIONS, PAYMENTS);
        bench.settlePayments(PAYMENTS);
        bench.check();
    }

    @ParameterizedTest
    @EnumSource(Budgets.class)
    void failsWhenATableIsFull(final Budgets budgets) {
        final SettleBench bench = settleBench(budgets, Rewards.REBATES, PAYMENTS - 1);
        assertThrows(IllegalStateException.class, () -> bench.settlePayments(PAYMENTS));
    }

    @ParameterizedTest
    @EnumSource(RingJournalBench.Log.class)
    void sendsThePaymentsThatItCounts(final RingJournalBench.Log journal) throws IOException {
        final RingJournalBench bench = new RingJournalBench();
        bench.members = MEMBERS;
        bench.budgets = Budgets.CAMPAIGN;
        bench.journal = journal;
        bench.open(PAYMENTS);
        bench.sendPayments(PAYMENTS);
        bench.close();
    }

    private static SettleBench settleBench(final Budgets budgets, final Rewards rewards, final int paymentsMax) {
        final SettleBench bench = new SettleBench();
        bench.members = MEMBERS;
        bench.budgets = budgets;
        bench.rewards = rewards;
        bench.open(paymentsMax);
        return bench;
    }
}
