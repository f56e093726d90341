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
 * ({@code ~paid-out}, and what is kept of it {@code ~fees} and {@code ~tax}) or, once and only on a decision or the
 * channel's word, back. What comes back pays debt first.
 *
 * <p>Units: minor. Every move was proven to fit.
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

    /** Tells whether the account of what is on its way is open or can be opened. */
    boolean canSend(final int withdrawal) {
        return missing(withdrawal, ChartOfAccounts.TRANSIT, withdrawals.amountMinor(withdrawal)) <= chart.fundingRoom();
    }

    /** Tells whether the account of what is on its way takes the amount. */
    boolean fitsTransit(final int withdrawal) {
        return fits(withdrawal, ChartOfAccounts.TRANSIT, withdrawals.amountMinor(withdrawal));
    }

    /** Tells whether the accounts of what arrived, of fees and of taxes are open or can be opened. */
    boolean canArrive(final int withdrawal) {
        return missing(withdrawal, ChartOfAccounts.PAID_OUT, withdrawals.netMinor(withdrawal))
                        + missing(withdrawal, ChartOfAccounts.FEES, withdrawals.feeMinor(withdrawal))
                        + missing(withdrawal, ChartOfAccounts.TAX, withdrawals.taxMinor(withdrawal))
                <= chart.fundingRoom();
    }

    /** Tells whether these accounts take what each of them is to get. */
    boolean fitsOut(final int withdrawal) {
        return fits(withdrawal, ChartOfAccounts.PAID_OUT, withdrawals.netMinor(withdrawal))
                && fits(withdrawal, ChartOfAccounts.FEES, withdrawals.feeMinor(withdrawal))
                && fits(withdrawal, ChartOfAccounts.TAX, withdrawals.taxMinor(withdrawal));
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

    /** Ends a withdrawal: the net amount is out, fee and tax stay in the house. */
    void arrive(final int withdrawal) {
        leaveTransit(withdrawal, ChartOfAccounts.PAID_OUT, withdrawals.netMinor(withdrawal));
        leaveTransit(withdrawal, ChartOfAccounts.FEES, withdrawals.feeMinor(withdrawal));
        leaveTransit(withdrawal, ChartOfAccounts.TAX, withdrawals.taxMinor(withdrawal));
    }

    void comeBack(final int withdrawal) {
        final int pool = withdrawals.pool(withdrawal);
        transfers.credit(
                pool,
                ChartOfAccounts.WITHDRAWABLE,
                withdrawals.amountMinor(withdrawal),
                own(pool, ChartOfAccounts.TRANSIT));
    }

    private void leaveTransit(final int withdrawal, final Slice account, final long amountMinor) {
        if (amountMinor > 0) {
            final int pool = withdrawals.pool(withdrawal);
            ledger.transfer(own(pool, ChartOfAccounts.TRANSIT), own(pool, account), amountMinor);
        }
    }

    private int missing(final int withdrawal, final Slice account, final long amountMinor) {
        return amountMinor == 0 || isOpen(withdrawals.pool(withdrawal), account) ? 0 : 1;
    }

    private boolean fits(final int withdrawal, final Slice account, final long amountMinor) {
        final int pool = withdrawals.pool(withdrawal);
        return !isOpen(pool, account) || ledger.takes(own(pool, account), amountMinor);
    }

    private boolean isOpen(final int pool, final Slice account) {
        return chart.isFunded(merchant(pool), account, pools.currency(pool));
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
