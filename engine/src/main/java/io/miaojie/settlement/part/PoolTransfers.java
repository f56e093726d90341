package io.miaojie.settlement.part;

import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.ledger.Ledger;
import io.miaojie.settlement.ledger.Money;

/**
 * How money moves in and out of a pool. What comes in pays the pool's debt first, unless it comes in as pending; so a
 * pool with debt has nothing spendable and nothing withdrawable. What goes out goes as far as it goes.
 *
 * <p>Thread: settlement. Allocates: nothing. Units: minor.
 */
public final class PoolTransfers {
    private final Ledger ledger;
    private final Pools pools;

    public PoolTransfers(final Ledger ledger, final Pools pools) {
        this.ledger = ledger;
        this.pools = pools;
    }

    /** Returns what stands in a bucket; of debt: minus what is owed. */
    public long balance(final int pool, final int bucket) {
        return ledger.balance(pool, bucket);
    }

    /** Returns what the pool owes, at or above 0. */
    public long owed(final int pool) {
        return -balance(pool, ChartOfAccounts.DEBT);
    }

    /**
     * Tells whether the pool takes this much more in whatever bucket, and whatever is moved within it afterwards. A
     * credit that was proven so can't fail as far as the pool goes.
     *
     * @param amountMinor 0 to {@link Money#MINOR_MAX}
     */
    public boolean takes(final int pool, final long amountMinor) {
        return amountMinor + ledger.inPool(pool) <= Money.MINOR_MAX;
    }

    /** Tells whether this account has this much to give: a funder down to its bound, a bucket down to 0. */
    public boolean gives(final int account, final long amountMinor) {
        return account >= 0 ? ledger.balance(account) >= amountMinor : ledger.takes(account, -amountMinor);
    }

    /**
     * Brings money into a bucket: the pool's debt first, the rest into the bucket. Into pending, no debt is paid. The
     * caller has proven that the pool {@link #takes} it and the account {@link #gives} it.
     *
     * @param amountMinor 0: nothing happens
     * @param from an account of a funder, or a bucket of the same pool
     */
    public void credit(final int pool, final int bucket, final long amountMinor, final int from) {
        final long toDebtMinor = bucket == ChartOfAccounts.PENDING ? 0 : Math.min(owed(pool), amountMinor);
        if (toDebtMinor > 0) {
            ledger.transferToPool(from, pool, ChartOfAccounts.DEBT, toDebtMinor);
        }
        if (amountMinor > toDebtMinor) {
            ledger.transferToPool(from, pool, bucket, amountMinor - toDebtMinor);
        }
    }

    /** Brings money into spendable that never becomes withdrawable; else as {@link #credit}. */
    public void creditKept(final int pool, final long amountMinor, final int from) {
        final long toDebtMinor = Math.min(owed(pool), amountMinor);
        credit(pool, ChartOfAccounts.SPENDABLE, amountMinor, from);
        pools.keep(pool, amountMinor - toDebtMinor, 0);
    }

    /**
     * Takes money out of a bucket as far as it goes: not below 0, and not more than the other account takes. Of
     * spendable, kept money goes only where there is no other.
     *
     * @return what was taken
     */
    public long take(final int pool, final int bucket, final long atMostMinor, final int to) {
        final long minor = move(pool, bucket, atMostMinor, to);
        if (bucket == ChartOfAccounts.SPENDABLE && minor > 0) {
            pools.leaveKeptLast(pool, balance(pool, ChartOfAccounts.SPENDABLE));
        }
        return minor;
    }

    /** Takes spendable money as {@link #take} does, but what expires first, then what is kept, then the rest. */
    public long takeLapsingFirst(final int pool, final long atMostMinor, final int to) {
        final long minor = move(pool, ChartOfAccounts.SPENDABLE, atMostMinor, to);
        pools.leaveLapsingFirst(pool, minor);
        return minor;
    }

    /** Moves at most this much of what may become withdrawable from spendable to withdrawable. */
    public void release(final int pool, final long atMostMinor) {
        final long freeMinor = balance(pool, ChartOfAccounts.SPENDABLE) - pools.keptMinor(pool);
        take(
                pool,
                ChartOfAccounts.SPENDABLE,
                Math.min(atMostMinor, freeMinor),
                ChartOfAccounts.poolAccount(pool, ChartOfAccounts.WITHDRAWABLE));
    }

    /**
     * Makes the pool owe more. The caller has taken its spendable and withdrawable first.
     *
     * @return what it owes more: the amount, or 0 when that would pass the bounds of the accounts
     */
    public long owe(final int pool, final long amountMinor, final int to) {
        final int debt = ChartOfAccounts.poolAccount(pool, ChartOfAccounts.DEBT);
        if (amountMinor <= 0 || !ledger.takes(debt, -amountMinor) || !ledger.takes(to, amountMinor)) {
            return 0;
        }
        ledger.transfer(debt, to, amountMinor);
        return amountMinor;
    }

    /**
     * Takes money back that is kept: of spendable what is kept and doesn't expire first and what expires last, then
     * withdrawable, and makes the pool owe the rest.
     *
     * @return as {@link #claw}
     */
    public long clawKept(final int pool, final long amountMinor, final int to) {
        final long spendableMinor = move(pool, ChartOfAccounts.SPENDABLE, amountMinor, to);
        pools.leaveLapsingLast(pool, spendableMinor, balance(pool, ChartOfAccounts.SPENDABLE));
        return spendableMinor + claw(pool, amountMinor - spendableMinor, 0, false, to);
    }

    /**
     * Takes money back: own pending first, then two buckets in the order given, and makes the pool owe the rest.
     *
     * @param ownPendingMinor most that is taken from pending
     * @param isReleased withdrawable before spendable; else spendable before withdrawable
     * @return what was taken and owed together; less than the amount only at the bounds of the accounts
     */
    public long claw(
            final int pool,
            final long amountMinor,
            final long ownPendingMinor,
            final boolean isReleased,
            final int to) {
        final int first = isReleased ? ChartOfAccounts.WITHDRAWABLE : ChartOfAccounts.SPENDABLE;
        final int second = isReleased ? ChartOfAccounts.SPENDABLE : ChartOfAccounts.WITHDRAWABLE;
        long leftMinor = amountMinor;
        leftMinor -= take(pool, ChartOfAccounts.PENDING, Math.min(leftMinor, ownPendingMinor), to);
        leftMinor -= take(pool, first, leftMinor, to);
        leftMinor -= take(pool, second, leftMinor, to);
        leftMinor -= owe(pool, leftMinor, to);
        return amountMinor - leftMinor;
    }

    private long move(final int pool, final int bucket, final long atMostMinor, final int to) {
        final long minor = Math.min(atMostMinor, balance(pool, bucket));
        if (minor <= 0 || !ledger.takes(to, minor)) {
            return 0;
        }
        ledger.transfer(ChartOfAccounts.poolAccount(pool, bucket), to, minor);
        return minor;
    }
}
