package io.miaojie.settlement;

import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.ledger.Ledger;
import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.part.OrderSums;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.PoolTransfers;
import io.miaojie.settlement.part.Pools;
import io.miaojie.wire.codec.OrderState;

/**
 * Pool money that a placed order spends: held when it is placed, captured when it is paid, returned when it is not,
 * given back with refunds. It leaves spendable first and goes back to the buckets that it came from.
 *
 * <p>Units: minor. Allocates: nothing.
 */
final class PoolSpending {
    private final Orders orders;
    private final OrderSums sums;
    private final Pools pools;
    private final PoolTransfers transfers;
    private final ChartOfAccounts chart;
    private final Ledger ledger;
    private final Effects effects;

    PoolSpending(final State state, final Effects effects) {
        this.orders = state.orders();
        this.sums = state.orders().sums();
        this.pools = state.pools();
        this.transfers = state.transfers();
        this.chart = state.chart();
        this.ledger = state.ledger();
        this.effects = effects;
    }

    /** Tells whether the pool has this much to spend. */
    boolean has(final int pool, final long amountMinor) {
        return pool >= 0
                && amountMinor
                        <= transfers.balance(pool, ChartOfAccounts.SPENDABLE)
                                + transfers.balance(pool, ChartOfAccounts.WITHDRAWABLE);
    }

    /**
     * Tells whether the account that it will be captured by has to be opened; else money moves without it.
     *
     * @return whether it is missing and there is no room
     */
    boolean lacksAccount(final int merchant, final int currency) {
        return !chart.isFunded(merchant, ChartOfAccounts.REDEEMED, currency) && chart.fundingRoom() == 0;
    }

    /** Locks money that the pool {@link #has}. */
    void hold(final int order, final int pool, final long amountMinor) {
        chart.funding(orders.merchant(order), ChartOfAccounts.REDEEMED, orders.currency(order));
        final int locked = pools.account(pool, ChartOfAccounts.LOCKED);
        final long spendableMinor = transfers.take(pool, ChartOfAccounts.SPENDABLE, amountMinor, locked);
        final long withdrawableMinor =
                transfers.take(pool, ChartOfAccounts.WITHDRAWABLE, amountMinor - spendableMinor, locked);
        final int row = orders.addSums(order);
        sums.set(row, OrderSums.POOL_SPENDABLE, spendableMinor);
        sums.set(row, OrderSums.POOL_WITHDRAWABLE, withdrawableMinor);
        sums.set(row, OrderSums.POOL_RETURNED, 0);
        effects.touchPool(pool);
    }

    /** The order was paid: the money is the merchant's. */
    void capture(final int order) {
        final long heldMinor = heldMinor(order);
        if (heldMinor > 0) {
            final int pool = pool(order);
            transfers.take(pool, ChartOfAccounts.LOCKED, heldMinor, redeemed(order));
            orders.set(order, Orders.POOL_CAPTURED);
            effects.touchPool(pool);
        }
    }

    /** Tells whether the merchant's account takes what the order holds. */
    boolean canCapture(final int order) {
        final long heldMinor = heldMinor(order);
        return heldMinor == 0 || ledger.takes(redeemed(order), heldMinor);
    }

    /** The order won't be paid: the money goes back where it came from. */
    void release(final int order) {
        final long heldMinor = heldMinor(order);
        if (heldMinor > 0) {
            final int row = orders.sumsOf(order);
            credit(pool(order), sums.get(row, OrderSums.POOL_SPENDABLE), heldMinor, locked(order));
            sums.set(row, OrderSums.POOL_RETURNED, heldMinor);
        }
    }

    /** Gives back what refunds are due to give back, as a part of the captured cash that they are. */
    void giveBack(final int order) {
        if (!orders.has(order, Orders.POOL_CAPTURED)) {
            return;
        }
        final int row = orders.sumsOf(order);
        final long spendableMinor = sums.get(row, OrderSums.POOL_SPENDABLE);
        final long poolMinor = spendableMinor + sums.get(row, OrderSums.POOL_WITHDRAWABLE);
        final long capturedMinor = orders.capturedMinor(order);
        final long refundedMinor = Math.min(capturedMinor, sums.get(row, OrderSums.REFUNDED));
        final long dueMinor = Money.portion(poolMinor, refundedMinor, capturedMinor);
        final long returnedMinor = sums.get(row, OrderSums.POOL_RETURNED);
        final int pool = pool(order);
        final int from = redeemed(order);
        final long backMinor = dueMinor - returnedMinor;
        if (backMinor > 0 && transfers.takes(pool, backMinor) && transfers.gives(from, backMinor)) {
            final long toSpendableMinor = Money.portion(spendableMinor, dueMinor, poolMinor)
                    - Money.portion(spendableMinor, returnedMinor, poolMinor);
            credit(pool, toSpendableMinor, backMinor, from);
            sums.set(row, OrderSums.POOL_RETURNED, dueMinor);
        }
    }

    /** Returns what the order holds of the pool and has not given back. */
    private long heldMinor(final int order) {
        final int row = orders.sumsOf(order);
        final boolean isHeld = orders.state(order) == OrderState.AWAITING;
        return isHeld ? sums.get(row, OrderSums.POOL_SPENDABLE) + sums.get(row, OrderSums.POOL_WITHDRAWABLE) : 0;
    }

    private void credit(final int pool, final long toSpendableMinor, final long amountMinor, final int from) {
        transfers.credit(pool, ChartOfAccounts.SPENDABLE, toSpendableMinor, from);
        transfers.credit(pool, ChartOfAccounts.WITHDRAWABLE, amountMinor - toSpendableMinor, from);
        effects.touchPool(pool);
    }

    private int pool(final int order) {
        return pools.find(orders.member(order), orders.currency(order));
    }

    private int locked(final int order) {
        return pools.account(pool(order), ChartOfAccounts.LOCKED);
    }

    private int redeemed(final int order) {
        return chart.funding(orders.merchant(order), ChartOfAccounts.REDEEMED, orders.currency(order));
    }
}
