package io.miaojie.settlement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.support.Commands;
import io.miaojie.support.CoreRunner;
import io.miaojie.support.PeopleMessages;
import io.miaojie.support.PeopleMessages.Registration;
import io.miaojie.support.Reply;
import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.HoldPolicy;
import io.miaojie.wire.codec.PaymentStatus;
import io.miaojie.wire.codec.Role;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One payment, from the opening of the shard to the balance. */
@Timeout(60)
class WalkTest {
    private static final int KEY = 1;

    private final CoreRunner runner = new CoreRunner(CoreRunner.SMALL);

    @BeforeEach
    void openThreeCampaigns() {
        assertTrue(runner.settle(Commands.openShard(1, false)).isJournaled());
        runner.settle(Commands.createMerchant("m1", 480, "CNY"));
        runner.settle(Commands.createKey(Commands.NODE_KEY, "k1", "m1", Role.ADMIN, ""));
        for (int i = 1; i <= 3; i++) {
            assertTrue(runner.settle(
                            Commands.campaign(KEY, "c" + i).ratePpm(10_000L * i).encode())
                    .isJournaled());
        }
    }

    @Test
    void aPaymentCreditsEveryCampaignAtOnce() {
        final Reply reply = runner.settle(benchmarkPayment());
        assertEquals(PaymentStatus.CAPTURED.value(), reply.settled().status());
        final EffectsReader effects = reply.effects();
        assertTrue(effects.next() && effects.type() == EffectType.MEMBER && effects.isMemberMade());
        assertTrue(effects.next() && effects.type() == EffectType.POOL);
        assertEquals(600, effects.bucketMinor(ChartOfAccounts.SPENDABLE));
        assertTrue(effects.next() && effects.type() == EffectType.ORDER && effects.isOrderMade());
        for (int i = 1; i <= 3; i++) {
            assertTrue(effects.next() && effects.type() == EffectType.GRANT);
            assertEquals(100 * i, effects.creditedMinor());
        }
        assertFalse(effects.next());
        assertEquals(
                600,
                runner.settle(Commands.poolQuery(KEY, "member-001"))
                        .pools()
                        .pools()
                        .next()
                        .spendableMinor());
    }

    @Test
    void theBenchmarkPaymentJournalsAtMost256Bytes() {
        final UnsafeBuffer payment = benchmarkPayment();
        final Reply reply = runner.settle(payment);
        final int recordLength = RecordLayout.HEADER_LENGTH + payment.capacity() + reply.bytes().length;
        assertTrue(recordLength <= 256, "recordLength=" + recordLength);
    }

    /** A rebate and two levels of commission, all of them held: what a shop with distribution journals. */
    @ParameterizedTest
    @CsvSource({"DAYS_AFTER_PAY, 0", "DAYS_AFTER_PAY, 500000", "DAYS_AFTER_PAY, 1000000", "DAYS_AFTER_DELIVERY, 500000"
    })
    void aPaymentWithRebateAndHeldCommissionsJournalsAtMost256Bytes(final HoldPolicy hold, final int instantPpm) {
        for (int i = 1; i <= 3; i++) {
            runner.settle(Commands.changeState(KEY, "off" + i, "c" + i, CampaignState.CLOSED));
        }
        runner.settle(Commands.campaign(KEY, "rebate")
                .ratePpm(50_000)
                .hold(hold, 7, instantPpm)
                .encode());
        runner.settle(Commands.campaign(KEY, "share")
                .kind(2)
                .scalar(0, 80_000)
                .scalar(1, 30_000)
                .hold(hold, 7, instantPpm)
                .encode());
        runner.settle(PeopleMessages.register(KEY, "top", Registration.of("member-003")));
        runner.settle(PeopleMessages.register(
                KEY, "middle", Registration.of("member-002").referredBy("member-003")));
        runner.settle(PeopleMessages.register(
                KEY, "bottom", Registration.of("member-001").referredBy("member-002")));
        final UnsafeBuffer payment = benchmarkPayment();
        final Reply reply = runner.settle(payment);
        assertEquals(List.of(500L, 800L, 300L), creditedMinor(reply));
        final int recordLength = RecordLayout.HEADER_LENGTH + payment.capacity() + reply.bytes().length;
        assertTrue(recordLength <= 256, "recordLength=" + recordLength);
    }

    @Test
    void aSavedStateLoadsToTheSameBytes() {
        runner.settle(benchmarkPayment());
        final byte[] saved = runner.saved();
        runner.restart(CoreRunner.SMALL);
        assertArrayEquals(saved, runner.saved());
        assertTrue(runner.settle(benchmarkPayment()).isSeen());
    }

    @Test
    void aMessageOfAnUnknownTypeIsABrokenInvariant() {
        final UnsafeBuffer message = Commands.tick();
        message.putByte(Short.BYTES, (byte) 63);
        assertThrows(IllegalStateException.class, () -> runner.settle(message));
    }

    @Test
    void aCoreThatThrewTakesNothingMore() {
        final UnsafeBuffer message = Commands.tick();
        message.putByte(Short.BYTES, (byte) 63);
        assertThrows(IllegalStateException.class, () -> runner.settle(message));
        assertThrows(AssertionError.class, () -> runner.settle(Commands.tick()));
    }

    private static List<Long> creditedMinor(final Reply reply) {
        final List<Long> found = new ArrayList<>();
        final EffectsReader effects = reply.effects();
        while (effects.next()) {
            if (effects.type() == EffectType.GRANT) {
                found.add(effects.creditedMinor());
            }
        }
        return found;
    }

    private static UnsafeBuffer benchmarkPayment() {
        return Commands.payment(KEY, "pay-000001")
                .order("order-0001")
                .member("member-001")
                .amount(10_000)
                .line("sku-01", "tea", 10_000)
                .encode();
    }
}
