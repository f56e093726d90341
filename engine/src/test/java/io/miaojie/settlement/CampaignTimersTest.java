package io.miaojie.settlement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.part.RefundOrders;
import io.miaojie.settlement.state.Slice;
import io.miaojie.support.CampaignDraft;
import io.miaojie.support.Commands;
import io.miaojie.support.CoreRunner;
import io.miaojie.support.OrderMessages;
import io.miaojie.support.OrderMessages.Acting;
import io.miaojie.support.OrderMessages.Line;
import io.miaojie.support.OrderMessages.Placing;
import io.miaojie.support.OrderMessages.Refunding;
import io.miaojie.support.Reply;
import io.miaojie.support.WalkingSale;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.Role;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deadlines of groups come once, walks pass each entry once in slices, and what a kind says becomes of its order. */
@Timeout(60)
class CampaignTimersTest {
    private static final int KEY = 1;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long HOUR_NS = 3_600 * SECOND_NS;
    private static final int BUYERS = 400;
    private static final int WITHIN_S = 604_800;

    private final CoreRunner runner = new CoreRunner(CoreRunner.SMALL, List.of(new WalkingSale()));

    @Test
    void aDeadlineComesOnceAtItsInstant() {
        open(draft());
        deadline(HOUR_NS);
        runner.advance(HOUR_NS - 1);
        assertEquals(0, register(WalkingSale.CAME));
        runner.advance(1);
        assertEquals(1, register(WalkingSale.CAME));
        runner.advance(10 * HOUR_NS);
        assertEquals(1, register(WalkingSale.CAME));
        assertEquals(0, timers());
    }

    @Test
    void aDeadlineMovesLaterAndIsTakenBack() {
        open(draft());
        deadline(HOUR_NS);
        deadline(3 * HOUR_NS);
        runner.advance(2 * HOUR_NS);
        assertEquals(0, register(WalkingSale.CAME));
        runner.restart(CoreRunner.SMALL);
        runner.advance(HOUR_NS);
        assertEquals(1, register(WalkingSale.CAME));
        deadline(HOUR_NS);
        act(WalkingSale.AT, 0);
        runner.advance(2 * HOUR_NS);
        assertEquals(1, register(WalkingSale.CAME));
        assertEquals(0, timers());
    }

    @Test
    void aWalkOverManyPassesEachOnceInSlicesBetweenOthers() {
        open(draft().scalar(WalkingSale.ENDS, 1));
        for (int i = 0; i < BUYERS; i++) {
            order("O" + i, "U" + i % 7, 0);
            if (i % 3 > 0) {
                pay("O" + i, 500);
            }
        }
        act(WalkingSale.WALK, null);
        int slices = 0;
        while (runner.core().nextDeadlineNs() <= runner.nowNs()) {
            runner.settle(Commands.tick());
            order("during-" + slices, "U1", 0); // another is settled between two slices, and joins behind
            pay("during-" + slices, 500);
            assertInvariants();
            slices++;
            if (slices == 3) {
                final byte[] saved = runner.saved();
                runner.restart(CoreRunner.SMALL);
                assertArrayEquals(saved, runner.saved());
            }
        }
        assertTrue(slices > 4, "slices=" + slices);
        final RefundOrders refundOrders = runner.core().state().refundOrders();
        final int joined = slices - 1; // what joined behind the last slice is of no walk
        assertEquals(BUYERS + joined, register(WalkingSale.PASSED));
        assertEquals(1, register(WalkingSale.WALKED));
        assertEquals(BUYERS - (BUYERS + 2) / 3 + joined, refundOrders.count());
        assertEquals(OrderState.CANCELLED, state("O0"));
        assertEquals(OrderState.REFUNDED, state("O1"));
        for (int i = 0; i < refundOrders.count(); i++) {
            assertEquals(500, refundOrders.amountMinor(i));
        }
    }

    @Test
    void endingALineLeavesTheOthersAndTheLastTakesTheShipping() {
        open(draft().scalar(WalkingSale.ENDS, 1));
        place(new Placing("O1", "U1", "CNY", 30, 0, WITHIN_S, List.of(seat(), new Line("2", "B", "t", 200, 1))));
        place(new Placing("O2", "U1", "CNY", 30, 0, WITHIN_S, List.of(seat(), new Line("2", "B", "t", 200, 1))));
        place(new Placing("O3", "U1", "CNY", 30, 0, WITHIN_S, List.of(seat())));
        pay("O1", 730);
        pay("O2", 730);
        pay("O3", 530);
        runner.settle(OrderMessages.refund(KEY, Refunding.of("F1", "O2", 140)));
        act(WalkingSale.WALK, null);
        runner.advance(1);
        // O2 had 100 and 40 refunded without a line: 400 of the seat and 160 of the other were left.
        assertEquals(List.of(500L, 400L, 530L), backs());
        assertEquals(OrderState.PAID, state("O1"));
        assertEquals(OrderState.REFUNDED, state("O3"));
        assertInvariants();
        act(WalkingSale.WALK, null);
        runner.advance(1);
        assertEquals(3, backs().size(), "nothing is given back twice");
    }

