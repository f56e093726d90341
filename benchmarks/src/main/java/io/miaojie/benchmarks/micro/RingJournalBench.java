package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.JdkOpenings;
import io.miaojie.benchmarks.Rewards;
import java.io.IOException;
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
 * The same payments through the ring: from the gate to the answer, with and without a journal, forced and not.
 *
 * <pre>
 *  bench thread         settlement thread       journal thread
 *
 *  submit ----&gt; [ring] ----&gt; settle ----&gt; [records] ----&gt; append, commit ----&gt; sink counts
 *    ^  RING_FULL: wait                               NONE: counted only           |
 *    |                                                OS:   page cache             |
 *    |                                                SYNC: forced per commit      |
 *    +---- |&lt;=================== measured: until the last answer =================&gt;|
 * </pre>
 *
 * <p>One shot per iteration sends {@value #PAYMENTS} payments and waits until all are answered; figures are per
 * payment. Tables and journal follow on from iteration to iteration, as in {@link SettleBench}. The journal lies in the
 * directory for temporary files: {@code -jvmArgsAppend -Djava.io.tmpdir=...} names another disk.
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
            JdkOpenings.NO_ANALYTICS,
            JdkOpenings.EXPORT_NIO_CHANNELS,
            JdkOpenings.EXPORT_INTERNAL_REF,
            JdkOpenings.OPEN_REFLECT,
            JdkOpenings.OPEN_NIO_CHANNELS,
            JdkOpenings.OPEN_NIO,
            JdkOpenings.OPEN_INTERNAL_MISC
        })
public class RingJournalBench {
    static final int PAYMENTS = 400_000;

    @Param("1000000")
    public int members;

    /** Of the tree of referrals; 0: none. */
    @Param({"0", "2"})
    public int depth;

    @Param({"NONE", "OS", "SYNC"})
    public RingRun.Log journal;

    private RingRun run;

    /** Opens the shop through the ring and lets each buyer pay once. */
    @Setup(Level.Trial)
    public void open(final BenchmarkParams params) throws IOException {
        open(BenchLimits.iterations(params) * PAYMENTS);
    }

    void open(final int paymentsMax) throws IOException {
        run = new RingRun(ShopPlan.of(new Rewards(members, depth)), journal, paymentsMax);
    }

    @Benchmark
    @OperationsPerInvocation(PAYMENTS)
    public void payment() {
        sendPayments(PAYMENTS);
    }

    void sendPayments(final int count) {
        run.sendPayments(count);
    }

    /** Stops the ring and holds pools, campaigns and ledger against a plain calculation. */
    @TearDown(Level.Trial)
    public void close() {
        run.close();
    }
}
