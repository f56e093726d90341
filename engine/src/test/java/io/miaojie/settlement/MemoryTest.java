package io.miaojie.settlement;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.ledger.Ledger;
import io.miaojie.settlement.part.Grants;
import io.miaojie.settlement.part.Identities;
import io.miaojie.settlement.part.Links;
import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.OrderLines;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.Pools;
import io.miaojie.settlement.part.Rosters;
import io.miaojie.settlement.part.Withdrawals;
import io.miaojie.settlement.state.LongRows;
import io.miaojie.settlement.state.Slice;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one row costs, counted as bytes allocated for full tables. */
@Timeout(60)
class MemoryTest {
    private static final int COUNT = 500_000;

    @Test
    void aRememberedIdTakesAtMost40Bytes() {
        holds(40, count -> new SeenCommands(count).reserve());
    }

    /** An array of more than half a region gets whole regions: with its header it must not pass a power of two. */
    @Test
    void aSegmentOfRowsFillsRegions() {
        for (int width = 2; width <= 8; width *= 2) {
            final int segmentBytes = (width * Long.BYTES) << 16;
            final long bytes = allocatedBytes(new LongRows(width, 65_535)::reserve);
            assertTrue(bytes <= segmentBytes && bytes > segmentBytes - 4_096, "width=" + width + " bytes=" + bytes);
        }
    }

    @Test
    void aShareLinkTakesAtMost128Bytes() {
        final Slice none = Slice.of(new byte[0]);
        final UnsafeBuffer token = new UnsafeBuffer(new byte[16]);
        final Slice view = new Slice().wrap(token, 0, 16);
        holds(128, count -> {
            final Links links = new Links(count, new Members(1));
            for (int i = 0; i < count; i++) {
                token.putInt(0, i);
                links.add(i, 0, none, none, view);
            }
        });
    }

    @Test
    void aWithdrawalTakesAtMost96Bytes() {
        final UnsafeBuffer id = new UnsafeBuffer(new byte[19]);
        final Slice view = new Slice().wrap(id, 0, 19);
        holds(96, count -> {
            final Withdrawals withdrawals = new Withdrawals(count);
            for (int i = 0; i < count; i++) {
                id.putInt(0, i);
                withdrawals.add(0, view, 0, 1, 1);
            }
        });
    }

    @Test
    void anIdentityTakesAtMost32Bytes() {
        holds(32, count -> new Identities(count, new Members(1)).reserve());
    }

    @Test
    void aMemberWithOnePoolTakesAtMost160Bytes() {
        holds(160, count -> {
            final Ledger ledger = new Ledger(count, 1);
            final Members members = new Members(count);
            members.reserve();
            new Pools(members, new ChartOfAccounts(count, 1, ledger), ledger);
            ledger.reserve();
        });
    }

    @Test
    void anEntryWithItsStandingTakesAtMost110Bytes() {
        holds(110, count -> {
            final Rosters rosters = new Rosters(1, count, count);
            final int group = rosters.addGroup(0, 1);
            for (int i = 0; i < count; i++) {
                rosters.addEntry(group, i, i, i, 0, -1);
                rosters.addStanding(group, i);
            }
        });
    }

    @Test
    void anOrderWithALineAndThreeGrantsTakesAtMost300Bytes() {
        final Members nobody = new Members(1);
        holds(300, count -> {
            final Orders orders = new Orders(count, 1);
            orders.reserve();
            new OrderLines(count).reserve();
            new Grants(3 * count, orders, nobody).reserve();
        });
    }

    private static void holds(final long bytesMax, final Consumer<Integer> tables) {
        tables.accept(1);
        final long bytes = allocatedBytes(() -> tables.accept(COUNT)) / COUNT;
        assertTrue(bytes <= bytesMax && bytes > bytesMax / 4, "bytes=" + bytes);
    }

    private static long allocatedBytes(final Runnable work) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
