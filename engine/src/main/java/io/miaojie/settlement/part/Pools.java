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

    private final Members members;
    private final ChartOfAccounts chart;
    private final LongRows rows;

    public Pools(final int max, final Members members, final ChartOfAccounts chart) {
        this.members = members;
        this.chart = chart;
        this.rows = new LongRows(2, max);
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

    public int count() {
        return rows.count();
    }

    public void reserve() {
        rows.reserve();
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
