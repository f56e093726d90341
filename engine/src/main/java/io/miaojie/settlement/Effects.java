package io.miaojie.settlement;

import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.Pools;
import io.miaojie.settlement.part.Withdrawals;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectsWriter;
import io.miaojie.wire.IdSource;
import io.miaojie.wire.ResultCode;
import org.agrona.DirectBuffer;

/**
 * Collects what one record touches, each row once, and writes {@code SettledOutcome} from the state at its end. A
 * command calls {@link #begin}, tells what it touches while it carries itself out, and returns {@link #write}.
 *
 * <p>Thread: settlement. Allocates: nothing once lists have grown to the size of the largest record.
 */
final class Effects {
    private static final int EXPECTED = 64;

    /** Most bytes of an entry of a member or a pool: an id beside a tag and numbers. */
    private static final int ENTRY_MAX = 350;

    /**
     * What one firing of a timer writes at most: an order with each grant and seat that it can have, and their pools.
     */
    private static final int FIRING_MAX = 30_000;

    private final Members members;
    private final Pools pools;
    private final Withdrawals withdrawals;
    private final Touched touchedMembers = new Touched(EXPECTED);
    private final Touched touchedPools = new Touched(EXPECTED);
    private final Touched touchedWithdrawals = new Touched(EXPECTED);
    private final OrderEffects orders;
    private final RosterEffects rosters;
    private final EffectsWriter writer = new EffectsWriter();
    private final EffectsWriter tail = new EffectsWriter();

    private int namedMember;

    Effects(final State state) {
        this.members = state.members();
        this.pools = state.pools();
        this.withdrawals = state.withdrawals();
        this.orders = new OrderEffects(state, touchedPools);
        this.rosters = new RosterEffects(state);
    }

    /**
     * Begins the effects of a record.
     *
     * @param member whom the command names, -1: nobody; its id is left out
     * @param order that the command names, -1: none; its id is left out
     */
    void begin(final int member, final int order) {
        namedMember = member;
        touchedMembers.clear();
        touchedPools.clear();
        touchedWithdrawals.clear();
        orders.clear(order);
        rosters.clear();
        tail.begin();
    }

    /** Names the member that the command names, once it is made. */
    void name(final int member) {
        namedMember = member;
    }

    /** Returns the orders, grants and refund orders of the record. */
    OrderEffects orders() {
        return orders;
    }

    /** Returns the groups and entries of the record. */
    RosterEffects rosters() {
        return rosters;
    }

    /** Tells of a member that was made or named. */
    void touchMember(final int member, final boolean isMade) {
        touchedMembers.raise(touchedMembers.touch(member), isMade ? 1 : 0, 0);
    }

    /** Tells of a member that is bound to another parent, or to none. */
    void bindMember(final int member) {
        touchedMembers.raise(touchedMembers.touch(member), 0, 1);
    }

    /** Tells of a pool whose buckets change. */
    void touchPool(final int pool) {
        touchedPools.touch(pool);
    }

    /** Tells of a withdrawal that is made or changes its state, and with it of its pool. */
    void touchWithdrawal(final int withdrawal) {
        touchPool(withdrawals.pool(withdrawal));
        touchedWithdrawals.touch(withdrawal);
    }

    /** Tells what is wrong with the fact as a whole. */
    void skip(final ResultCode code) {
        tail.skip(0, -1, code.number());
    }

    /** Tells why a campaign version gives nothing to a level. */
    void skip(final int level, final int version, final int code) {
        tail.skip(level, version, code);
    }

    void note(final EffectNote note, final long first, final long second) {
        tail.note(note, first, second);
    }

    void note(
            final EffectNote note,
            final long first,
            final long second,
            final DirectBuffer text,
            final int textOffset,
            final int textLength) {
        tail.note(note, first, second, text, textOffset, textLength);
    }

    /**
     * Tells what happened to a booking.
     *
     * @param what as {@link EffectNote#BOOKING} numbers it
     */
    void tellBooking(
            final int what,
            final int version,
            final int order,
            final long amountMinor,
            final long untilNs,
            final Slice orderId) {
        tail.noteHead(EffectNote.BOOKING);
        tail.noteNumber(what);
        tail.noteNumber(version);
        tail.noteNumber(order);
        tail.noteNumber(amountMinor);
        tail.noteNumber(untilNs);
        tail.noteText(orderId.buffer(), orderId.offset(), orderId.length());
    }

