package io.miaojie.api.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Places are told in two notations, compare in the order of the log, and come back as they went. */
@Timeout(20)
class FeedPositionTest {
    @Test
    void comparesInTheOrderOfTheLog() {
        assertTrue(FeedPosition.START < FeedPosition.of(1, 0));
        assertTrue(FeedPosition.of(1, 0) < FeedPosition.of(1, 1));
        assertTrue(FeedPosition.of(1, 1) < FeedPosition.behind(1));
        assertTrue(FeedPosition.behind(1) < FeedPosition.of(2, 0));
    }

    @Test
    void readsWhatItWrote() {
        for (final long position : new long[] {FeedPosition.START, FeedPosition.of(7, 0), FeedPosition.behind(7)}) {
            assertEquals(position, FeedPosition.parseCursor(FeedPosition.cursor(position)) & ~endOf(position));
            assertEquals(position, FeedPosition.parseEventId(FeedPosition.eventId(3, position), 3) & ~endOf(position));
        }
        assertEquals("7", FeedPosition.cursor(FeedPosition.behind(7)));
        assertEquals("7-0", FeedPosition.cursor(FeedPosition.of(7, 0)));
        assertEquals("0-7", FeedPosition.eventId(0, FeedPosition.behind(7)));
    }

    @Test
    void refusesWhatIsNoPlace() {
        for (final String text : new String[] {"", "-1", "1-", "a", "1-70000", "123456789012345", "1-2-3", "1 "}) {
            assertEquals(-1, FeedPosition.parseCursor(text), text);
        }
        for (final String text : new String[] {"", "7", "0-", "1-7", "0-7-70000", "0-7-1-1"}) {
            assertEquals(-1, FeedPosition.parseEventId(text, 0), text);
        }
    }

    @Test
    void aPlaceWithinARecordReadsThatRecordAgain() {
        assertEquals(6, FeedPosition.readAfter(FeedPosition.of(7, 0)));
        assertEquals(7, FeedPosition.readAfter(FeedPosition.behind(7)));
        assertEquals(0, FeedPosition.readAfter(FeedPosition.START));
    }

    /** Behind "record 0" and before everything are one place. */
    private static long endOf(final long position) {
        return position == FeedPosition.START ? FeedPosition.EVENTS_MAX : 0;
    }
}
