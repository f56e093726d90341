package io.miaojie.benchmarks.micro;

import io.miaojie.settlement.Core;
import io.miaojie.settlement.Settlement;
import io.miaojie.wire.RecordLayout;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Settlement alone with an open shop in which each buyer has paid once. Thread: one. */
public final class CoreRun {
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[RecordLayout.MESSAGE_LENGTH_MAX]);
    private final Settlement settlement;
    private final ShopPlan plan;
    private final Payments payments;
    private final PlainSums sums;
    private long sequence;
    private int settled;

    /**
     * Opens the shop.
     *
     * @param paymentsMax that will be settled besides the first ones
     */
    public CoreRun(final ShopPlan plan, final int paymentsMax) {
        this.plan = plan;
        settlement = new Settlement(BenchLimits.of(plan.rewards(), paymentsMax));
        settlement.state().reserve();
        payments = new Payments(ShopCommands.KEY_INDEX, plan);
        sums = new PlainSums(payments, plan.rewards());
        for (final DirectBuffer command : ShopCommands.all(plan)) {
            if (settle(command, 0, command.capacity()) <= 0) {
                throw new IllegalStateException("the shop can't be opened: sequence=" + sequence);
            }
        }
        registerMembers();
        settlePayments(plan.rewards().buyers());
    }

    /** Registers who has been brought, and by whom, parents first. */
    private void registerMembers() {
        final Registrations registrations = new Registrations(plan.rewards());
        final int count = plan.rewards().isTree() ? plan.rewards().members() : 0;
        for (int member = 0; member < count; member++) {
            final DirectBuffer command = registrations.of(member);
            if (settle(command, 0, registrations.length()) <= 0) {
                throw new IllegalStateException("not registered: member=" + member);
            }
        }
    }

    /** Settles the next payments as the ring does: foreseen in batches, then settled one by one. */
    public void settlePayments(final int count) {
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
            settlement.foresee(payments.buffer(), payments.offset(i), payments.length());
        }
        settlement.readAhead();
    }

    private void settle(final int begin, final int end) {
        final int grants = plan.rewards().grants();
        for (int i = begin; i < end; i++) {
            final int length = settle(payments.buffer(), payments.offset(i), payments.length());
            if (length <= 0 || settlement.state().grants().count() != (i + 1) * grants) {
                throw new IllegalStateException("a payment without its grants: payment=" + i + " length=" + length);
            }
        }
    }

    /** Holds pools, campaigns and ledger against a plain calculation. */
    public void check() {
        sums.check(settlement, settled);
    }

    private int settle(final DirectBuffer command, final int offset, final int length) {
        return settlement.settle(++sequence, Payments.AT_NS, command, offset, length, out, 0);
    }
}
