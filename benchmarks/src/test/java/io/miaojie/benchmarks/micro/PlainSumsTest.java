package io.miaojie.benchmarks.micro;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.miaojie.settlement.Settlement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The check at the end of a bench finds what is wrong. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class PlainSumsTest {
    @Test
    void refusesACoreThatSettledNothing() {
        final PlainSums sums = new PlainSums(new Payments(1, ShopCommands.KEY_INDEX, Rewards.REBATES), Rewards.REBATES);
        final Settlement settlement = new Settlement(BenchLimits.of(1, 1));
        assertThrows(IllegalStateException.class, () -> sums.check(settlement, 1));
    }
}
