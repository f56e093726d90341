package io.miaojie.benchmarks.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.miaojie.benchmarks.Draws;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.benchmarks.rig.Plan;
import io.miaojie.journal.Durability;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each bench with tiny parameters: its own checks hold, and they fail when a payment is missing. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MicroBenchTest {
    private static final int MEMBERS = 50;
    private static final int PAYMENTS = 700;

    @ParameterizedTest
    @EnumSource(Budgets.class)
    void settlesThePaymentsThatItCounts(final Budgets budgets) {
        final SettleBench bench = settleBench(budgets, 0, PAYMENTS);
        bench.settlePayments(PAYMENTS);
        bench.check();
    }

    @ParameterizedTest
    @EnumSource(KindBench.Kind.class)
    void settlesEveryKind(final KindBench.Kind kind) {
        final KindBench bench = new KindBench();
        bench.kind = kind;
        bench.open(PAYMENTS);
        bench.settleMembers(PAYMENTS);
        bench.check();
    }

    @ParameterizedTest
    @EnumSource(Budgets.class)
    void settlesCommissions(final Budgets budgets) {
        final SettleBench bench = settleBench(budgets, Rewards.PAYMENT_DEPTH, PAYMENTS);
        bench.settlePayments(PAYMENTS);
        bench.check();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 13})
    void settlesAtEveryDepth(final int depth) {
        final CoreRun run = new CoreRun(ShopPlan.of(new Rewards(MEMBERS, depth)), PAYMENTS);
        run.settlePayments(PAYMENTS);
        run.check();
    }

    @Test
    void settlesOnOneHotPoolAmongIdleCampaigns() {
        final CoreRun run = new CoreRun(
                new ShopPlan(new Rewards(MEMBERS, Rewards.PAYMENT_DEPTH), Budgets.CAMPAIGN, 30, true), PAYMENTS);
        run.settlePayments(PAYMENTS);
        run.check();
    }

    @ParameterizedTest
    @EnumSource(Budgets.class)
    void failsWhenATableIsFull(final Budgets budgets) {
        final SettleBench bench = settleBench(budgets, 0, PAYMENTS - 1);
        assertThrows(IllegalStateException.class, () -> bench.settlePayments(PAYMENTS));
    }

    @ParameterizedTest
    @EnumSource(RingRun.Log.class)
    void sendsThePaymentsThatItCounts(final RingRun.Log journal) throws IOException {
        final RingJournalBench bench = new RingJournalBench();
        bench.members = MEMBERS;
        bench.depth = Rewards.PAYMENT_DEPTH;
        bench.journal = journal;
        bench.open(PAYMENTS);
        bench.sendPayments(PAYMENTS);
        bench.close();
    }

    @Test
    void measuresThroughTheRingOnAPlannedClock() throws IOException {
        final ShopPlan shop = ShopPlan.of(new Rewards(MEMBERS, Rewards.PAYMENT_DEPTH));
        try (RingRun run = new RingRun(shop, RingRun.Log.OS, PAYMENTS)) {
            assertEquals(
                    PAYMENTS, run.follow(Plan.even(PAYMENTS, 1), sent -> {}).getTotalCount());
        }
    }

    @Test
    void decodesWhatItIsSent() {
        final Decoding decoding = new Decoding();
        assertEquals(Draws.amountMinor(17), decoding.decode(17));
        assertEquals(Draws.amountMinor(18), decoding.decode(18));
    }

    @Test
    void movesAndFindsInTables() {
        final TablesBench bench = new TablesBench();
        bench.rows = MEMBERS;
        bench.fill();
        for (int i = 0; i < PAYMENTS; i++) {
            bench.seen();
            bench.member();
            bench.transfer();
        }
        bench.check();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void commitsWhatItAppends(final Durability durability) throws IOException {
        final JournalBench bench = new JournalBench();
        bench.records = 3;
        bench.durability = durability;
        bench.open();
        assertEquals(3, bench.commit());
        assertEquals(6, bench.commit());
        bench.close();
    }

    @Test
    void projectsEveryRow() throws IOException, InterruptedException, SQLException {
        final ProjectorBench bench = new ProjectorBench();
        bench.members = MEMBERS;
        bench.open(2 * PAYMENTS);
        bench.record(PAYMENTS);
        bench.payment();
        bench.record(PAYMENTS);
        bench.payment();
        bench.close();
    }

    private static SettleBench settleBench(final Budgets budgets, final int depth, final int paymentsMax) {
        final SettleBench bench = new SettleBench();
        bench.members = MEMBERS;
        bench.budgets = budgets;
        bench.depth = depth;
        bench.open(paymentsMax);
        return bench;
    }
}
