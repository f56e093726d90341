package io.miaojie.settlement.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.settlement.state.Slice;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members are counted once in a window, subjects never meet, and the table keeps its bound. */
@Timeout(30)
class SightingsTest {
    private static final int SHOP = 3;
    private static final long WINDOW_NS = 100;

    private final Sightings sightings = new Sightings(40);

    @Test
    void membersCountOnceWithinTheWindow() {
        assertEquals(1, count("D", 1, 0));
        see("D", 1, 0);
        see("D", 1, 10);
        assertEquals(1, count("D", 1, 20));
        assertEquals(2, count("D", 2, 20));
        assertEquals(2, count("D", -1, 20), "one that is not made yet is another");
        see("D", 2, 20);
        assertEquals(2, count("D", 1, 99));
        assertEquals(3, count("D", 7, 99));
        assertTrue(sightings.has(SHOP, subject("D"), 2, WINDOW_NS, 99));
        assertFalse(sightings.has(SHOP, subject("D"), 2, WINDOW_NS, 100), "the window began with the first");
        see("D", 2, 100);
        assertEquals(1, count("D", 2, 120));
        assertEquals(2, count("D", 1, 120), "who was seen in the window before is seen anew");
    }

    @Test
    void subjectsAndShopsNeverMeet() {
        see("D", 1, 0);
        assertEquals(1, count("DD", 2, 0));
        assertEquals(1, sightings.count(SHOP + 1, subject("D"), 2, WINDOW_NS, 0));
        // A member seen with a subject is no subject, whatever bytes a subject has.
        assertEquals(1, count("D\u0001\u0000\u0000\u0000\u0001", 2, 0));
    }

    @Test
    void theOlderHalfIsForgottenAndTheBoundKept() {
        for (int i = 0; i < 1_000; i++) {
            see("D" + i, i, i);
            assertTrue(sightings.count() <= 40, "count=" + sightings.count());
        }
        assertEquals(2, count("D999", 1, 999));
        assertEquals(1, count("D0", 1, 50), "forgotten: whoever comes next is let through");
    }

    @Test
    void registersAddUp() {
        assertEquals(0, sightings.register(SHOP, subject("R"), 0));
        sightings.raise(SHOP, subject("R"), 1, 0);
        sightings.raise(SHOP, subject("R"), 2, 5);
        assertEquals(3, sightings.register(SHOP, subject("R"), 0));
        assertEquals(5, sightings.register(SHOP, subject("R"), 1));
    }

    private long count(final String subject, final int member, final long nowNs) {
        return sightings.count(SHOP, subject(subject), member, WINDOW_NS, nowNs);
    }

    private void see(final String subject, final int member, final long nowNs) {
        sightings.see(SHOP, subject(subject), member, WINDOW_NS, nowNs);
    }

    private static Slice subject(final String text) {
        return Slice.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
