package io.miaojie.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.support.GivenIds;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is written into effects is read out of them. */
@Timeout(60)
class EffectsTest {
    private static final int OFFSET = 13;

    private final byte[] bytes = new byte[1024];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final EffectsWriter writer = new EffectsWriter().begin();

    @Test
    void varintsKeepEveryBit() {
        for (int bits = 0; bits <= Long.SIZE; bits++) {
            final long power = bits == Long.SIZE ? 0 : 1L << bits;
            for (final long value :
                    new long[] {power - 1, power, power + 1, power ^ 0x5555_5555_5555_5555L & power - 1}) {
                final int end = Varint.put(bytes, OFFSET, value);
                assertEquals(value, Varint.get(buffer, OFFSET));
                assertEquals(end - OFFSET, Varint.length(buffer, OFFSET));
                final int valueBits = Long.SIZE - Long.numberOfLeadingZeros(value);
                assertEquals(Math.min(9, Math.max(1, (valueBits + 6) / 7)), end - OFFSET);
                assertEquals(value, Varint.get(new UnsafeBuffer(bytes, 0, end), OFFSET), "nothing behind it");
            }
        }
    }

    @Test
    void aPoolKeepsItsBucketsAndItsId() {
        assertEquals(0, writer.pool(300, GivenIds.of("u88"), new long[] {8, 0, 99, 0, 0, -7, 8}, 1));
        assertEquals(1, writer.pool(0, IdSource.NONE, new long[5], 0));
        final EffectsReader reader = read();
        assertEquals(EffectType.POOL, reader.type());
        assertEquals(300, reader.member());
        assertEquals("u88", text(reader.idOffset(), reader.idLength()));
        assertEquals(0, reader.bucketMinor(0));
        assertEquals(99, reader.bucketMinor(1));
        assertEquals(0, reader.bucketMinor(3));
        assertEquals(7, reader.bucketMinor(4));
        assertTrue(reader.next());
        assertEquals(0, reader.idLength());
        assertFalse(reader.next());
    }

    @Test
    void grantsComeInShortAndInFull() {
        writer.grant(2, 5, 1, 120);
        writer.grantHead(1, true, 6, 0, 500);
        writer.grantRest(20, 30, 40, 50, 60, 1_800_000_000_000_000_000L, 70);
        final EffectsReader reader = read();
        assertEquals(2, reader.level());
        assertEquals(5, reader.version());
        assertEquals(1, reader.pool());
        assertEquals(120, reader.creditedMinor());
        assertEquals(120, reader.creditedChangeMinor());
        assertEquals(120, reader.instantMinor());
        assertEquals(0, reader.pendingMinor() + reader.clawedMinor() + reader.clawedChangeMinor() + reader.drawn());
        assertFalse(reader.isReleased());
        assertTrue(reader.next());
        assertEquals(1, reader.level());
        assertTrue(reader.isReleased());
        assertEquals(500, reader.creditedMinor());
        assertEquals(20, reader.creditedChangeMinor());
        assertEquals(30, reader.pendingMinor());
        assertEquals(40, reader.instantMinor());
        assertEquals(50, reader.clawedMinor());
        assertEquals(60, reader.clawedChangeMinor());
        assertEquals(1_800_000_000_000_000_000L, reader.releaseAtNs());
        assertEquals(70, reader.drawn());
        assertFalse(reader.next());
    }

    @Test
    void aGrantNamesOnlyWhatItsAmountDoesNotTell() {
        writer.grantHead(0, false, 1, 0, 500);
        writer.grantRest(500, 200, 300, 0, 0, 1_800_000_000_000_000_000L, 0);
        final int first = writer.length();
        writer.grantHead(1, false, 2, 0, 500);
        writer.grantRest(500, 200, 300, 0, 0, 1_800_000_000_000_000_000L, 0);
        assertEquals(first - 9, writer.length() - first, "the same end is not said twice");
        writer.grantHead(2, true, 3, 0, 500);
        writer.grantRest(0, 0, 0, 100, -7, 0, 0);
        final EffectsReader reader = read();
        for (int level = 0; level < 2; level++) {
            assertEquals(level, reader.level());
            assertEquals(500, reader.creditedChangeMinor());
            assertEquals(200, reader.pendingMinor());
            assertEquals(300, reader.instantMinor());
            assertEquals(0, reader.clawedMinor() + reader.clawedChangeMinor() + reader.drawn());
            assertEquals(1_800_000_000_000_000_000L, reader.releaseAtNs());
            assertTrue(reader.next());
        }
        assertEquals(0, reader.creditedChangeMinor() + reader.pendingMinor() + reader.instantMinor());
        assertEquals(100, reader.clawedMinor());
        assertEquals(-7, reader.clawedChangeMinor());
        assertEquals(0, reader.releaseAtNs());
        assertFalse(reader.next());
    }

