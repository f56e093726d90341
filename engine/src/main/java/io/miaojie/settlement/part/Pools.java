package io.miaojie.settlement.part;

import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.state.LongRows;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;

/**
 * Reward pools: (member, currency) to a row whose five accounts follow from its index. The pools of a member form a
 * chain, newest first; there are as many as currencies it earned in, mostly one.
 */
public final class Pools implements StatePart {
    /** Member in the high half, the next pool of the chain + 1 in the low. */
    private static final int MEMBER_NEXT = 0;

    private static final int CURRENCY = 1;

    /** Unspent money that expires. */
    private static final int LAPSING = 2;

    /** Credits that will expire and have not yet. */
    private static final int LAPSING_ACTIVE = 3;

    /** Pending that was brought in by hand: of no grant. */
    private static final int ADJUSTED_PENDING = 4;

    private static final int WIDTH = 5;

    private final Members members;
    private final ChartOfAccounts chart;
    private final LongRows rows;

    public Pools(final int max, final Members members, final ChartOfAccounts chart) {
        this.members = members;
        this.chart = chart;
        this.rows = new LongRows(WIDTH, max);
    }

    /** Returns the pool's row, -1 when the member never earned in this currency. */
    public int find(final int member, final int currency) {
        int pool = first(member);
        if (pool >= 0 && members.firstCurrency(member) == currency) { // as a rule: no row of a pool is read
            return pool;
        }
        while (pool >= 0 && currency(pool) != currency) {
            pool = next(pool);
        }
        return pool;
    }

    /** Opens a pool that isn't there; the caller has proven that the chart of accounts has room. */
    public int add(final int member, final int currency) {
        final int pool = rows.add();
        rows.set(pool, MEMBER_NEXT, (long) member << Integer.SIZE | first(member) + 1);
        rows.set(pool, CURRENCY, currency);
        chart.openPool();
        members.setFirstPool(member, pool, currency);
        return pool;
    }

    /** Returns the first pool of the member's chain, -1 when there is none. */
    public int first(final int member) {
        return members.firstPool(member);
    }

    /** Returns the pool after this one in its member's chain, -1 at the end. */
    public int next(final int pool) {
        return (int) rows.get(pool, MEMBER_NEXT) - 1;
    }

    public int member(final int pool) {
        return (int) (rows.get(pool, MEMBER_NEXT) >>> Integer.SIZE);
    }

    public int currency(final int pool) {
        return (int) rows.get(pool, CURRENCY);
    }

    /** Returns the account of one bucket, see {@link ChartOfAccounts}. */
    public int account(final int pool, final int bucket) {
        return ChartOfAccounts.poolAccount(pool, bucket);
    }

    /** Returns how much of spendable expires, at most what is spendable. Units: minor. */
    public long lapsingMinor(final int pool) {
        return rows.get(pool, LAPSING);
    }

    /** Returns the sum of the credits that have not expired yet. */
    public long lapsingActiveMinor(final int pool) {
        return rows.get(pool, LAPSING_ACTIVE);
    }

    /**
     * Notes a credit that will expire.
     *
     * @param arrivedMinor what of it reached spendable: the rest paid debt
     */
    public void addLapsing(final int pool, final long creditedMinor, final long arrivedMinor) {
        rows.set(pool, LAPSING, lapsingMinor(pool) + arrivedMinor);
        rows.set(pool, LAPSING_ACTIVE, lapsingActiveMinor(pool) + creditedMinor);
    }

    /** Returns what is still there of a credit that expires: the one that expires first was spent first. */
    public long lapsedMinor(final int pool, final long creditedMinor) {
        return Math.max(0, lapsingMinor(pool) - (lapsingActiveMinor(pool) - creditedMinor));
    }

    /** Notes that a credit expired. */
    public void lapse(final int pool, final long creditedMinor, final long takenMinor) {
        rows.set(pool, LAPSING, lapsingMinor(pool) - takenMinor);
        rows.set(pool, LAPSING_ACTIVE, lapsingActiveMinor(pool) - creditedMinor);
    }

    /** Returns the pending that was brought in by hand and not taken by hand: of no grant. */
    public long adjustedPendingMinor(final int pool) {
        return rows.get(pool, ADJUSTED_PENDING);
    }

    public void adjustPending(final int pool, final long byMinor) {
        rows.set(pool, ADJUSTED_PENDING, adjustedPendingMinor(pool) + byMinor);
    }

    public int count() {
        return rows.count();
    }

    public void reserve() {
        rows.reserve();
    }

    /** Notes what left spendable: what is spent takes expiring money first, the rest only what there is no other. */
    void leaveSpendable(final int pool, final boolean isSpent, final long takenMinor, final long leftMinor) {
        final long lapsingMinor = lapsingMinor(pool);
        if (lapsingMinor > 0) { // as a rule there is none
            final long unspentMinor = isSpent ? Math.max(0, lapsingMinor - takenMinor) : lapsingMinor;
            rows.set(pool, LAPSING, Math.min(leftMinor, unspentMinor));
        }
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
