package io.miaojie.wire;

import org.agrona.DirectBuffer;

/**
 * Reads effects entry by entry, see {@link EffectsWriter}. A reused view: what an accessor returns is of the entry that
 * {@link #next} moved to; accessors of another type mean nothing. Thread: one. Allocates: nothing.
 */
public final class EffectsReader {
    private static final int NUMBERS_MAX = 16;
    private static final int BUCKETS = 5;
    private static final int GRANT_HEAD = 3;
    private static final int GRANT_REST = 7;

    /** Places in the rest of a grant of what is not 0 as a rule. */
    private static final int CREDITED_CHANGE = 0;

    private static final int INSTANT = 2;
    private static final int RELEASE_AT = 5;

    private final long[] numbers = new long[NUMBERS_MAX];
    private final int[] textOffsets = new int[2];
    private final int[] textLengths = new int[2];
    private DirectBuffer buffer;
    private int at;
    private int end;
    private EffectType type;
    private int detail;
    private int numberCount;
    private int textCount;
    private long grantReleaseAtNs;

    /** Moves the view before the first entry. */
    public EffectsReader wrap(final DirectBuffer newBuffer, final int offset, final int length) {
        buffer = newBuffer;
        at = offset;
        end = offset + length;
        type = null;
        grantReleaseAtNs = 0;
        return this;
    }

    /** Moves to the next entry; false: there is none. */
    public boolean next() {
        if (at >= end) {
            return false;
        }
        final int tag = buffer.getByte(at++) & 0xFF;
        type = EffectType.ofTag(tag);
        detail = EffectType.detail(tag);
        numberCount = 0;
        textCount = 0;
        switch (type) {
            case POOL -> readPool();
            case GRANT -> readGrant();
            case SKIP -> numbers(2);
            case ORDER -> readOrder();
            case REFUND_ORDER -> numbers(6);
            case WITHDRAWAL -> numbers(6);
            case MEMBER -> readMember();
            case NOTE -> readNote();
        }
        return true;
    }

    public EffectType type() {
        return type;
    }

    /** Returns the buffer that the ids and texts stand in. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Returns where the entry's id or text begins. */
    public int idOffset() {
        return textOffsets[0];
    }

    /** Returns the bytes of the entry's id or text; 0: the command names it. */
    public int idLength() {
        return textLengths[0];
    }

    // POOL, MEMBER

    /** Returns the member of a pool or member entry. */
    public int member() {
        return (int) numbers[0];
    }

    /** Returns a bucket of a pool; bucket 4, debt: what is owed, at or above 0. */
    public long bucketMinor(final int bucket) {
        return numbers[1 + bucket];
    }

    public boolean isMemberMade() {
        return (detail & EffectsWriter.MEMBER_MADE) != 0;
    }

    public boolean isMemberProvisional() {
        return (detail & EffectsWriter.MEMBER_PROVISIONAL) != 0;
    }

    /** Tells whether the record bound the member: its referrer, or that it has none, is new. */
    public boolean isMemberBound() {
        return (detail & EffectsWriter.MEMBER_BOUND) != 0;
    }

    /** Returns who brought the member, -1: nobody. */
    public int referrer() {
        return (int) numbers[1] - 1;
    }

    public int referrerIdOffset() {
        return textOffsets[1];
    }

    public int referrerIdLength() {
        return textLengths[1];
    }

    /** Returns until when the binding holds, 0: for ever. */
    public long boundUntilNs() {
        return numbers[2];
    }

    // GRANT, SKIP

    /** Returns who is rewarded: 0 the buyer, 1 and 2 the parents, 3 the clerk. */
    public int level() {
        return detail & EffectsWriter.LEVEL_MASK;
    }

    /** Returns the index of the campaign version; of a skip: -1 is the whole fact. */
    public int version() {
        return type == EffectType.SKIP ? (int) numbers[0] - 1 : (int) numbers[0];
    }

    public int skipCode() {
        return (int) numbers[1];
    }

    /** Returns the ordinal of the POOL entry that a grant or withdrawal is paid into or out of. */
    public int pool() {
        return type == EffectType.WITHDRAWAL ? (int) numbers[2] : (int) numbers[1];
    }

    public boolean isReleased() {
        return (detail & EffectsWriter.GRANT_RELEASED) != 0;
    }

    /** Tells whether the grant is more than spendable in full at once. */
    public boolean isGrantExtended() {
        return (detail & EffectsWriter.GRANT_EXTENDED) != 0;
    }

    public long creditedMinor() {
        return numbers[2];
    }

    public long creditedChangeMinor() {
        return numbers[3];
    }

    public long pendingMinor() {
        return numbers[4];
    }

    public long instantMinor() {
        return numbers[5];
    }

    public long clawedMinor() {
        return numbers[6];
    }

    public long clawedChangeMinor() {
        return numbers[7];
    }

    /** Returns when the hold ends, 0: not known yet. */
    public long releaseAtNs() {
        return numbers[8];
    }

    /** Returns what random terms drew, 0: nothing was drawn. */
    public long drawn() {
        return numbers[9];
    }

    // ORDER

    /** Returns the order's index, -1: none. */
    public int order() {
        return (int) numbers[0] - 1;
    }

