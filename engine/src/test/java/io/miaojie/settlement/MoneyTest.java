package io.miaojie.settlement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.settlement.ledger.Money;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Properties of the arithmetic of money. */
class MoneyTest {
    private static final long MINOR_MAX = 9_007_199_254_740_991L;

    @Property
    void aShareIsTheExactFloor(
            @ForAll @LongRange(max = MINOR_MAX) final long amountMinor,
            @ForAll @IntRange(max = Money.PPM) final int ratePpm) {
        final BigInteger exact = BigInteger.valueOf(amountMinor)
                .multiply(BigInteger.valueOf(ratePpm))
                .divide(BigInteger.valueOf(Money.PPM));
        assertEquals(exact.longValueExact(), Money.share(amountMinor, ratePpm));
    }

    @Property
    void sharesOfPartsNeverPassTheShareOfTheWhole(
            @ForAll @LongRange(max = MINOR_MAX / 2) final long first,
            @ForAll @LongRange(max = MINOR_MAX / 2) final long second,
            @ForAll @IntRange(max = Money.PPM) final int ratePpm) {
        final long parts = Money.share(first, ratePpm) + Money.share(second, ratePpm);
        final long whole = Money.share(first + second, ratePpm);
        assertTrue(parts <= whole && whole - parts <= 1, "parts=" + parts + " whole=" + whole);
        assertTrue(whole <= first + second);
    }

    @Property
    void amountsLieBetweenZeroAndTheBound(@ForAll final long minor) {
        assertEquals(minor >= 0 && minor <= MINOR_MAX, Money.isAmount(minor));
    }
}
