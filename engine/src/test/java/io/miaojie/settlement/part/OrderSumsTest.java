package io.miaojie.settlement.part;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an order notes of its pool money. */
@Timeout(10)
class OrderSumsTest {
    @Test
    void aLaterHoldOfPoolMoneyForgetsTheSortsOfTheOneBefore() {
        final OrderSums sums = new OrderSums(4);
        sums.keep(1, 70, 30);
        assertEquals(70, sums.keptMinor(1));
        assertEquals(30, sums.lapsingMinor(1));

        sums.keep(1, 0, 0);

        assertEquals(0, sums.keptMinor(1));
        assertEquals(0, sums.lapsingMinor(1));
    }
}
