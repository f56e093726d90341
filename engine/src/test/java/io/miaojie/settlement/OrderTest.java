package io.miaojie.settlement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.settlement.part.OrderLines;
import io.miaojie.support.Commands;
import io.miaojie.support.CoreRunner;
import io.miaojie.support.OrderMessages;
import io.miaojie.support.OrderMessages.Line;
import io.miaojie.support.OrderMessages.Part;
import io.miaojie.support.OrderMessages.Refunding;
import io.miaojie.support.PaymentDraft;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.HoldPolicy;
import io.miaojie.wire.codec.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What tables of commands say badly of orders: many lines, many holds. */
@Timeout(60)
class OrderTest {
    private static final int KEY = 1;
    private static final int LINES = OrderLines.PER_ORDER_MAX;

    @Test
    void anOrderOfTwoThousandLinesIsRefundedLineByLine() {
        final CoreRunner runner = shop(CoreRunner.SMALL);
        runner.settle(pay("P1", LINES).encode());
        final List<Part> parts = new ArrayList<>();
        for (int i = LINES; i > 0; i--) {
            parts.add(new Part("line-" + i, 50));
        }
        runner.settle(OrderMessages.refund(KEY, Refunding.of("R1", "O-P1", 50L * LINES, parts.toArray(new Part[0]))));
        assertEquals(5L * LINES, spendable(runner));
        runner.settle(OrderMessages.deliver(KEY, "D1", "O-P1", parts));
        runner.settle(OrderMessages.refund(KEY, Refunding.of("R2", "O-P1", 50L * LINES)));
        assertEquals(0, spendable(runner));
        assertEquals(List.of(), Invariants.check(runner.core().state()));
        final byte[] saved = runner.saved();
        runner.restart(CoreRunner.SMALL);
        assertArrayEquals(saved, runner.saved());
    }

    @Test
    void moreLinesThanAnOrderMayHaveGiveWayToOne() {
        final CoreRunner runner = shop(CoreRunner.SMALL);
        runner.settle(pay("P1", LINES + 1).encode());
        assertEquals(1, runner.core().state().orderLines().count());
        assertEquals(10L * (LINES + 1), spendable(runner));
    }

    @Test
    void linesAreBoundedOverAllOrders() {
        final StateLimits small = CoreRunner.SMALL;
        final CoreRunner runner = shop(new StateLimits(
                small.membersMax(),
                small.poolsMax(),
                2,
                small.grantsMax(),
                small.keysMax(),
                small.merchantsMax(),
                small.apiKeysMax(),
                small.campaignsMax(),
                small.countersMax(),
                small.people()));
        runner.settle(pay("P1", LINES).encode());
        final byte[] before = runner.saved();
        assertEquals(ResultCode.LINES_FULL, runner.settle(pay("P2", 5).encode()).code());
        assertArrayEquals(before, runner.saved());
        assertEquals(ResultCode.OK, runner.settle(pay("P2", 4).encode()).code());
    }

    @Test
    void aTickStopsBeforeItsOutcomeIsTooLong() {
        final CoreRunner runner = shop(CoreRunner.SMALL);
        final int orders = 600;
        for (int i = 0; i < orders; i++) {
            runner.settle(
                    Commands.payment(KEY, "P" + i).member("U" + i).amount(1_000).encode());
        }
        final long before = runner.sequence();
        runner.advance(8L * 24 * 60 * 60 * 1_000_000_000);
        assertEquals(0, runner.core().state().timers().count());
        final long ticks = runner.sequence() - before;
        assertTrue(ticks >= 3 && ticks < 30, "ticks=" + ticks);
        assertEquals(List.of(), Invariants.check(runner.core().state()));
    }

    private static CoreRunner shop(final StateLimits limits) {
        final CoreRunner runner = new CoreRunner(limits);
        runner.settle(Commands.openShard(1, false));
        runner.settle(Commands.createMerchant("M1", 480, "CNY"));
        runner.settle(Commands.createKey(Commands.NODE_KEY, "K1", "M1", Role.ADMIN, ""));
        runner.settle(Commands.campaign(KEY, "C1")
                .ratePpm(100_000)
                .hold(HoldPolicy.DAYS_AFTER_PAY, 7, 1_000_000)
                .encode());
        return runner;
    }

    private static PaymentDraft pay(final String id, final int lines) {
        final PaymentDraft draft = Commands.payment(KEY, id).member("U1").amount(100L * lines);
        for (int i = 1; i <= lines; i++) {
            draft.line(new Line("line-" + i, "sku", "", 100, 1));
        }
        return draft;
    }

    private static long spendable(final CoreRunner runner) {
        return runner.settle(Commands.poolQuery(KEY, "U1"))
                .pools()
                .pools()
                .next()
                .spendableMinor();
    }
}
