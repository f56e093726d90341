package io.miaojie.wire;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Writes what a record changed: the field {@code effects} of {@code SettledOutcome}. Entries stand one after the other;
 * each begins with a tag, {@link EffectType} in its low three bits and a detail in the five above; then numbers as
 * varints and ids as a length byte and bytes. Amounts are absolute: the state after the record, so that whoever reads
 * needs no rule.
 *
 * <pre>
 *  POOL         detail: mask of buckets that are not zero   member, id, one amount per bit (debt: what is owed)
 *  GRANT        detail: level | EXTENDED | RELEASED         version, pool, credited [, mask, those that it names of:
 *                                                           creditedChange, pending, instant, clawed, clawedChange,
 *                                                           releaseAtNs, drawn]
 *  SKIP         detail: level                               version + 1 (0: the whole fact), code
 *  ORDER        detail: state | MADE | EXTENDED             order + 1, member + 1 [, id, payable, captured, refunded,
 *                                                           pool spendable, pool withdrawable, pool returned, payByNs,
 *                                                           holdUntilNs, flags]
 *  REFUND_ORDER detail: state                               sequence and ordinal that made it, amount, reason
 *  WITHDRAWAL   detail: state | QUERY_DUE                   index, sequence that made it, pool, amount, fee, tax
 *  MEMBER       detail: MADE | PROVISIONAL | BOUND          member, id, referrer + 1, id of the referrer, boundUntilNs
 *  NOTE         detail: EffectNote                          first, second, text
 * </pre>
 *
 * An id is empty where the command names it. {@code pool} is the ordinal of a POOL entry that stands before. What a
 * grant does not name: creditedChange is credited; instant is what is neither pending nor clawed, and 0 once it is
 * released; the rest is 0. A clawedChange below 0 was given back.
 *
 * <p>Thread: one. Allocates: nothing. Units: minor, epoch nanoseconds.
 */
public final class EffectsWriter {
    /** Most bytes of the effects of one record. */
    public static final int LENGTH_MAX = 60_000;

    static final int DETAIL_SHIFT = 3;
    static final int LEVEL_MASK = 3;
    static final int GRANT_EXTENDED = 1 << 2;
    static final int GRANT_RELEASED = 1 << 3;
    static final int CREDITED_CHANGE = 1;
    static final int PENDING = 1 << 1;
    static final int INSTANT = 1 << 2;
    static final int CLAWED = 1 << 3;
    static final int CLAWED_CHANGE = 1 << 4;
    static final int RELEASE_AT = 1 << 5;

    /** The hold ends with that of the grant before: grants of one payment mostly do. */
    static final int RELEASE_AT_SAME = 1 << 6;

    static final int DRAWN = 1 << 7;
    static final int ORDER_STATE_MASK = 7;
    static final int ORDER_MADE = 1 << 3;
    static final int ORDER_EXTENDED = 1 << 4;
    static final int WITHDRAWAL_STATE_MASK = 15;
    static final int WITHDRAWAL_QUERY_DUE = 1 << 4;

    /** Of a member that the record made. */
    public static final int MEMBER_MADE = 1;

    public static final int MEMBER_PROVISIONAL = 1 << 1;

    /** Of a member that the record bound, to somebody or to nobody. */
    public static final int MEMBER_BOUND = 1 << 2;

    private MutableDirectBuffer buffer;
    private int begin;
    private int at;
    private int poolCount;
    private boolean isReleased;
    private long creditedMinor;
    private long releaseAtNs;

    /** Begins the effects of a record here; up to eight bytes behind their end may be written over. */
    public EffectsWriter begin(final MutableDirectBuffer newBuffer, final int offset) {
        if (buffer != newBuffer) { // a stored reference costs a barrier of the collector
            buffer = newBuffer;
        }
        begin = offset;
        at = offset;
        poolCount = 0;
        releaseAtNs = 0;
        return this;
    }

    /** Returns the bytes written since {@link #begin}. */
    public int length() {
        return at - begin;
    }

    /**
     * Writes the head of a pool; {@link #amount} follows for each bit of the mask, lowest first.
     *
     * @param mask which of the five buckets are not zero, bit 0: pending
     * @return the ordinal of the entry, for grants and withdrawals of this pool
     */
    public int pool(final int mask, final int member, final DirectBuffer id, final int idOffset, final int idLength) {
        tag(EffectType.POOL, mask);
        number(member);
        text(id, idOffset, idLength);
        return poolCount++;
    }

    /** Writes one amount of a pool, above 0. */
    public void amount(final long amountMinor) {
        number(amountMinor);
    }

    /** Writes a grant that is spendable in full at once and not released. */
    public void grant(final int level, final int version, final int pool, final long creditedMinor) {
        tag(EffectType.GRANT, level);
        number(version);
        number(pool);
        number(creditedMinor);
    }

    /** Writes the head of any other grant; {@link #grantRest} follows. */
    public void grantHead(
            final int level, final boolean released, final int version, final int pool, final long credited) {
        tag(EffectType.GRANT, level | GRANT_EXTENDED | (released ? GRANT_RELEASED : 0));
        number(version);
        number(pool);
        number(credited);
        isReleased = released;
        creditedMinor = credited;
    }

