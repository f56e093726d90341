package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.rig.Plan;
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
import java.util.function.IntConsumer;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;

/**
 * The ring with an open shop in which each buyer has paid once. The journal lies in the directory for temporary files.
 * Thread: one submits.
 */
public final class RingRun implements AutoCloseable {
    /** Where records go. */
    public enum Log {
        NONE,
        OS,
        SYNC
    }

    private static final int SHARD = 0;
    private static final long PACE_NS = 50_000;

    /** A full ring has work for a hundred times as long: looking up more often takes time from those who work. */
    private static final long BACK_OFF_NS = 1_000_000;

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(120);

    private final ShopPlan plan;
    private final Path directory;
    private final Settlement settlement;
    private final Journal log;
    private final RingHost host;
    private final CountingSink sink;
    private final Payments payments;
    private final int paymentsMax;
    private long submitted;
    private int sent;
    private long giveUpAtNs;

    /**
     * Opens the shop through the ring.
     *
     * @param paymentsMax that will be sent besides the first ones
     */
    public RingRun(final ShopPlan plan, final Log log, final int paymentsMax) throws IOException {
        this.plan = plan;
        this.paymentsMax = paymentsMax;
        directory = Files.createTempDirectory("miaojie-bench-");
        settlement = core();
        settlement.state().reserve();
        this.log = openLog(log);
        sink = new CountingSink();
        payments = new Payments(ShopCommands.KEY_INDEX, plan);
        host = new RingHost(
                RingConfig.defaults(SHARD, directory),
                settlement,
                this.log,
                EngineClock.followingEvents(),
                sink,
                Throwable::printStackTrace);
        host.start(0, 0);
        giveUpAtNs = System.nanoTime() + PATIENCE_NS;
        for (final DirectBuffer command : ShopCommands.all(plan)) {
            submit(command, 0, command.capacity());
        }
        registerMembers();
        sendPayments(plan.rewards().buyers());
    }

    /** Returns a core without anything in it, with room for all that this run settles. */
    public Settlement core() {
        return new Settlement(BenchLimits.of(plan.rewards(), paymentsMax));
    }

    /** Returns the journal. */
    public Journal journal() {
        return log;
    }

    /** Returns the sequence of the last record that was answered. */
    public long lastSequence() {
        return submitted;
    }

    /** Sends the next payments and waits until all are answered. */
    public void sendPayments(final int count) {
        giveUpAtNs = System.nanoTime() + PATIENCE_NS;
        awaitAnswers();
        final long settledBefore = sink.settled();
        for (int i = sent; i < sent + count; i++) {
            payments.moveTo(i);
            submit(payments.buffer(), payments.offset(i), payments.length());
        }
        sent += count;
        awaitAnswers();
        final long settledCount = sink.settled() - settledBefore;
        if (settledCount != count) {
            throw new IllegalStateException("payments not settled: sent=" + count + " settled=" + settledCount);
        }
    }

    /**
     * Sends the next payments on a planned clock and waits until all are answered.
     *
     * @param progress told how many have been sent
     * @throws IllegalStateException when the planned rate was not reached
     */
    public Histogram follow(final Plan plan, final IntConsumer progress) {
        final Histogram latencyNs = new Histogram(3);
        final int first = sent;
        final long startNs = System.nanoTime();
        sink.measure(plan, startNs, latencyNs);
        giveUpAtNs = startNs + plan.offsetNs(plan.count() - 1) + PATIENCE_NS;
        for (int i = 0; i < plan.count(); i++) {
            payments.moveTo(first + i);
            for (long leftNs = 1; leftNs > 0; leftNs = startNs + plan.offsetNs(i) - System.nanoTime()) {
                LockSupport.parkNanos(Math.min(PACE_NS, startNs + plan.offsetNs(i) - System.nanoTime()));
            }
            submit(payments.buffer(), payments.offset(first + i), payments.length());
            sent++;
            progress.accept(i + 1);
        }
        awaitAnswers();
        sink.measure(null, 0, null);
        plan.requireKept(System.nanoTime() - startNs);
        return latencyNs;
    }

    /** Stops the ring, leaves the journal open, and holds what a core has come to against a plain calculation. */
    public void stop() {
        host.close();
        new PlainSums(payments, plan.rewards()).check(settlement, sent);
    }

    /** Stops the ring, holds pools, campaigns and ledger against a plain calculation, and removes the journal. */
    @Override
    public void close() {
        stop();
        log.close();
        IoUtil.delete(directory.toFile(), false);
    }

    private void registerMembers() {
        final Registrations registrations = new Registrations(plan.rewards());
        final int count = plan.rewards().isTree() ? plan.rewards().members() : 0;
        for (int member = 0; member < count; member++) {
            final DirectBuffer command = registrations.of(member);
            submit(command, 0, registrations.length());
        }
    }

    private Journal openLog(final Log kind) {
        if (kind == Log.NONE) {
            return new CountingJournal();
        }
        final Durability durability = kind == Log.OS ? Durability.OS : Durability.SYNC;
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

    private void awaitAnswers() {
        while (sink.answered() < submitted) {
            backOff();
        }
    }

    private void backOff() {
        if (host.haltCause() != null || giveUpAtNs - System.nanoTime() < 0) {
            throw new IllegalStateException("no answers: submitted=" + submitted, host.haltCause());
        }
        LockSupport.parkNanos(BACK_OFF_NS);
    }
}
