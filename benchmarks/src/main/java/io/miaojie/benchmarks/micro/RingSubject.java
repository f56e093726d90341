package io.miaojie.benchmarks.micro;

import com.sun.management.ThreadMXBean;
import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.Subject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Ring and settlement as {@link RingJournalBench} runs them, from the gate to the answer.
 *
 * @param log where records go
 */
public record RingSubject(RingRun.Log log) implements Subject {
    private static final int WARM_UPS = 1;

    @Override
    public Measured measure(final Setting setting) throws IOException {
        final int payments = setting.scale().payments();
        final Rewards rewards = new Rewards(setting.scale().members(), Rewards.PAYMENT_DEPTH);
        try (RingRun run = new RingRun(ShopPlan.of(rewards), log, (1 + WARM_UPS) * payments)) {
            for (int i = 0; i < WARM_UPS; i++) {
                run.sendPayments(payments);
            }
            final long journalBytes = run.journal().writtenBytes();
            final long allocated = allocatedBytes();
            final long startNs = System.nanoTime();
            run.sendPayments(payments);
            final long elapsedNs = System.nanoTime() - startNs;
            return new Measured()
                    .with(Measured.PER_S, payments * 1e9 / elapsedNs)
                    .with("allocated_bytes", (double) (allocatedBytes() - allocated) / payments)
                    .with("journal_bytes", (double) (run.journal().writtenBytes() - journalBytes) / payments);
        }
    }

    /** Returns what all threads together have allocated; none ends while it is measured. */
    private static long allocatedBytes() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }
}