    /** Writes what a grant of {@link #grantHead} has beside its credits. */
    public void grantRest(
            final long creditedChangeMinor,
            final long pendingMinor,
            final long instantMinor,
            final long clawedMinor,
            final long clawedChangeMinor,
            final long holdEndsAtNs,
            final long drawn) {
        final int maskAt = at++;
        int mask = optional(CREDITED_CHANGE, creditedChangeMinor, creditedMinor);
        mask |= optional(PENDING, pendingMinor, 0);
        mask |= optional(INSTANT, instantMinor, instantMinor(isReleased, creditedMinor, clawedMinor, pendingMinor));
        mask |= optional(CLAWED, clawedMinor, 0);
        mask |= optional(CLAWED_CHANGE, clawedChangeMinor, 0);
        if (holdEndsAtNs != 0 && holdEndsAtNs == releaseAtNs) {
            mask |= RELEASE_AT_SAME;
        } else if (holdEndsAtNs != 0) {
            mask |= optional(RELEASE_AT, holdEndsAtNs, 0);
            releaseAtNs = holdEndsAtNs;
        }
        mask |= optional(DRAWN, drawn, 0);
        buffer.putByte(maskAt, (byte) mask);
    }

    /** Returns the instant part of a grant that does not name it. */
    static long instantMinor(
            final boolean isReleased, final long creditedMinor, final long clawedMinor, final long pendingMinor) {
        return isReleased ? 0 : creditedMinor - clawedMinor - pendingMinor;
    }

    /** Writes why a campaign version, or with -1 the whole fact, earned nothing or less. */
    public void skip(final int level, final int version, final int code) {
        tag(EffectType.SKIP, level);
        number(version + 1);
        number(code);
    }

    /**
     * Writes an order in short: what the command does not tell.
     *
     * @param order -1: the grants that follow are of no order
     */
    public void order(final int state, final boolean isMade, final int order, final int member) {
        tag(EffectType.ORDER, state | (isMade ? ORDER_MADE : 0));
        number(order + 1);
        number(member + 1);
    }

    /** Writes the head of an order in full; nine numbers follow through {@link #orderRest} and {@link #orderTimes}. */
    public void orderHead(
            final int state,
            final boolean isMade,
            final int order,
            final int member,
            final DirectBuffer id,
            final int idOffset,
            final int idLength) {
        tag(EffectType.ORDER, state | ORDER_EXTENDED | (isMade ? ORDER_MADE : 0));
        number(order + 1);
        number(member + 1);
        text(id, idOffset, idLength);
    }

    /** Writes the amounts of an order of {@link #orderHead}. */
    public void orderRest(
            final long payableMinor,
            final long capturedMinor,
            final long refundedMinor,
            final long poolSpendableMinor,
            final long poolWithdrawableMinor,
            final long poolReturnedMinor) {
        number(payableMinor);
        number(capturedMinor);
        number(refundedMinor);
        number(poolSpendableMinor);
        number(poolWithdrawableMinor);
        number(poolReturnedMinor);
    }

    /** Writes the end of an order of {@link #orderHead}. */
    public void orderTimes(final long payByNs, final long holdUntilNs, final int flags) {
        number(payByNs);
        number(holdUntilNs);
        number(flags);
    }

    /** Writes a refund order; its id is made of the sequence and the ordinal that made it. */
    public void refundOrder(
            final int state, final long madeSequence, final int ordinal, final long amountMinor, final int reason) {
        tag(EffectType.REFUND_ORDER, state);
        number(madeSequence);
        number(ordinal);
        number(amountMinor);
        number(reason);
    }

    /** Writes the head of a withdrawal; {@link #withdrawalRest} follows. */
    public void withdrawalHead(
            final int state, final boolean isQueryDue, final int index, final long madeSequence, final int pool) {
        tag(EffectType.WITHDRAWAL, state | (isQueryDue ? WITHDRAWAL_QUERY_DUE : 0));
        number(index);
        number(madeSequence);
        number(pool);
    }

    /** Writes the amounts of a withdrawal. */
    public void withdrawalRest(final long amountMinor, final long feeMinor, final long taxMinor) {
        number(amountMinor);
        number(feeMinor);
        number(taxMinor);
    }

    /**
     * Writes the head of a member; {@link #memberReferrer} follows.
     *
     * @param flags {@code MEMBER_...}
     */
    public void memberHead(
            final int flags, final int member, final DirectBuffer id, final int idOffset, final int idLength) {
        tag(EffectType.MEMBER, flags);
        number(member);
        text(id, idOffset, idLength);
    }

    /** Writes who brought the member, -1: nobody. */
    public void memberReferrer(
            final int referrer,
            final DirectBuffer id,
            final int idOffset,
            final int idLength,
            final long boundUntilNs) {
        number(referrer + 1);
        text(id, idOffset, idLength);
        number(boundUntilNs);
    }

    /** Writes a note without text. */
    public void note(final EffectNote note, final long first, final long second) {
        note(note, first, second, null, 0, 0);
    }

    public void note(
            final EffectNote note,
            final long first,
            final long second,
            final DirectBuffer text,
            final int textOffset,
            final int textLength) {
        tag(EffectType.NOTE, note.number());
        number(first);
        number(second);
        text(text, textOffset, textLength);
    }

    private void tag(final EffectType type, final int detail) {
        buffer.putByte(at++, (byte) (type.number() | detail << DETAIL_SHIFT));
    }

    /** Writes a number unless it is the one that is expected; returns its bit of the mask, or 0. */
    private int optional(final int bit, final long value, final long expected) {
        if (value == expected) {
            return 0;
        }
        number(value);
        return bit;
    }

    private void number(final long value) {
        at = Varint.put(buffer, at, value);
    }

    private void text(final DirectBuffer text, final int offset, final int length) {
        buffer.putByte(at++, (byte) length);
        if (length > 0) {
            buffer.putBytes(at, text, offset, length);
            at += length;
        }
    }
}
