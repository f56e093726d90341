package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.JdkOpenings;
import io.miaojie.benchmarks.Rebates;
import io.miaojie.settlement.Core;
import io.miaojie.settlement.Settlement;
import io.miaojie.wire.RecordLayout;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Settlement alone, on one thread: what one payment costs that credits three grants, see {@link Rewards}.
 *
 * <pre>
 *   one command in a buffer                    1,000,000 members, a pool each
 *   id, order, digest, member, amount     +-----------------------------------------+
 *   patched in place --------------------&gt;| id seen? order? member? pool?           |
 *        ^                                | campaigns: rates, budgets, holds        |---&gt; outcome bytes
 *        |     |&lt;======= measured =======&gt;| order, 3 grants, 3 transfers, id bound  |     3 grants? else fail
 *        +-- next payment                 +-----------------------------------------+
 * </pre>
 *
 * <p>One shot per iteration settles {@value #PAYMENTS} payments; figures are per payment, so 1,000 ns is a million a
 * second. A fork begins with an open shop in which each member has paid once. Iterations follow on in the same tables,
 * which are sized and allocated for all of them beforehand: emptying them in between would be counted by {@code -prof
 * gc}, whose {@code gc.alloc.rate.norm} is the allocation per payment. The heap has large pages, as {@code
 * docs/OPERATIONS.md} advises.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 6)
@Fork(
        value = 3,
        jvmArgsAppend = {
            "-Xmx4g",
            "-XX:+UseTransparentHugePages",
            JdkOpenings.EXPORT_NIO_CHANNELS,
            JdkOpenings.EXPORT_INTERNAL_REF,
            JdkOpenings.OPEN_REFLECT,
            JdkOpenings.OPEN_NIO_CHANNELS,
            JdkOpenings.OPEN_NIO,
            JdkOpenings.OPEN_INTERNAL_MISC
        })
public class SettleBench {
    static final int PAYMENTS = 400_000;

    @Param("1000000")
    public int members;

    @Param("CAMPAIGN")
    public Budgets budgets;

    @Param({"REBATES", "COMMISSIONS"})
    public Rewards rewards;

    private final UnsafeBuffer out = new UnsafeBuffer(new byte[RecordLayout.MESSAGE_LENGTH_MAX]);
    private Settlement settlement;
    private Payments payments;
    private PlainSums sums;
    private long sequence;
    private int settled;

    /** Opens the shop and lets each member pay once. */
    @Setup(Level.Trial)
    public void open(final BenchmarkParams params) {
        open(BenchLimits.iterations(params) * PAYMENTS);
    }

    void open(final int paymentsMax) {
        settlement = new Settlement(BenchLimits.of(members, members + paymentsMax));
        settlement.state().reserve();
        payments = new Payments(members, ShopCommands.KEY_INDEX, rewards);
        sums = new PlainSums(payments, rewards);
        for (final DirectBuffer command : ShopCommands.all(budgets, rewards)) {
            if (settle(command, 0, command.capacity()) <= 0) {
                throw new IllegalStateException("the shop can't be opened: sequence=" + sequence);
            }
        }
        registerMembers();
        settlePayments(rewards.buyers(members));
    }

    /** Registers who has been brought, and by whom, parents first. */
    private void registerMembers() {
        final Registrations registrations = new Registrations(members, rewards);
        for (int member = 0; rewards != Rewards.REBATES && member < members; member++) {
            final DirectBuffer command = registrations.of(member);
            if (settle(command, 0, registrations.length()) <= 0) {
                throw new IllegalStateException("not registered: member=" + member);
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(PAYMENTS)
    public void payment() {
        settlePayments(PAYMENTS);
    }

    /** Settles the next payments as the ring does: foreseen in batches, then settled one by one. */
    void settlePayments(final int count) {
        final int end = settled + count;
        while (settled < end) {
            final int batchEnd = Math.min(settled + Core.FORESEEN_MAX, end);
            foresee(settled, batchEnd);
            settle(settled, batchEnd);
            settled = batchEnd;
        }
    }

    private void foresee(final int begin, final int end) {
        for (int i = begin; i < end; i++) {
            payments.moveTo(i);
            settlement.foresee(payments.buffer(), payments.offset(i));
        }
        settlement.readAhead();
    }

    private void settle(final int begin, final int end) {
        for (int i = begin; i < end; i++) {
            final int length = settle(payments.buffer(), payments.offset(i), payments.length());
            if (length <= 0 || settlement.state().grants().count() != (i + 1) * Rebates.COUNT) {
                throw new IllegalStateException("a payment without its grants: payment=" + i + " length=" + length);
            }
        }
    }

    /** Holds pools, campaigns and ledger against a plain calculation. */
    @TearDown(Level.Trial)
    public void check() {
        sums.check(settlement, settled);
    }

    private int settle(final DirectBuffer command, final int offset, final int length) {
        return settlement.settle(++sequence, Payments.AT_NS, command, offset, length, out, 0);
    }
}
