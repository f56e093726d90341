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
        return ledger.balance(ChartOfAccounts.poolAccount(pool, bucket));
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
        final int first = ChartOfAccounts.poolAccount(pool, ChartOfAccounts.PENDING);
        return amountMinor + ledger.sum(first, ChartOfAccounts.DEBT) <= Money.MINOR_MAX;
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
            ledger.transfer(from, ChartOfAccounts.poolAccount(pool, ChartOfAccounts.DEBT), toDebtMinor);
        }
        if (amountMinor > toDebtMinor) {
            ledger.transfer(from, ChartOfAccounts.poolAccount(pool, bucket), amountMinor - toDebtMinor);
        }
    }

    /**
     * Takes money out of a bucket as far as it goes: not below 0, and not more than the other account takes. What goes
     * from spendable to locked is spent.
     *
     * @return what was taken
     */
    public long take(final int pool, final int bucket, final long atMostMinor, final int to) {
        final long minor = Math.min(atMostMinor, balance(pool, bucket));
        if (minor <= 0 || !ledger.takes(to, minor)) {
            return 0;
        }
        ledger.transfer(ChartOfAccounts.poolAccount(pool, bucket), to, minor);
        if (bucket == ChartOfAccounts.SPENDABLE) {
            final boolean isSpent = to == ChartOfAccounts.poolAccount(pool, ChartOfAccounts.LOCKED);
            pools.leaveSpendable(pool, isSpent, minor, balance(pool, ChartOfAccounts.SPENDABLE));
        }
        return minor;
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
}
