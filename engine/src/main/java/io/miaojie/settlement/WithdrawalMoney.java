package io.miaojie.settlement;

import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.ledger.Ledger;
import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.PoolTransfers;
import io.miaojie.settlement.part.Pools;
import io.miaojie.settlement.part.Withdrawals;
import io.miaojie.settlement.state.Slice;

/**
 * Where the money of a withdrawal stands: withdrawable, then locked, then on its way ({@code ~transit}), then out
 * ({@code ~paid-out}) or, once and only on a decision or the channel's word, back. What comes back pays debt first.
 *
 * <p>Units: minor. Every move was proven by {@link #fits}.
 */
final class WithdrawalMoney {
    private final ChartOfAccounts chart;
    private final Ledger ledger;
    private final Members members;
    private final Pools pools;
    private final PoolTransfers transfers;
    private final Withdrawals withdrawals;

    WithdrawalMoney(final State state) {
        this.chart = state.chart();
        this.ledger = state.ledger();
        this.members = state.members();
        this.pools = state.pools();
        this.transfers = state.transfers();
        this.withdrawals = state.withdrawals();
    }

    /** Tells whether this own account of the pool's merchant is open or can be opened. */
    boolean hasRoom(final int pool, final Slice account) {
        return chart.isFunded(merchant(pool), account, pools.currency(pool)) || chart.fundingRoom() > 0;
    }

    /** Tells whether this own account takes the amount of the withdrawal. */
    boolean fits(final int withdrawal, final Slice account) {
        final int pool = withdrawals.pool(withdrawal);
        final boolean isOpen = chart.isFunded(merchant(pool), account, pools.currency(pool));
        return !isOpen || ledger.takes(own(pool, account), withdrawals.amountMinor(withdrawal));
    }

    /** Tells whether the pool takes the amount of the withdrawal back. */
    boolean fitsBack(final int withdrawal) {
        return transfers.takes(withdrawals.pool(withdrawal), withdrawals.amountMinor(withdrawal));
    }

    void lock(final int pool, final long amountMinor) {
        transfers.take(pool, ChartOfAccounts.WITHDRAWABLE, amountMinor, bucket(pool, ChartOfAccounts.LOCKED));
    }

    void unlock(final int withdrawal) {
        final int pool = withdrawals.pool(withdrawal);
        transfers.credit(
                pool,
                ChartOfAccounts.WITHDRAWABLE,
                withdrawals.amountMinor(withdrawal),
                bucket(pool, ChartOfAccounts.LOCKED));
    }

    void send(final int withdrawal) {
        final int pool = withdrawals.pool(withdrawal);
        ledger.transfer(
                bucket(pool, ChartOfAccounts.LOCKED),
                own(pool, ChartOfAccounts.TRANSIT),
                withdrawals.amountMinor(withdrawal));
    }

    void arrive(final int withdrawal) {
        final int pool = withdrawals.pool(withdrawal);
        ledger.transfer(
                own(pool, ChartOfAccounts.TRANSIT),
                own(pool, ChartOfAccounts.PAID_OUT),
                withdrawals.amountMinor(withdrawal));
    }

    void comeBack(final int withdrawal) {
        final int pool = withdrawals.pool(withdrawal);
        transfers.credit(
                pool,
                ChartOfAccounts.WITHDRAWABLE,
                withdrawals.amountMinor(withdrawal),
                own(pool, ChartOfAccounts.TRANSIT));
    }

    private int own(final int pool, final Slice account) {
        return chart.funding(merchant(pool), account, pools.currency(pool));
    }

    private int merchant(final int pool) {
        return members.merchant(pools.member(pool));
    }

    private static int bucket(final int pool, final int bucket) {
        return ChartOfAccounts.poolAccount(pool, bucket);
    }
}
