package io.miaojie.settlement.ledger;

import io.miaojie.settlement.state.LongRows;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;

/**
 * Balances, one long per account, moved by transfers only: the sum over all accounts of a currency is 0 at any time.
 * Accounts of pools count up from 0, those of funders down from -1, so that a pool's account follows from the pool.
 * Units: minor.
 */
public final class Ledger implements StatePart {
    private static final int BUCKET_MASK = ChartOfAccounts.POOL_STRIDE - 1;
    private static final int POOL_SHIFT = Integer.numberOfTrailingZeros(ChartOfAccounts.POOL_STRIDE);

    /** Of each pool its accounts, then registers that are none of the ledger's. */
    private final LongRows pools;

    private final LongRows funders;

    public Ledger(final int poolsMax, final int funderAccountsMax) {
        this.pools = new LongRows(ChartOfAccounts.POOL_STRIDE, poolsMax);
        this.funders = new LongRows(1, funderAccountsMax);
    }

    /** Returns the rows of the pools, of which others may set what is behind the accounts. */
    public LongRows poolRows() {
        return pools;
    }

    public long balance(final int account) {
        return account >= 0 ? pools.get(account >>> POOL_SHIFT, account & BUCKET_MASK) : funders.get(~account, 0);
    }

    /** Returns what stands in one bucket of a pool. */
    public long balance(final int pool, final int bucket) {
        return pools.get(pool, bucket);
    }

    /** Returns what stands in the buckets of a pool together, its debt aside. */
    public long inPool(final int pool) {
        final long[] row = pools.segment(pool);
        final int first = pools.first(pool);
        return row[first + ChartOfAccounts.PENDING]
                + row[first + ChartOfAccounts.SPENDABLE]
                + row[first + ChartOfAccounts.WITHDRAWABLE]
                + row[first + ChartOfAccounts.LOCKED];
    }

    /** Tells whether this change would leave the account within its bounds. */
    public boolean takes(final int account, final long changeMinor) {
        return isBalance(balance(account) + changeMinor);
    }

    /** Moves an amount between two accounts of one currency. The caller has proven that both {@link #takes take} it. */
    public void transfer(final int from, final int to, final long amountMinor) {
        if (to >= 0) {
            transferToPool(from, to >>> POOL_SHIFT, to & BUCKET_MASK, amountMinor);
        } else {
            transfer(from, funders.segment(~to), funders.first(~to), amountMinor);
        }
    }

    /** Moves an amount as {@link #transfer} does, into one bucket of a pool. */
    public void transferToPool(final int from, final int pool, final int bucket, final long amountMinor) {
        transfer(from, pools.segment(pool), pools.first(pool) + bucket, amountMinor);
    }

    private void transfer(final int from, final long[] toRow, final int toAt, final long amountMinor) {
        final long[] fromRow = segment(from);
        final int fromAt = place(from);
        final long fromMinor = fromRow[fromAt] - amountMinor;
        final long toMinor = toRow[toAt] + amountMinor;
        final boolean isSame = fromRow == toRow && fromAt == toAt;
        if (amountMinor <= 0 || isSame || !isBalance(fromMinor) || !isBalance(toMinor)) {
            throw new IllegalStateException("unproven transfer: from=" + from + " amount=" + amountMinor
                    + " fromBalance=" + fromRow[fromAt] + " toBalance=" + toRow[toAt]);
        }
        fromRow[fromAt] = fromMinor;
        toRow[toAt] = toMinor;
    }

    public int accountCount() {
        return pools.count() * ChartOfAccounts.BUCKET_COUNT + funders.count();
    }

    public void reserve() {
        pools.reserve();
        funders.reserve();
    }

    @Override
    public void save(final StateWriter out) {
        pools.save(out);
        funders.save(out);
    }

    @Override
    public void load(final StateReader in) {
        pools.load(in);
        funders.load(in);
    }

    /** Opens the accounts of the next pool, each at 0, and returns the pool. */
    int openPool() {
        return pools.add();
    }

    /** Opens the next account of a funder and returns it. */
    int openFunder() {
        return ~funders.add();
    }

    /** Returns the longs in which the balance stands, at {@link #place}. */
    private long[] segment(final int account) {
        return account >= 0 ? pools.segment(account >>> POOL_SHIFT) : funders.segment(~account);
    }

    private int place(final int account) {
        return account >= 0 ? pools.first(account >>> POOL_SHIFT) + (account & BUCKET_MASK) : funders.first(~account);
    }

    private static boolean isBalance(final long minor) {
        return minor >= -Money.MINOR_MAX && minor <= Money.MINOR_MAX;
    }
}
