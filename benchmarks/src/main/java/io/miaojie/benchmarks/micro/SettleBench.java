package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.JdkOpenings;
import io.miaojie.benchmarks.QuickestProcessor;
import io.miaojie.benchmarks.Rewards;
import java.util.concurrent.TimeUnit;
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
 * second. A fork begins with an open shop in which each buyer has paid once. Iterations follow on in the same tables,
 * which are sized and allocated for all of them beforehand: emptying them in between would be counted by {@code -prof
 * gc}, whose {@code gc.alloc.rate.norm} is the allocation per payment, and a quarter of a byte for {@link #stand}.
 * Large pages, whole references and loops without polls are what {@code docs/OPERATIONS.md} advises.
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
            "-XX:-UseCompressedOops",
            "-XX:-UseCountedLoopSafepoints",
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

    /** Of the tree of referrals; 0: none. */
    @Param({"0", "2"})
    public int depth;

    private CoreRun run;

    /** Opens the shop and lets each buyer pay once. */
    @Setup(Level.Trial)
    public void open(final BenchmarkParams params) {
        open(BenchLimits.iterations(params) * PAYMENTS);
    }

    void open(final int paymentsMax) {
        run = new CoreRun(new ShopPlan(new Rewards(members, depth), budgets, 0, false), paymentsMax);
    }

    /** Each iteration stands where the machine is quickest when it begins. */
    @Setup(Level.Iteration)
    public void stand() {
        QuickestProcessor.stand();
    }

    @Benchmark
    @OperationsPerInvocation(PAYMENTS)
    public void payment() {
        settlePayments(PAYMENTS);
    }

    void settlePayments(final int count) {
        run.settlePayments(count);
    }

    /** Holds pools, campaigns and ledger against a plain calculation. */
    @TearDown(Level.Trial)
    public void check() {
        run.check();
    }
}
