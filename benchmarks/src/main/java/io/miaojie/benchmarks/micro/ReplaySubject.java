package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.QuickestProcessor;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.Subject;
import io.miaojie.journal.Recovery;
import io.miaojie.journal.Replay;
import io.miaojie.settlement.Core;
import io.miaojie.settlement.Settlement;
import io.miaojie.settlement.state.StateSink;
import io.miaojie.settlement.state.StateSource;
import java.io.IOException;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Recovery: the journal of a shop read back, each command settled again, each outcome compared byte for byte. Counts
 * the payments behind the first one of each buyer; registrations before them and the hash of the state after them are
 * not timed.
 */
public final class ReplaySubject implements Subject {
    @Override
    public Measured measure(final Setting setting) throws IOException {
        final int payments = setting.scale().payments();
        final ShopPlan plan = ShopPlan.of(new Rewards(setting.scale().members(), Rewards.PAYMENT_DEPTH));
        try (RingRun run = new RingRun(plan, RingRun.Log.OS, payments)) {
            final long firstSequence = run.lastSequence() + 1;
            run.sendPayments(payments);
            final Settlement settlement = run.core();
            settlement.state().reserve();
            final TimedCore core = new TimedCore(settlement, firstSequence);
            final double paceNs = QuickestProcessor.stand();
            final Recovery recovery = Replay.until(core, run.journal()::reader, run.lastSequence());
            QuickestProcessor.leave();
            if (recovery.lastSequence() != run.lastSequence()
                    || settlement.state().grants().count() == 0
                    || settlement.state().orders().count() != plan.rewards().buyers() + payments) {
                throw new IllegalStateException("wrong result: recovery=" + recovery);
            }
            return new Measured()
                    .with(Measured.PER_S, payments * 1e9 / core.elapsedNs())
                    .with(QuickestProcessor.PACE_NS, paceNs);
        }
    }

    /** Notes when a sequence is reached, and when the last one was settled. */
    private static final class TimedCore implements Core {
        private final Core core;
        private final long firstSequence;
        private long startNs;
        private long endNs;

        TimedCore(final Core core, final long firstSequence) {
            this.core = core;
            this.firstSequence = firstSequence;
        }

        long elapsedNs() {
            return endNs - startNs;
        }

        @Override
        public void foresee(final DirectBuffer in, final int inOffset, final int inLength) {
            core.foresee(in, inOffset, inLength);
        }

        @Override
        public void readAhead() {
            core.readAhead();
        }

        @Override
        public int settle(
                final long sequence,
                final long nowNs,
                final DirectBuffer in,
                final int inOffset,
                final int inLength,
                final MutableDirectBuffer out,
                final int outOffset) {
            if (sequence == firstSequence) {
                startNs = System.nanoTime();
            }
            return core.settle(sequence, nowNs, in, inOffset, inLength, out, outOffset);
        }

        @Override
        public long nextDeadlineNs() {
            return core.nextDeadlineNs();
        }

        @Override
        public void save(final StateSink sink) {
            // The hash of the state: all records have been settled.
            endNs = System.nanoTime();
            core.save(sink);
        }

        @Override
        public void load(final StateSource source) {
            core.load(source);
        }
    }
}
