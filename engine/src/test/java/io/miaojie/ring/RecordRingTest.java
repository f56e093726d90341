package io.miaojie.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Room, laps and memory of the record ring, at the smallest scale. */
@Timeout(60)
class RecordRingTest {
    private final RecordRing ring = new RecordRing(128, 4);

    @Test
    void givesNoRoomThatIsNotReleased() {
        ring.startBehind(10);
        keep(11, 60);
        keep(12, 60);
        assertFalse(ring.tryClaim(20));
        ring.release(60, 11);
        assertTrue(ring.tryClaim(20));
        assertEquals(0, ring.offsetOf(ring.head()), "eight bytes at the end are skipped");
    }

    @Test
    void findsARecordUntilItsBytesAreClaimedAnew() {
        ring.startBehind(10);
        keep(11, 60);
        keep(12, 60);
        ring.release(120, 12);
        assertTrue(ring.tryClaim(40));
        assertEquals(RecordRing.OVERWRITTEN, ring.find(11));
        assertEquals(60, ring.find(12));
        assertTrue(ring.tryClaim(61));
        assertEquals(RecordRing.OVERWRITTEN, ring.find(12));
    }

    @Test
    void findsNothingItHasNotSeen() {
        ring.startBehind(10);
        assertTrue(ring.tryClaim(10));
        assertEquals(RecordRing.OVERWRITTEN, ring.find(10));
        assertEquals(RecordRing.OVERWRITTEN, ring.find(11));
    }

    @Test
    void listsNoMoreRecordsThanItMay() {
        ring.startBehind(0);
        for (int sequence = 1; sequence <= 4; sequence++) {
            keep(sequence, 10);
        }
        assertFalse(ring.tryClaim(10), "a fifth would take the place of the first");
        ring.release(10, 1);
        keep(5, 10);
        assertEquals(RecordRing.OVERWRITTEN, ring.find(1));
        assertEquals(10, ring.find(2));
    }

    private void keep(final long sequence, final int length) {
        assertTrue(ring.tryClaim(length));
        ring.keepRecord(sequence, length);
    }
}
