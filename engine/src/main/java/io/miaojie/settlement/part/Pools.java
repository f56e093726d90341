package io.miaojie.settlement.part;

import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.ledger.Ledger;
import io.miaojie.settlement.state.LongRows;
import io.miaojie.settlement.state.SparseColumn;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;

/**
 * Reward pools: (member, currency) to a row whose five accounts follow from its index. The pools of a member form a
 * chain, newest first; there are as many as currencies it earned in, mostly one. What payments read stands behind the
 * accounts of the pool, in the same cache line; what few pools have, beside.
 */
public final class Pools implements StatePart {
    /** Member in the high half, the next pool of the chain + 1 in the low. */
    private static final int MEMBER_NEXT = ChartOfAccounts.BUCKET_COUNT;

    private static final int CURRENCY = ChartOfAccounts.BUCKET_COUNT + 1;

    /** Of spendable, what never becomes withdrawable. */
    private static final int KEPT = ChartOfAccounts.BUCKET_COUNT + 2;

    private final Members members;
    private final ChartOfAccounts chart;
    private final LongRows rows;

    /** Unspent money that expires: a part of what is kept. */
    private final SparseColumn lapsing = new SparseColumn();

    /** Credits that will expire and have not yet. */
    private final SparseColumn lapsingActive = new SparseColumn();

    /** Pending that was brought in by hand: of no grant. */
    private final SparseColumn adjustedPending = new SparseColumn();

    /** Makes pools whose accounts this ledger keeps, under this chart. */
    public Pools(final Members members, final ChartOfAccounts chart, final Ledger ledger) {
        this.members = members;
        this.chart = chart;
        this.rows = ledger.poolRows();
    }

    /** Returns the pool's row, -1 when the member never earned in this currency. */
    public int find(final int member, final int currency) {
        final long newest = members.newestPool(member);
        int pool = Members.pool(newest);
        if (pool >= 0 && Members.currency(newest) == currency) { // as a rule: no row of a pool is read
            return pool;
        }
        while (pool >= 0 && currency(pool) != currency) {
            pool = next(pool);
        }
        return pool;
    }

    /** Opens a pool that isn't there; the caller has proven that the chart of accounts has room. */
    public int add(final int member, final int currency) {
        final int pool = chart.openPool();
        rows.set(pool, MEMBER_NEXT, (long) member << Integer.SIZE | first(member) + 1);
        rows.set(pool, CURRENCY, currency);
        members.setFirstPool(member, pool, currency);
        return pool;
    }

    /** Returns the first pool of the member's chain, -1 when there is none. */
    public int first(final int member) {
        return Members.pool(members.newestPool(member));
    }

    /** Reads the pool, to have it near. */
    public long touch(final int pool) {
        return rows.get(pool, ChartOfAccounts.PENDING);
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

    /**
     * Returns where the row stands, from {@link #begin} on: its balances, one per bucket, then what
     * {@link #member(long[], int)} and {@link #currency(long[], int)} read.
     */
    public long[] segment(final int pool) {
        return rows.segment(pool);
    }

    public int begin(final int pool) {
        return rows.first(pool);
    }

    public static int member(final long[] segment, final int begin) {
        return (int) (segment[begin + MEMBER_NEXT] >>> Integer.SIZE);
    }

    public static int currency(final long[] segment, final int begin) {
        return (int) segment[begin + CURRENCY];
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
        return lapsing.get(pool);
    }

    /** Returns the sum of the credits that have not expired yet. */
    public long lapsingActiveMinor(final int pool) {
        return lapsingActive.get(pool);
    }

    /** Notes that money reached spendable of which a part never becomes withdrawable, and a part of that expires. */
    public void keep(final int pool, final long keptMinor, final long lapsingMinor) {
        rows.set(pool, KEPT, keptMinor(pool) + keptMinor);
        lapsing.set(pool, lapsingMinor(pool) + lapsingMinor);
    }

    /**
     * Notes that a credit, which is kept already, will expire.
     *
     * @param arrivedMinor what of it reached spendable: the rest paid debt
     */
    public void addLapsing(final int pool, final long creditedMinor, final long arrivedMinor) {
        lapsing.set(pool, lapsingMinor(pool) + arrivedMinor);
        lapsingActive.set(pool, lapsingActiveMinor(pool) + creditedMinor);
    }

    /** Returns what is still there of a credit that expires: the one that expires first was spent first. */
    public long lapsedMinor(final int pool, final long creditedMinor) {
        return Math.max(0, lapsingMinor(pool) - (lapsingActiveMinor(pool) - creditedMinor));
    }

    /** Notes that a credit expired, after what is left of it was taken; what could not be taken no longer expires. */
    public void lapse(final int pool, final long creditedMinor) {
        lapsingActive.set(pool, lapsingActiveMinor(pool) - creditedMinor);
        lapsing.set(pool, Math.min(lapsingMinor(pool), lapsingActiveMinor(pool)));
    }

    /** Returns what of money that comes back has expired while it was away: no credit that still expires is it of. */
    public long expiredMinor(final int pool, final long backMinor) {
        return Math.max(0, lapsingMinor(pool) + backMinor - lapsingActiveMinor(pool));
    }

    /** Returns the pending that was brought in by hand and not taken by hand: of no grant. */
    public long adjustedPendingMinor(final int pool) {
        return adjustedPending.get(pool);
    }

    public void adjustPending(final int pool, final long byMinor) {
        adjustedPending.set(pool, adjustedPendingMinor(pool) + byMinor);
    }

    public int count() {
        return rows.count();
    }

    /** Notes what left spendable: expiring money first, then other kept money. */
    void leaveLapsingFirst(final int pool, final long takenMinor) {
        if (keptMinor(pool) > 0) { // as a rule there is none
            lapsing.set(pool, Math.max(0, lapsingMinor(pool) - takenMinor));
            rows.set(pool, KEPT, Math.max(0, keptMinor(pool) - takenMinor));
        }
    }

    /** Notes what left spendable: kept money only where there is no other, expiring money last. */
    void leaveKeptLast(final int pool, final long leftMinor) {
        if (keptMinor(pool) > leftMinor) {
            rows.set(pool, KEPT, leftMinor);
            lapsing.set(pool, Math.min(lapsingMinor(pool), leftMinor));
        }
    }

    /** Notes what left spendable: kept money that doesn't expire first, expiring money last. */
    void leaveLapsingLast(final int pool, final long takenMinor, final long leftMinor) {
        lapsing.set(pool, Math.min(lapsingMinor(pool), leftMinor));
        rows.set(pool, KEPT, Math.max(lapsingMinor(pool), keptMinor(pool) - takenMinor));
    }

    @Override
    public void save(final StateWriter out) {
        lapsing.save(out);
        lapsingActive.save(out);
        adjustedPending.save(out);
    }

    @Override
    public void load(final StateReader in) {
        lapsing.load(in);
        lapsingActive.load(in);
        adjustedPending.load(in);
    }
}