    /** Returns the order's member, -1: none. */
    public int orderMember() {
        return (int) numbers[1] - 1;
    }

    /** Returns the number of {@code OrderState}. */
    public int orderState() {
        return detail & EffectsWriter.ORDER_STATE_MASK;
    }

    public boolean isOrderMade() {
        return (detail & EffectsWriter.ORDER_MADE) != 0;
    }

    /** Tells whether the amounts and times below are there. */
    public boolean isOrderExtended() {
        return (detail & EffectsWriter.ORDER_EXTENDED) != 0;
    }

    public long payableMinor() {
        return numbers[2];
    }

    public long capturedMinor() {
        return numbers[3];
    }

    public long refundedMinor() {
        return numbers[4];
    }

    /** Returns the pool money of the order that came from spendable. */
    public long poolSpendableMinor() {
        return numbers[5];
    }

    public long poolWithdrawableMinor() {
        return numbers[6];
    }

    /** Returns the pool money that refunds gave back. */
    public long poolReturnedMinor() {
        return numbers[7];
    }

    public long payByNs() {
        return numbers[8];
    }

    public long holdUntilNs() {
        return numbers[9];
    }

    /** Returns bit 0: releases are paused by an after-sale; bit 1: delivered. */
    public int orderFlags() {
        return (int) numbers[10];
    }

    // REFUND_ORDER, WITHDRAWAL

    /** Returns the number of {@code RefundOrderState}. */
    public int refundOrderState() {
        return detail;
    }

    /** Returns the number of {@code WithdrawalState}. */
    public int withdrawalState() {
        return detail & EffectsWriter.WITHDRAWAL_STATE_MASK;
    }

    public boolean isQueryDue() {
        return (detail & EffectsWriter.WITHDRAWAL_QUERY_DUE) != 0;
    }

    public int withdrawalIndex() {
        return (int) numbers[0];
    }

    /** Returns the sequence of the record that made the refund order or the withdrawal. */
    public long madeSequence() {
        return type == EffectType.WITHDRAWAL ? numbers[1] : numbers[0];
    }

    /** Returns the place of the refund order among those of its record. */
    public int ordinal() {
        return (int) numbers[1];
    }

    /** Returns the amount of a refund order or a withdrawal. */
    public long amountMinor() {
        return type == EffectType.WITHDRAWAL ? numbers[3] : numbers[2];
    }

    /** Returns the code that says why a refund order was made. */
    public int reason() {
        return (int) numbers[3];
    }

    /** Returns the currency of a refund order. */
    public int refundOrderCurrency() {
        return (int) numbers[4];
    }

    /** Returns the sequence of the payment that a refund order gives back. */
    public long paymentSequence() {
        return numbers[5];
    }

    public long feeMinor() {
        return numbers[4];
    }

    public long taxMinor() {
        return numbers[5];
    }

    // NOTE

    public EffectNote note() {
        return EffectNote.of(detail);
    }

    public long noteFirst() {
        return numbers[0];
    }

    public long noteSecond() {
        return numbers[1];
    }

    /** Returns the number at this place of a note. */
    public long noteNumber(final int place) {
        return numbers[place];
    }

    private void readPool() {
        numbers(1);
        text();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            if ((detail & 1 << bucket) != 0) {
                numbers(1);
            } else {
                numbers[numberCount++] = 0;
            }
        }
    }

    private void readGrant() {
        numbers(GRANT_HEAD);
        final int mask = isGrantExtended() ? buffer.getByte(at++) : 0;
        for (int i = 0; i < GRANT_REST; i++) {
            if ((mask & 1 << i) != 0) {
                numbers(1);
            } else {
                numbers[numberCount++] = 0;
            }
        }
        if ((mask & 1 << CREDITED_CHANGE) == 0) {
            numbers[GRANT_HEAD + CREDITED_CHANGE] = creditedMinor();
        }
        if ((mask & 1 << INSTANT) == 0) {
            numbers[GRANT_HEAD + INSTANT] =
                    EffectsWriter.instantMinor(isReleased(), creditedMinor(), pendingMinor(), clawedMinor());
        }
        if ((mask & EffectsWriter.GRANT_RELEASE_AT_SAME) != 0) {
            numbers[GRANT_HEAD + RELEASE_AT] = grantReleaseAtNs;
        }
        if (isGrantExtended()) {
            grantReleaseAtNs = releaseAtNs();
        }
    }

    private void readOrder() {
        numbers(2);
        if (isOrderExtended()) {
            text();
            numbers(9);
        } else {
            textLengths[0] = 0;
        }
    }

    private void readMember() {
        numbers(1);
        text();
        numbers(1);
        text();
        numbers(1);
    }

    private void readNote() {
        numbers(note().numberCount());
        text();
    }

    private void numbers(final int count) {
        for (int i = 0; i < count; i++) {
            numbers[numberCount++] = Varint.get(buffer, at);
            at += Varint.length(buffer, at);
        }
    }

    private void text() {
        textLengths[textCount] = buffer.getByte(at) & 0xFF;
        textOffsets[textCount] = at + 1;
        at += 1 + textLengths[textCount++];
    }
}
