package io.miaojie.settlement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miaojie.settlement.part.RefundOrders;
import io.miaojie.settlement.part.Rosters;
import io.miaojie.settlement.state.Slice;
import io.miaojie.support.CampaignDraft;
import io.miaojie.support.Commands;
import io.miaojie.support.CoreRunner;
import io.miaojie.support.OrderMessages;
import io.miaojie.support.OrderMessages.Line;
import io.miaojie.support.OrderMessages.Placing;
import io.miaojie.support.Reply;
import io.miaojie.wire.EngineId;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.Role;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A group so large that its end takes several records, and what is paid between them. */
@Timeout(60)
class GroupSlicesTest {
    private static final int KEY = 1;
    private static final int GROUP_BUY = 5;
    private static final int SIZE = 0;
    private static final int PRICE = 1;
    private static final int STEPS = 2;
    private static final int PAID = 2;
    private static final int REACHED = 6;
    private static final int SEATS = 300;
    private static final int LAST = SEATS - 1;
    private static final long DAY_NS = 86_400_000_000_000L;

    private final CoreRunner runner = new CoreRunner(CoreRunner.SMALL);
    private String group = "";

    @Test
    void aSeatPaidBetweenTheSlicesOfASuccessCountsForNoStep() {
        allButOnePay(draft(2).cell(STEPS, 0, 0, SEATS).cell(STEPS, 0, 1, 400));
        endWithAPaymentBetween();
        assertEquals(3, rosters().groupState(1), "SUCCESS");
        assertEquals(LAST, rosters().register(1, REACHED));
        assertEquals(SEATS, rosters().register(1, PAID));
        assertEquals(0, runner.core().state().grants().count());
        assertEquals(OrderState.PAID, state("O" + LAST));
        assertEquals(0, refundOrders().count());
    }

    @Test
    void aSeatPaidBetweenTheSlicesOfAFailureIsGivenBackOnceLikeAllOthers() {
        allButOnePay(draft(SEATS));
        endWithAPaymentBetween();
        assertEquals(4, rosters().groupState(1), "FAILED_EXPIRED");
        assertEquals(0, rosters().register(1, PAID));
        assertEquals(SEATS, refundOrders().count());
        for (int i = 0; i < SEATS; i++) {
            assertEquals(500, refundOrders().amountMinor(i));
            assertEquals(OrderState.REFUNDED, state("O" + i));
        }
    }

    private void endWithAPaymentBetween() {
        runner.pass(DAY_NS);
        runner.settle(Commands.tick());
        pay("O" + LAST);
        assertEquals(List.of(), Invariants.check(runner.core().state()));
        runner.advance(0);
        assertEquals(List.of(), Invariants.check(runner.core().state()));
    }

    private static CampaignDraft draft(final int size) {
        return Commands.campaign(KEY, "C1").kind(GROUP_BUY).scalar(SIZE, size).scalar(PRICE, 500);
    }

    private void allButOnePay(final CampaignDraft draft) {
        runner.settle(Commands.openShard(1, false));
        runner.settle(Commands.createMerchant("M1", 480, "CNY"));
        runner.settle(Commands.createKey(Commands.NODE_KEY, "K1", "M1", Role.ADMIN, ""));
        assertEquals(ResultCode.OK, runner.settle(draft.encode()).code());
        for (int i = 0; i < SEATS; i++) {
            runner.settle(
                    Commands.payment(KEY, "P" + i).member("U" + i).amount(1).encode());
        }
        for (int i = 0; i < SEATS; i++) {
            order("O" + i, "U" + i);
            if (i < LAST) {
                pay("O" + i);
            }
        }
        runner.advance(0);
    }

    private void order(final String id, final String member) {
        final Line line = new Line("1", "A", "t", 0, 1, "C1", "join", group);
        final Placing placing = new Placing(id, member, "CNY", 0, 0, 604_800, List.of(line));
        final Reply reply = runner.settle(OrderMessages.placeOrder(KEY, placing, "", "", 0));
        assertEquals(ResultCode.OK, reply.code());
        group = EngineId.of(EngineId.GROUP, 1, rosters().sequence(1), rosters().ordinal(1));
    }

    private void pay(final String order) {
        runner.settle(
                Commands.payment(KEY, "P-" + order).order(order).amount(500).encode());
    }

    private Rosters rosters() {
        return runner.core().state().rosters();
    }

    private RefundOrders refundOrders() {
        return runner.core().state().refundOrders();
    }

    private OrderState state(final String order) {
        final State state = runner.core().state();
        return state.orders().state(state.orders().find(0, Slice.of(order.getBytes(StandardCharsets.UTF_8))));
    }
}
