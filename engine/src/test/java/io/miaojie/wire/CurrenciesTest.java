package io.miaojie.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pinned table of currencies. */
@Timeout(60)
class CurrenciesTest {
    @Test
    void knowsCodeNumberAndDigits() {
        assertEquals(new Currencies.Currency("CNY", 156, 2), Currencies.byCode("CNY"));
        assertEquals(0, Currencies.byNumber(392).minorDigits());
        assertEquals("JPY", Currencies.code(392));
        assertEquals(3, Currencies.byCode("KWD").minorDigits());
    }

    @Test
    void pointsAreACurrencyOfTheirOwn() {
        final int number = Currencies.byCode("PTS").number();
        assertEquals("PTS", Currencies.code(number));
    }

    @Test
    void whatItDoesNotKnowIsNull() {
        assertNull(Currencies.byCode("cny"));
        assertNull(Currencies.byNumber(0));
        assertEquals("0", Currencies.code(0));
    }
}
