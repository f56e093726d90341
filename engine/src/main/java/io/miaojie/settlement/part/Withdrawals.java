package io.miaojie.settlement.part;

import io.miaojie.settlement.state.IdTable;
import io.miaojie.settlement.state.Slice;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;
import io.miaojie.wire.codec.WithdrawalState;

/** Withdrawals: (merchant, exact id) to pool, amount and state. Their money moves where they are settled. */
public final class Withdrawals implements StatePart {
    private static final int POOL = 0;
    private static final int AMOUNT_MINOR = 1;

    /** State in the low byte, whether a query is due above. */
    private static final int STATE_DUE = 2;

    private static final int MADE_SEQUENCE = 3;
    private static final int FEE_MINOR = 4;
    private static final int TAX_MINOR = 5;
    private static final int DAY = 6;
    private static final int WIDTH = 7;
    private static final long STATE_MASK = 0xFF;
    private static final long DUE = STATE_MASK + 1;

    private final IdTable rows;

    public Withdrawals(final int max) {
        this.rows = new IdTable(max, WIDTH);
    }

    /** Tells whether the channel has the money in hand: it was submitted, and how it ended is not known. */
    public static boolean isUnderWay(final WithdrawalState state) {
        return switch (state) {
            case SUBMITTED, WAIT_USER_CONFIRM, PROCESSING, UNKNOWN -> true;
            default -> false;
        };
    }

    /** Returns the withdrawal's index, -1 when unknown. */
    public int find(final int merchant, final Slice id) {
        return rows.find(merchant, id);
    }

    /** Adds a withdrawal that was requested; the caller has proven that there {@link #room} is. */
    public int add(final int merchant, final Slice id, final int pool, final long amountMinor, final long sequence) {
        final int withdrawal = rows.add(merchant, id);
        rows.set(withdrawal, POOL, pool);
        rows.set(withdrawal, AMOUNT_MINOR, amountMinor);
        rows.set(withdrawal, MADE_SEQUENCE, sequence);
        change(withdrawal, WithdrawalState.REQUESTED);
        return withdrawal;
    }

    /** Freezes what is kept of the amount, and the payout day that it counts for. */
    public void price(final int withdrawal, final long feeMinor, final long taxMinor, final int day) {
        rows.set(withdrawal, FEE_MINOR, feeMinor);
        rows.set(withdrawal, TAX_MINOR, taxMinor);
        rows.set(withdrawal, DAY, day);
    }

    public WithdrawalState state(final int withdrawal) {
        return WithdrawalState.get((short) (rows.get(withdrawal, STATE_DUE) & STATE_MASK));
    }

    /** Moves to another state. At the end of a withdrawal no query is due any more. */
    public void change(final int withdrawal, final WithdrawalState state) {
        final long due = isUnderWay(state) ? rows.get(withdrawal, STATE_DUE) & DUE : 0;
        rows.set(withdrawal, STATE_DUE, state.value() | due);
    }

    /** Tells whether the channel should be asked: no end for long. */
    public boolean isQueryDue(final int withdrawal) {
        return (rows.get(withdrawal, STATE_DUE) & DUE) != 0;
    }

    public void setQueryDue(final int withdrawal) {
        rows.set(withdrawal, STATE_DUE, rows.get(withdrawal, STATE_DUE) | DUE);
    }

    /** Returns the pool that the money is of. */
    public int pool(final int withdrawal) {
        return (int) rows.get(withdrawal, POOL);
    }

    public long amountMinor(final int withdrawal) {
        return rows.get(withdrawal, AMOUNT_MINOR);
    }

    public long feeMinor(final int withdrawal) {
        return rows.get(withdrawal, FEE_MINOR);
    }

    /** Returns what is withheld of it as tax. */
    public long taxMinor(final int withdrawal) {
        return rows.get(withdrawal, TAX_MINOR);
    }

    /** Returns what arrives outside. */
    public long netMinor(final int withdrawal) {
        return amountMinor(withdrawal) - feeMinor(withdrawal) - taxMinor(withdrawal);
    }

    /** Returns the payout day that it counts for, from 1970. */
    public int day(final int withdrawal) {
        return (int) rows.get(withdrawal, DAY);
    }

    /** Returns the sequence of the record that requested it. */
    public long madeSequence(final int withdrawal) {
        return rows.get(withdrawal, MADE_SEQUENCE);
    }

    public int merchant(final int withdrawal) {
        return (int) rows.owner(withdrawal);
    }

    public int count() {
        return rows.count();
    }

    public int room() {
        return rows.room();
    }

    @Override
    public void save(final StateWriter out) {
        rows.save(out);
    }

    @Override
    public void load(final StateReader in) {
        rows.load(in);
    }
}
