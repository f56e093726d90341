package io.miaojie.benchmarks.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When requests are planned. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class PlanTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    @Test
    void keepsAnEvenRate() {
        final Plan plan = Plan.even(4, 3);
        assertEquals(12, plan.count());
        assertEquals(0, plan.offsetNs(0));
        assertEquals(SECOND_NS / 4, plan.offsetNs(1));
        assertEquals(11 * SECOND_NS / 4, plan.offsetNs(11));
    }

    @Test
    void spreadsACountOverSeconds() {
        final Plan plan = Plan.spread(10, 4);
        assertEquals(10, plan.count());
        assertEquals(0, plan.offsetNs(0));
        assertEquals(9 * 4 * SECOND_NS / 10, plan.offsetNs(9));
        assertEquals(0, Plan.spread(3, 0).offsetNs(2));
    }

    @Test
    void followsAShapeUpToItsPeak() {
        final Plan plan = Plan.shaped(new long[] {10, 0, 100, 50}, 1_000, 4);
        assertEquals(100 + 1_000 + 500, plan.count());
        assertEquals(0, plan.offsetNs(0));
        assertEquals(2 * SECOND_NS, plan.offsetNs(100));
        assertEquals(3 * SECOND_NS, plan.offsetNs(1_100));
        for (int i = 1; i < plan.count(); i++) {
            assertTrue(plan.offsetNs(i) >= plan.offsetNs(i - 1), "request=" + i);
        }
        assertTrue(plan.offsetNs(plan.count() - 1) < 4 * SECOND_NS);
    }
}
