package io.miaojie.benchmarks.micro;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.miaojie.benchmarks.Rewards;
import io.miaojie.settlement.Settlement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The check at the end of a bench finds what is wrong. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class PlainSumsTest {
    private static final Rewards ONE = new Rewards(1, 0);

    @Test
    void refusesACoreThatSettledNothing() {
        final PlainSums sums = new PlainSums(new Payments(ShopCommands.KEY_INDEX, ShopPlan.of(ONE)), ONE);
        final Settlement settlement = new Settlement(BenchLimits.of(ONE, 1));
        assertThrows(IllegalStateException.class, () -> sums.check(settlement, 1));
    }
}
