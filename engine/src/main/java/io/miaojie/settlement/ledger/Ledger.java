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
    private final LongRows pools;
    private final LongRows funders;

    public Ledger(final int poolAccountsMax, final int funderAccountsMax) {
        this.pools = new LongRows(1, poolAccountsMax);
        this.funders = new LongRows(1, funderAccountsMax);
    }

    public long balance(final int account) {
        return account >= 0 ? pools.get(account, 0) : funders.get(~account, 0);
    }

    /** Returns the sum of the first accounts of a pool that stand side by side from this one on. */
    public long sum(final int account, final int count) {
        return pools.sum(account, count);
    }

    /** Tells whether this change would leave the account within its bounds. */
    public boolean takes(final int account, final long changeMinor) {
        return isBalance(balance(account) + changeMinor);
    }

    /** Moves an amount between two accounts of one currency. The caller has proven that both {@link #takes take} it. */
    public void transfer(final int from, final int to, final long amountMinor) {
        final long fromMinor = balance(from) - amountMinor;
        final long toMinor = balance(to) + amountMinor;
        if (amountMinor <= 0 || from == to || !isBalance(fromMinor) || !isBalance(toMinor)) {
            throw new IllegalStateException("unproven transfer: from=" + from + " to=" + to + " amount=" + amountMinor);
        }
        put(from, fromMinor);
        put(to, toMinor);
    }

    public int accountCount() {
        return pools.count() + funders.count();
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

    /** Opens the next accounts of pools, side by side, each at 0. */
    void openPool(final int count) {
        for (int i = 0; i < count; i++) {
            pools.add();
        }
    }

    /** Opens the next account of a funder and returns it. */
    int openFunder() {
        return ~funders.add();
    }

    private void put(final int account, final long balanceMinor) {
        if (account >= 0) {
            pools.set(account, 0, balanceMinor);
        } else {
            funders.set(~account, 0, balanceMinor);
        }
    }

    private static boolean isBalance(final long minor) {
        return minor >= -Money.MINOR_MAX && minor <= Money.MINOR_MAX;
    }
}
