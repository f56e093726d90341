package io.miaojie.settlement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.miaojie.support.Commands;
import io.miaojie.support.CoreRunner;
import io.miaojie.support.PeopleMessages;
import io.miaojie.support.PeopleMessages.Registration;
import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.codec.HoldPolicy;
import io.miaojie.wire.codec.Role;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Counts what the thread allocates while it settles a million payments with three grants each. */
@Timeout(120)
class AllocationTest {
    private static final int WARM_UP = 100_000;
    private static final int PAYMENTS = 1_000_000;
    private static final int MEMBERS = 200_000;
    private static final StateLimits LIMITS = new StateLimits(
            MEMBERS + 2,
            MEMBERS + 3,
            WARM_UP + PAYMENTS,
            3 * (WARM_UP + PAYMENTS),
            WARM_UP + PAYMENTS + MEMBERS + 20,
            1,
            1,
            3,
            500_000,
            PeopleLimits.of(1));

    private final UnsafeBuffer out = new UnsafeBuffer(new byte[RecordLayout.MESSAGE_LENGTH_MAX]);
    private final UnsafeBuffer payment = Commands.payment(1, "P-00000000")
            .order("O-00000000")
            .member("U-000000")
            .amount(10_000)
            .line("sku-01", "tea", 10_000)
            .encode();
    private final int idAt = find("P-0");
    private final int orderAt = find("O-0");
    private final int memberAt = find("U-0");
    private final Settlement core = new Settlement(LIMITS);
    private long sequence;

    @Test
    void aPaymentAllocatesNothing() {
        openShop();
        settle(Commands.campaign(1, "C1").ratePpm(10_000).encode());
        settle(Commands.campaign(1, "C2")
                .ratePpm(20_000)
                .budgetPerDay(Long.MAX_VALUE)
                .encode());
        settle(Commands.campaign(1, "C3")
                .ratePpm(30_000)
                .budgetPerMember(Long.MAX_VALUE)
                .encode());
        paysWithoutAllocating();
    }

    /** A rebate, and commissions to the parent and to the parent's parent, all of them held for a week. */
    @Test
    void neitherDoCommissionsAndHolds() {
        openShop();
        settle(Commands.campaign(1, "C1")
                .ratePpm(10_000)
                .hold(HoldPolicy.DAYS_AFTER_PAY, 7, 500_000)
                .encode());
        settle(Commands.campaign(1, "C2")
                .kind(2)
                .scalar(0, 30_000)
                .scalar(1, 20_000)
                .hold(HoldPolicy.DAYS_AFTER_PAY, 7, 0)
                .encode());
        register("ROOT", "");
        register("TOP", "ROOT");
        for (int i = 0; i < MEMBERS; i++) {
            register(String.format("U-%06d", i), i < 10 ? "TOP" : String.format("U-%06d", i / 10));
        }
        paysWithoutAllocating();
    }

    private void openShop() {
        settle(Commands.openShard(1, false));
        settle(Commands.createMerchant("M1", 480, "CNY"));
        settle(Commands.createKey(Commands.NODE_KEY, "K1", "M1", Role.ADMIN, ""));
    }

    private void register(final String member, final String referrer) {
        settle(PeopleMessages.register(
                1, "register-" + member, Registration.of(member).referredBy(referrer)));
    }

    private void paysWithoutAllocating() {
        core.state().reserve();
        pay(0, WARM_UP);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        final long before = threads.getCurrentThreadAllocatedBytes();
        pay(WARM_UP, WARM_UP + PAYMENTS);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        // The count itself takes a few bytes; one per payment would be a million.
        assertTrue(allocated < 1_000, "allocated=" + allocated);
        assertEquals(3L * (WARM_UP + PAYMENTS), core.state().grants().count());
    }

    private void pay(final int from, final int to) {
        for (int i = from; i < to; i++) {
            putDigits(idAt + 2, 8, i);
            putDigits(orderAt + 2, 8, i);
            putDigits(memberAt + 2, 6, i % MEMBERS);
            Commands.withDigest(payment, i + 1L, 7);
            settle(payment);
        }
    }

    private void settle(final UnsafeBuffer message) {
        final int length = core.settle(++sequence, CoreRunner.START_NS, message, 0, message.capacity(), out, 0);
        if (length <= 0) {
            throw new AssertionError("sequence=" + sequence);
        }
    }

    private void putDigits(final int offset, final int digits, final int value) {
        int rest = value;
        for (int i = digits - 1; i >= 0; i--) {
            payment.putByte(offset + i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    private int find(final String text) {
        return new String(payment.byteArray(), StandardCharsets.ISO_8859_1).indexOf(text);
    }
}
