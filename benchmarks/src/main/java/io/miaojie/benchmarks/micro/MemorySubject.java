package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.Subject;
import io.miaojie.settlement.PeopleLimits;
import io.miaojie.settlement.Settlement;
import io.miaojie.settlement.StateLimits;
import io.miaojie.wire.RecordLayout;
import java.lang.ref.Reference;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What is kept for a member with one pool, and for a remembered id: heap after a collection, with every table allocated
 * to its bound. Members are really registered, so that their ids are there.
 */
public final class MemorySubject implements Subject {
    private static final int FEW = 64;

    @Override
    public Measured measure(final Setting setting) {
        final int members = setting.scale().memoryMembers();
        final long nothing = heapBytes(null);
        final long keys = heapBytes(reserved(FEW, members)) - nothing;
        final long moreKeys = heapBytes(reserved(FEW, 2 * members)) - nothing;
        final Settlement full = reserved(members, members);
        register(full, members);
        final long withMembers = heapBytes(full) - nothing;
        return new Measured()
                .with("member_bytes", (double) (withMembers - keys) / members)
                .with("key_bytes", (double) (moreKeys - keys) / members)
                .with("gb_for_10m_members", withMembers * 1e7 / members / 1e9);
    }

    private static Settlement reserved(final int members, final int keys) {
        final Settlement settlement = new Settlement(new StateLimits(
                members, members + FEW, FEW, FEW, keys + FEW, FEW, FEW, FEW, FEW, PeopleLimits.of(FEW)));
        settlement.state().reserve();
        return settlement;
    }

    private static void register(final Settlement settlement, final int members) {
        final Rewards rewards = new Rewards(members, Rewards.PAYMENT_DEPTH);
        final Registrations registrations = new Registrations(rewards);
        final UnsafeBuffer out = new UnsafeBuffer(new byte[RecordLayout.MESSAGE_LENGTH_MAX]);
        long sequence = 0;
        for (final DirectBuffer command : ShopCommands.all(ShopPlan.of(rewards))) {
            settlement.settle(++sequence, Payments.AT_NS, command, 0, command.capacity(), out, 0);
        }
        for (int member = 0; member < members; member++) {
            final DirectBuffer command = registrations.of(member);
            if (settlement.settle(++sequence, Payments.AT_NS, command, 0, registrations.length(), out, 0) <= 0) {
                throw new IllegalStateException("not registered: member=" + member);
            }
        }
        if (settlement.state().members().count() != members) {
            throw new IllegalStateException(
                    "wrong result: members=" + settlement.state().members().count());
        }
    }

    /** Returns the heap in use after a collection, this object included. */
    private static long heapBytes(final Object kept) {
        System.gc();
        final Runtime runtime = Runtime.getRuntime();
        final long bytes = runtime.totalMemory() - runtime.freeMemory();
        Reference.reachabilityFence(kept);
        return bytes;
    }
}
