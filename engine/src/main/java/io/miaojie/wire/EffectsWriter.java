package io.miaojie.wire;

import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.SettledOutcomeEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes what a record changed: the field {@code effects} of {@code SettledOutcome}. Entries stand one after the other;
 * each begins with a tag, {@link EffectType} in its low three bits and a detail in the five above; then numbers as
 * varints and ids as a length byte and bytes. Amounts are absolute: the state after the record, so that whoever reads
 * needs no rule.
 *
 * <pre>
 *  POOL         detail: mask of buckets that are not zero   member, id, one amount per bit (debt: what is owed)
 *  GRANT        detail: level | EXTENDED | RELEASED         version, pool, credited [, mask, and of these what the mask
 *                                                           names: creditedChange, pending, instant, clawed,
 *                                                           clawedChange, releaseAtNs, drawn]
 *  SKIP         detail: level                               version + 1 (0: the whole fact), code
 *  ORDER        detail: state | MADE | EXTENDED             order + 1, member + 1 [, id, payable, captured, refunded,
 *                                                           pool spendable, pool withdrawable, pool returned, payByNs,
 *                                                           holdUntilNs, flags]
 *  REFUND_ORDER detail: state                               sequence and ordinal that made it, amount, reason,
 *                                                           currency, sequence of the payment
 *  WITHDRAWAL   detail: state | QUERY_DUE                   index, sequence that made it, pool, amount, fee, tax
 *  MEMBER       detail: MADE | PROVISIONAL | BOUND          member, id, referrer + 1, id of the referrer, boundUntilNs
 *  NOTE         detail: EffectNote                          as many numbers as the note has, text
 * </pre>
 *
 * An id is empty where the command names it. {@code pool} is the ordinal of a POOL entry that stands before. What of a
 * grant is not there: creditedChange is credited; instant is what is neither pending nor clawed, once released 0; the
 * rest is 0, or releaseAtNs that of the grant before where the mask says {@link #GRANT_RELEASE_AT_SAME}. A clawedChange
 * below 0 was given back.
 *
 * <p>Thread: one. Allocates: nothing. Units: minor, epoch nanoseconds.
 */
public final class EffectsWriter {
    /** Most bytes of the effects of one record. */
    public static final int LENGTH_MAX = 60_000;

    /** A record that was not foreseen to be so long is still written in full. */
    private static final int SLACK = 5_500;

    private static final int BUCKETS = 5;
    private static final int BODY_OFFSET = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int CODE_OFFSET = BODY_OFFSET + SettledOutcomeEncoder.codeEncodingOffset();
    private static final int CURRENCY_OFFSET = BODY_OFFSET + SettledOutcomeEncoder.currencyEncodingOffset();
    private static final int STATUS_OFFSET = BODY_OFFSET + SettledOutcomeEncoder.statusEncodingOffset();

    /** Where the length of the entries stands: in an outcome, and before the entries in any case. */
    private static final int FIELD_OFFSET = BODY_OFFSET + SettledOutcomeEncoder.BLOCK_LENGTH;

    /** Where the entries begin: before them is room for the rest of an outcome. */
    private static final int ENTRIES_OFFSET = FIELD_OFFSET + SettledOutcomeEncoder.effectsHeaderLength();

    static final int LEVEL_MASK = 3;
    static final int GRANT_EXTENDED = 1 << 2;
    static final int GRANT_RELEASED = 1 << 3;

    /** The hold ends with that of the grant before: grants of one payment mostly do. */
    static final int GRANT_RELEASE_AT_SAME = 1 << 7;

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

    /** An array, not a buffer: what the compiler knows to be one it need not read again after each store. */
    private final byte[] bytes = new byte[ENTRIES_OFFSET + LENGTH_MAX + SLACK];

    private int at = ENTRIES_OFFSET;
    private int poolCount;
    private boolean isGrantReleased;
    private long grantCreditedMinor;
    private long grantReleaseAtNs;

    public EffectsWriter() {
        new SettledOutcomeEncoder().wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, new MessageHeaderEncoder());
    }

    /** Begins the effects of a record. */
    public EffectsWriter begin() {
        at = ENTRIES_OFFSET;
        poolCount = 0;
        grantReleaseAtNs = 0;
        return this;
    }

    /** Returns the bytes of the entries written since {@link #begin}. */
    public int length() {
        return at - ENTRIES_OFFSET;
    }

    /** Appends the entries of another writer. */
    public void append(final EffectsWriter other) {
        System.arraycopy(other.bytes, ENTRIES_OFFSET, bytes, at, other.length());
        at += other.length();
    }

    /** Puts a whole {@code SettledOutcome} with the entries into a buffer and returns its length. */
    public int putOutcome(
            final MutableDirectBuffer target, final int offset, final int code, final int currency, final int status) {
        LittleEndian.putShort(bytes, CODE_OFFSET, code);
        LittleEndian.putShort(bytes, CURRENCY_OFFSET, currency);
        bytes[STATUS_OFFSET] = (byte) status;
        return put(target, offset, 0);
    }

    /** Puts the entries behind their length, a field of any message, into a buffer and returns the length of both. */
    public int putField(final MutableDirectBuffer target, final int offset) {
        return put(target, offset, FIELD_OFFSET);
    }

    private int put(final MutableDirectBuffer target, final int offset, final int from) {
        LittleEndian.putShort(bytes, FIELD_OFFSET, length());
        target.putBytes(offset, bytes, from, at - from);
        return at - from;
    }

    /**
     * Writes a pool.
     *
     * @param ids of members
     * @param balances five, one for each bucket, from {@code first} on; of debt either sign
     * @return the ordinal of the entry, for grants and withdrawals of this pool
     */
    public int pool(final int member, final IdSource ids, final long[] balances, final int first) {
        // As in other entries of each payment, the place is a local: a field would be stored for each number.
        int to = Varint.put(bytes, at + 1, member);
        to = ids.putId(member, bytes, to);
        int mask = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            final long minor = balances[first + bucket];
            if (minor != 0) {
                mask |= 1 << bucket;
                to = Varint.put(bytes, to, Math.abs(minor));
            }
        }
        putTag(at, EffectType.POOL, mask);
        at = to;
        return poolCount++;
    }

    /** Writes a grant that is spendable in full at once and not released. */
    public void grant(final int level, final int version, final int pool, final long creditedMinor) {
        putGrant(level, version, pool, creditedMinor);
    }

    /** Writes the head of any other grant; {@link #grantRest} follows. */
    public void grantHead(
            final int level, final boolean isReleased, final int version, final int pool, final long creditedMinor) {
        putGrant(level | GRANT_EXTENDED | (isReleased ? GRANT_RELEASED : 0), version, pool, creditedMinor);
        grantCreditedMinor = creditedMinor;
        isGrantReleased = isReleased;
    }

    /** Writes what a grant of {@link #grantHead} has beside its credits, as far as it is not what it is as a rule. */
    public void grantRest(
            final long creditedChangeMinor,
            final long pendingMinor,
            final long instantMinor,
            final long clawedMinor,
            final long clawedChangeMinor,
            final long releaseAtNs,
            final long drawn) {
        final int maskAt = at++;
        int mask = 0;
        mask |= unless(creditedChangeMinor, grantCreditedMinor);
        mask |= unless(pendingMinor, 0) << 1;
        mask |= unless(instantMinor, instantMinor(isGrantReleased, grantCreditedMinor, pendingMinor, clawedMinor)) << 2;
        mask |= unless(clawedMinor, 0) << 3;
        mask |= unless(clawedChangeMinor, 0) << 4;
        if (releaseAtNs != 0 && releaseAtNs == grantReleaseAtNs) {
            mask |= GRANT_RELEASE_AT_SAME;
        } else {
            mask |= unless(releaseAtNs, 0) << 5;
            grantReleaseAtNs = releaseAtNs;
        }
        mask |= unless(drawn, 0) << 6;
        bytes[maskAt] = (byte) mask;
    }

    /** Returns the instant part of a grant that does not name it. */
    static long instantMinor(
            final boolean isReleased, final long creditedMinor, final long pendingMinor, final long clawedMinor) {
        return isReleased ? 0 : creditedMinor - pendingMinor - clawedMinor;
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
        int to = putTag(at, EffectType.ORDER, state | (isMade ? ORDER_MADE : 0));
        to = Varint.put(bytes, to, order + 1);
        at = Varint.put(bytes, to, member + 1);
    }

    /**
     * Writes the head of an order in full; nine numbers follow through {@link #orderRest} and {@link #orderTimes}.
     *
     * @param ids of orders
     */
    public void orderHead(
            final int state, final boolean isMade, final int order, final int member, final IdSource ids) {
        tag(EffectType.ORDER, state | ORDER_EXTENDED | (isMade ? ORDER_MADE : 0));
        number(order + 1);
        number(member + 1);
        at = ids.putId(order, bytes, at);
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

    /**
     * Writes a refund order; its id is made of the sequence and the ordinal that made it.
     *
     * @param paymentSequence record of the payment that is to go back
     */
    public void refundOrder(
            final int state,
            final long madeSequence,
            final int ordinal,
            final long amountMinor,
            final int reason,
            final int currency,
            final long paymentSequence) {
        tag(EffectType.REFUND_ORDER, state);
        number(madeSequence);
        number(ordinal);
        number(amountMinor);
        number(reason);
        number(currency);
        number(paymentSequence);
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
     * @param ids of members
     */
    public void memberHead(final int flags, final int member, final IdSource ids) {
        tag(EffectType.MEMBER, flags);
        number(member);
        at = ids.putId(member, bytes, at);
    }

    /** Writes who brought the member, -1: nobody. */
    public void memberReferrer(final int referrer, final IdSource ids, final long boundUntilNs) {
        number(referrer + 1);
        at = ids.putId(referrer, bytes, at);
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

    /** Writes the head of a group or an entry; as many {@link #noteNumber}s as it has and {@link #noteText} follow. */
    public void noteHead(final EffectNote note) {
        tag(EffectType.NOTE, note.number());
    }

    public void noteNumber(final long value) {
        number(value);
    }

    public void noteText(final DirectBuffer text, final int offset, final int length) {
        text(text, offset, length);
    }

    private void putGrant(final int detail, final int version, final int pool, final long creditedMinor) {
        int to = at;
        if ((version | pool) < Varint.MORE) { // as a rule: written together, and what stands behind is written over
            final int numbers = Varint.single(version) | Varint.single(pool) << Byte.SIZE;
            LittleEndian.putInt(bytes, to, EffectType.GRANT.tag(detail) | numbers << Byte.SIZE);
            to += 3;
        } else {
            to = putTag(to, EffectType.GRANT, detail);
            to = Varint.put(bytes, to, version);
            to = Varint.put(bytes, to, pool);
        }
        at = Varint.put(bytes, to, creditedMinor);
    }

    private void tag(final EffectType type, final int detail) {
        at = putTag(at, type, detail);
    }

    private int putTag(final int to, final EffectType type, final int detail) {
        bytes[to] = (byte) type.tag(detail);
        return to + 1;
    }

    private void number(final long value) {
        at = Varint.put(bytes, at, value);
    }

    /** Writes a value unless it is what it is as a rule; returns 1 when it was written. */
    private int unless(final long value, final long rule) {
        if (value == rule) {
            return 0;
        }
        number(value);
        return 1;
    }

    private void text(final DirectBuffer text, final int offset, final int length) {
        bytes[at++] = (byte) length;
        if (length > 0) {
            text.getBytes(offset, bytes, at, length);
            at += length;
        }
    }
}
