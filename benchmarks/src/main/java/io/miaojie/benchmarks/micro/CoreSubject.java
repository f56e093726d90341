package io.miaojie.benchmarks.micro;

import com.sun.management.ThreadMXBean;
import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.QuickestProcessor;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.Subject;
import java.lang.management.ManagementFactory;

/** Settlement alone as {@link SettleBench} runs it: what a second takes, and what a payment allocates. */
public final class CoreSubject implements Subject {
    private static final int WARM_UPS = 2;

    @Override
    public Measured measure(final Setting setting) {
        final int payments = setting.scale().payments();
        final ShopPlan plan = new ShopPlan(
                new Rewards(
                        setting.number("members", setting.scale().members()),
                        setting.number("depth", Rewards.PAYMENT_DEPTH)),
                Budgets.CAMPAIGN,
                setting.number("idle_campaigns", 0),
                setting.number("hot_pool", 0) == 1);
        final CoreRun run = new CoreRun(plan, (1 + WARM_UPS) * payments);
        for (int i = 0; i < WARM_UPS; i++) {
            run.settlePayments(payments);
        }
        final double paceNs = QuickestProcessor.stand();
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long allocated = threads.getCurrentThreadAllocatedBytes();
        final long startNs = System.nanoTime();
        run.settlePayments(payments);
        final long elapsedNs = System.nanoTime() - startNs;
        final long allocatedBytes = threads.getCurrentThreadAllocatedBytes() - allocated;
        QuickestProcessor.leave();
        run.check();
        return new Measured()
                .with(Measured.PER_S, payments * 1e9 / elapsedNs)
                .with("allocated_bytes", (double) allocatedBytes / payments)
                .with(QuickestProcessor.PACE_NS, paceNs);
    }
}