    /**
     * Tells what became of the rewards of an order.
     *
     * @param verdict number of {@code RiskVerdict}
     * @param untilNs until when it is held, 0: it is not
     */
    void tellRisk(
            final int verdict,
            final int order,
            final int code,
            final long untilNs,
            final int merchant,
            final Slice orderId) {
        tail.noteHead(EffectNote.RISK);
        tail.noteNumber(verdict);
        tail.noteNumber(order);
        tail.noteNumber(code);
        tail.noteNumber(untilNs);
        tail.noteNumber(merchant);
        tail.noteText(orderId.buffer(), orderId.offset(), orderId.length());
    }

    /** Tells whether one more firing of a timer might not fit: it has to wait for the next record. */
    boolean isFull() {
        final int length = (touchedMembers.count() + touchedPools.count() + touchedWithdrawals.count()) * ENTRY_MAX
                + orders.lengthMax()
                + rosters.lengthMax()
                + tail.length();
        return length > EffectsWriter.LENGTH_MAX - FIRING_MAX;
    }

    /** Writes an outcome of code {@code OK}. */
    int write(final Call call, final int status, final int currency) {
        return write(call, ResultCode.OK, status, currency);
    }

    /**
     * Writes the outcome.
     *
     * @param code one of the category {@code DONE}
     * @param status by command, 0: none
     * @param currency of the pools, 0: none; pools of others are told apart by notes
     * @return the length, as {@link Core#settle} returns it
     */
    int write(final Call call, final ResultCode code, final int status, final int currency) {
        collect(currency);
        return writer.putOutcome(call.out(), call.outOffset(), code.number(), currency, status);
    }

    /**
     * Writes the entries, behind their length, as the last field of an outcome or an answer.
     *
     * @param lengthOffset where the field begins
     * @return where it ends
     */
    int writeEntries(final Call call, final int lengthOffset, final int currency) {
        collect(currency);
        return lengthOffset + writer.putField(call.out(), lengthOffset);
    }

    private void collect(final int currency) {
        writer.begin();
        writeMembers();
        writePools(currency);
        orders.write(writer);
        rosters.write(writer);
        writeWithdrawals();
        writer.append(tail);
    }

    private void writeMembers() {
        for (int i = 0; i < touchedMembers.count(); i++) {
            final int member = touchedMembers.row(i);
            final int flags = (touchedMembers.first(i) > 0 ? EffectsWriter.MEMBER_MADE : 0)
                    | (members.isProvisional(member) ? EffectsWriter.MEMBER_PROVISIONAL : 0)
                    | (touchedMembers.second(i) > 0 ? EffectsWriter.MEMBER_BOUND : 0);
            writer.memberHead(flags, member, idUnlessNamed(member));
            final int parent = members.parent(member);
            writer.memberReferrer(parent, parent < 0 ? IdSource.NONE : members, members.boundUntilNs(member));
        }
    }

    private void writeWithdrawals() {
        for (int i = 0; i < touchedWithdrawals.count(); i++) {
            final int withdrawal = touchedWithdrawals.row(i);
            writer.withdrawalHead(
                    withdrawals.state(withdrawal).value(),
                    withdrawals.isQueryDue(withdrawal),
                    withdrawal,
                    withdrawals.madeSequence(withdrawal),
                    touchedPools.find(withdrawals.pool(withdrawal)));
            writer.withdrawalRest(
                    withdrawals.amountMinor(withdrawal),
                    withdrawals.feeMinor(withdrawal),
                    withdrawals.taxMinor(withdrawal));
        }
    }

    private void writePools(final int outcomeCurrency) {
        int currency = outcomeCurrency;
        for (int i = 0; i < touchedPools.count(); i++) {
            final long[] segment = pools.segment(touchedPools.row(i));
            final int begin = pools.begin(touchedPools.row(i));
            if (Pools.currency(segment, begin) != currency) {
                currency = Pools.currency(segment, begin);
                writer.note(EffectNote.CURRENCY, currency, 0);
            }
            final int member = Pools.member(segment, begin);
            writer.pool(member, idUnlessNamed(member), segment, begin);
        }
    }

    private IdSource idUnlessNamed(final int member) {
        return member == namedMember ? IdSource.NONE : members;
    }
}
