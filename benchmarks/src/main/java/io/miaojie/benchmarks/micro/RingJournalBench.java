package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.JdkOpenings;
import io.miaojie.gate.SubmitCode;
import io.miaojie.journal.ChronicleJournal;
import io.miaojie.journal.Durability;
import io.miaojie.journal.Journal;
import io.miaojie.journal.JournalConfig;
import io.miaojie.ring.EngineClock;
import io.miaojie.ring.RingConfig;
import io.miaojie.ring.RingHost;
import io.miaojie.settlement.Settlement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
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
    /** Where records go. */
    public enum Log {
        NONE,
        OS,
        SYNC
    }

    static final int PAYMENTS = 400_000;

    private static final int SHARD = 0;
    private static final long BACK_OFF_NS = 50_000;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(120);

    @Param("1000000")
    public int members;

    @Param("CAMPAIGN")
    public Budgets budgets;

    @Param({"NONE", "OS", "SYNC"})
    public Log journal;

    private Path directory;
    private Settlement settlement;
    private Journal log;
    private RingHost host;
    private CountingSink sink;
    private Payments payments;
    private PlainSums sums;
    private long submitted;
    private int sent;
    private long giveUpAtNs;

    /** Opens the shop through the ring and lets each member pay once. */
    @Setup(Level.Trial)
    public void open(final BenchmarkParams params) throws IOException {
        open(BenchLimits.iterations(params) * PAYMENTS);
    }

    void open(final int paymentsMax) throws IOException {
        directory = Files.createTempDirectory("miaojie-bench-");
        settlement = new Settlement(BenchLimits.of(members, members + paymentsMax));
        settlement.state().reserve();
        log = openLog();
        sink = new CountingSink();
        payments = new Payments(members, ShopCommands.KEY_INDEX, Rewards.REBATES);
        sums = new PlainSums(payments, Rewards.REBATES);
        host = new RingHost(
                RingConfig.defaults(SHARD, directory),
                settlement,
                log,
                EngineClock.followingEvents(),
                sink,
                Throwable::printStackTrace);
        host.start(0, 0);
        giveUpAtNs = System.nanoTime() + PATIENCE_NS;
        for (final DirectBuffer command : ShopCommands.all(budgets, Rewards.REBATES)) {
            submit(command, 0, command.capacity());
        }
        sendPayments(members);
    }

    @Benchmark
    @OperationsPerInvocation(PAYMENTS)
    public void payment() {
        sendPayments(PAYMENTS);
    }

    /** Sends the next payments and waits until all are answered. */
    void sendPayments(final int count) {
        giveUpAtNs = System.nanoTime() + PATIENCE_NS;
        for (int i = sent; i < sent + count; i++) {
            payments.moveTo(i);
            submit(payments.buffer(), payments.offset(i), payments.length());
        }
        sent += count;
        while (sink.answered() < submitted) {
            backOff();
        }
        if (sink.granted() != sent) {
            throw new IllegalStateException("payments without grants: sent=" + sent + " granted=" + sink.granted());
        }
    }

    /** Stops the ring and holds pools, campaigns and ledger against a plain calculation. */
    @TearDown(Level.Trial)
    public void close() {
        host.close();
        log.close();
        IoUtil.delete(directory.toFile(), false);
        sums.check(settlement, sent);
    }

    private Journal openLog() {
        if (journal == Log.NONE) {
            return new CountingJournal();
        }
        final Durability durability = journal == Log.OS ? Durability.OS : Durability.SYNC;
        return ChronicleJournal.open(
                JournalConfig.of(directory.resolve("journal"), SHARD).withDurability(durability));
    }

    private void submit(final DirectBuffer command, final int offset, final int length) {
        submitted++;
        SubmitCode code = host.submit(submitted, command, offset, length);
        while (code == SubmitCode.RING_FULL) {
            backOff();
            code = host.submit(submitted, command, offset, length);
        }
        if (code != SubmitCode.ACCEPTED) {
            throw new IllegalStateException("not accepted: code=" + code, host.haltCause());
        }
    }

    private void backOff() {
        if (host.haltCause() != null || giveUpAtNs - System.nanoTime() < 0) {
            throw new IllegalStateException("no answers: submitted=" + submitted, host.haltCause());
        }
        LockSupport.parkNanos(BACK_OFF_NS);
    }
}