    @Test
    void aPartIsGivenBackAndCreditsFollowRefunds() {
        open(draft().scalar(WalkingSale.BACK, 100).scalar(WalkingSale.CREDIT, 40));
        order("O1", "U1", 0);
        pay("O1", 500);
        order("O2", "U2", 0);
        act(WalkingSale.WALK, null);
        runner.advance(1);
        assertEquals(List.of(100L), backs());
        assertEquals(32, balance("U1"), "40 for 500; 100 of them went back");
        assertEquals(0, balance("U2"), "an order that awaits its payment is given nothing");
        runner.settle(OrderMessages.refund(KEY, Refunding.of("F1", "O1", 250)));
        assertEquals(12, balance("U1"));
        runner.settle(OrderMessages.refund(KEY, Refunding.of("F2", "O1", 150)));
        assertEquals(0, balance("U1"));
        assertInvariants();
    }

    @Test
    void aCreditThatNoBudgetTakesIsToldAndGivesNothing() {
        open(draft().scalar(WalkingSale.CREDIT, 40).budgetAmount(60));
        for (int i = 1; i <= 2; i++) {
            order("O" + i, "U" + i, 0);
            pay("O" + i, 500);
        }
        act(WalkingSale.WALK, null);
        runner.advance(1);
        assertEquals(40, balance("U1"));
        assertEquals(0, balance("U2"));
        assertInvariants();
    }

    private static CampaignDraft draft() {
        return Commands.campaign(KEY, "C1").kind(WalkingSale.NUMBER).scalar(WalkingSale.PRICE, 500);
    }

    private void open(final CampaignDraft draft) {
        runner.settle(Commands.openShard(1, false));
        runner.settle(Commands.createMerchant("M1", 480, "CNY"));
        runner.settle(Commands.createKey(Commands.NODE_KEY, "K1", "M1", Role.ADMIN, ""));
        assertEquals(ResultCode.OK, runner.settle(draft.encode()).code());
        for (int i = 0; i < 7; i++) {
            runner.settle(
                    Commands.payment(KEY, "P" + i).member("U" + i).amount(1).encode());
        }
    }

    private static Line seat() {
        return new Line("1", "A", "t", 0, 1, "C1", "seat", "");
    }

    private void order(final String id, final String member, final long shippingMinor) {
        place(new Placing(id, member, "CNY", shippingMinor, 0, WITHIN_S, List.of(seat())));
    }

    private void place(final Placing placing) {
        final Reply reply = runner.settle(OrderMessages.placeOrder(KEY, placing, "", "", 0));
        assertEquals(ResultCode.OK, reply.code());
    }

    private void pay(final String order, final long amountMinor) {
        runner.settle(Commands.payment(KEY, "P-" + order)
                .order(order)
                .amount(amountMinor)
                .encode());
    }

    private void deadline(final long inNs) {
        act(WalkingSale.AT, runner.nowNs() + inNs);
    }

    private void act(final int action, final Long argument) {
        final String id = "A" + runner.sequence();
        final List<Long> arguments = argument == null ? List.of() : List.of(argument);
        final Reply reply = runner.settle(OrderMessages.act(KEY, new Acting(id, "C1", action, "", "", arguments)));
        assertEquals(ResultCode.OK, reply.code());
    }

    private void act(final int action, final long argument) {
        act(action, Long.valueOf(argument));
    }

    private long register(final int register) {
        return runner.core().state().rosters().register(0, register);
    }

    private int timers() {
        return runner.core().state().timers().count();
    }

    private OrderState state(final String order) {
        final State state = runner.core().state();
        return state.orders().state(find(order));
    }

    private int find(final String order) {
        final byte[] bytes = order.getBytes(StandardCharsets.UTF_8);
        return runner.core().state().orders().find(0, Slice.of(bytes));
    }

    private List<Long> backs() {
        final RefundOrders all = runner.core().state().refundOrders();
        return IntStream.range(0, all.count()).mapToObj(all::amountMinor).toList();
    }

    private long balance(final String member) {
        final State state = runner.core().state();
        final byte[] bytes = member.getBytes(StandardCharsets.UTF_8);
        final int row = state.members().find(0, Slice.of(bytes));
        final int pool = state.pools().find(row, 156);
        if (pool < 0) {
            return 0;
        }
        return state.ledger().balance(ChartOfAccounts.poolAccount(pool, ChartOfAccounts.SPENDABLE))
                + state.ledger().balance(ChartOfAccounts.poolAccount(pool, ChartOfAccounts.WITHDRAWABLE));
    }

    private void assertInvariants() {
        assertEquals(List.of(), Invariants.check(runner.core().state()));
    }
}
