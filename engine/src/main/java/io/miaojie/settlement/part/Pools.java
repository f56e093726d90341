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

    /** Unspent money that expires: a part of what is kept. */
    private static final int LAPSING = 2;

    /** Credits that will expire and have not yet. */
    private static final int LAPSING_ACTIVE = 3;

    /** Pending that was brought in by hand: of no grant. */
    private static final int ADJUSTED_PENDING = 4;

    /** Of spendable, what never becomes withdrawable. */
    private static final int KEPT = 5;

    private static final int WIDTH = 6;

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

    /** Returns how much of spendable never becomes withdrawable. Units: minor. */
    public long keptMinor(final int pool) {
        return rows.get(pool, KEPT);
    }

    /** Returns how much of what is kept expires. Units: minor. */
    public long lapsingMinor(final int pool) {
        return rows.get(pool, LAPSING);
    }

    /** Returns the sum of the credits that have not expired yet. */
    public long lapsingActiveMinor(final int pool) {
        return rows.get(pool, LAPSING_ACTIVE);
    }

    /** Notes that money reached spendable of which a part never becomes withdrawable, and a part of that expires. */
    public void keep(final int pool, final long keptMinor, final long lapsingMinor) {
        rows.set(pool, KEPT, keptMinor(pool) + keptMinor);
        rows.set(pool, LAPSING, lapsingMinor(pool) + lapsingMinor);
    }

    /**
     * Notes that a credit, which is kept already, will expire.
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

    /** Notes that a credit expired, after what is left of it was taken; what could not be taken no longer expires. */
    public void lapse(final int pool, final long creditedMinor) {
        rows.set(pool, LAPSING_ACTIVE, lapsingActiveMinor(pool) - creditedMinor);
        rows.set(pool, LAPSING, Math.min(lapsingMinor(pool), lapsingActiveMinor(pool)));
    }

    /** Returns what of money that comes back has expired while it was away: no credit that still expires is it of. */
    public long expiredMinor(final int pool, final long backMinor) {
        return Math.max(0, lapsingMinor(pool) + backMinor - lapsingActiveMinor(pool));
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

    /** Notes what left spendable: expiring money first, then other kept money. */
    void leaveLapsingFirst(final int pool, final long takenMinor) {
        if (keptMinor(pool) > 0) { // as a rule there is none
            rows.set(pool, LAPSING, Math.max(0, lapsingMinor(pool) - takenMinor));
            rows.set(pool, KEPT, Math.max(0, keptMinor(pool) - takenMinor));
        }
    }

    /** Notes what left spendable: kept money only where there is no other, expiring money last. */
    void leaveKeptLast(final int pool, final long leftMinor) {
        if (keptMinor(pool) > leftMinor) {
            rows.set(pool, KEPT, leftMinor);
            rows.set(pool, LAPSING, Math.min(lapsingMinor(pool), leftMinor));
        }
    }

    /** Notes what left spendable: kept money that doesn't expire first, expiring money last. */
    void leaveLapsingLast(final int pool, final long takenMinor, final long leftMinor) {
        rows.set(pool, LAPSING, Math.min(lapsingMinor(pool), leftMinor));
        rows.set(pool, KEPT, Math.max(lapsingMinor(pool), keptMinor(pool) - takenMinor));
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