    @Test
    void ordersComeInShortAndInFull() {
        writer.order(2, true, 9, -1);
        writer.orderHead(5, false, 10, 11, GivenIds.of("88"));
        writer.orderRest(1, 2, 3, 4, 5, 6);
        writer.orderTimes(7, 8, 3);
        writer.refundOrder(3, 1_000_000, 2, 9900, 23, 156, 999_999);
        final EffectsReader reader = read();
        assertEquals(9, reader.order());
        assertEquals(-1, reader.orderMember());
        assertEquals(2, reader.orderState());
        assertTrue(reader.isOrderMade());
        assertFalse(reader.isOrderExtended());
        assertTrue(reader.next());
        assertEquals("88", text(reader.idOffset(), reader.idLength()));
        assertEquals(11, reader.orderMember());
        assertEquals(1, reader.payableMinor());
        assertEquals(3, reader.refundedMinor());
        assertEquals(6, reader.poolReturnedMinor());
        assertEquals(8, reader.holdUntilNs());
        assertEquals(3, reader.orderFlags());
        assertTrue(reader.next());
        assertEquals(3, reader.refundOrderState());
        assertEquals(1_000_000, reader.madeSequence());
        assertEquals(2, reader.ordinal());
        assertEquals(9900, reader.amountMinor());
        assertEquals(23, reader.reason());
        assertEquals(156, reader.refundOrderCurrency());
        assertEquals(999_999, reader.paymentSequence());
        assertFalse(reader.next());
    }

    @Test
    void skipsMembersWithdrawalsAndNotesKeepWhatTheySay() {
        writer.skip(0, -1, 5);
        writer.memberHead(EffectsWriter.MEMBER_MADE | EffectsWriter.MEMBER_PROVISIONAL, 4, GivenIds.of("u88"));
        writer.memberReferrer(3, GivenIds.of("u"), 17);
        writer.withdrawalHead(4, true, 12, 77, 0);
        writer.withdrawalRest(100, 1, 2);
        writer.note(EffectNote.FIRED, 2, 300);
        final EffectsReader reader = read();
        assertEquals(-1, reader.version());
        assertEquals(5, reader.skipCode());
        assertTrue(reader.next());
        assertTrue(reader.isMemberMade() && reader.isMemberProvisional());
        assertEquals(4, reader.member());
        assertEquals(3, reader.referrer());
        assertEquals("u", text(reader.referrerIdOffset(), reader.referrerIdLength()));
        assertEquals(17, reader.boundUntilNs());
        assertTrue(reader.next());
        assertEquals(4, reader.withdrawalState());
        assertTrue(reader.isQueryDue());
        assertEquals(12, reader.withdrawalIndex());
        assertEquals(77, reader.madeSequence());
        assertEquals(100, reader.amountMinor());
        assertEquals(2, reader.taxMinor());
        assertTrue(reader.next());
        assertEquals(EffectNote.FIRED, reader.note());
        assertEquals(300, reader.noteSecond());
        assertFalse(reader.next());
    }

    private EffectsReader read() {
        final int length = writer.putField(buffer, OFFSET) - Short.BYTES;
        final EffectsReader reader = new EffectsReader().wrap(buffer, OFFSET + Short.BYTES, length);
        assertTrue(reader.next());
        return reader;
    }

    private String text(final int offset, final int length) {
        return buffer.getStringWithoutLengthAscii(offset, length);
    }
}
