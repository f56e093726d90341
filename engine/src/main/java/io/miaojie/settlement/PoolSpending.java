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
 * given back with refunds. It leaves spendable first, and of that what expires first; it goes back to the buckets that
 * it came from, and what never becomes withdrawable, or expires, does so no less afterwards.
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
    private final GrantExpiry expiry;
    private final Effects effects;

    PoolSpending(final State state, final Effects effects) {
        this.orders = state.orders();
        this.sums = state.orders().sums();
        this.pools = state.pools();
        this.transfers = state.transfers();
        this.chart = state.chart();
        this.ledger = state.ledger();
        this.expiry = new GrantExpiry(state, effects);
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
        final long keptMinor = pools.keptMinor(pool);
        final long lapsingMinor = pools.lapsingMinor(pool);
        final long spendableMinor = transfers.takeLapsingFirst(pool, amountMinor, locked);
        final long withdrawableMinor =
                transfers.take(pool, ChartOfAccounts.WITHDRAWABLE, amountMinor - spendableMinor, locked);
        final int row = orders.addSums(order);
        sums.set(row, OrderSums.POOL_SPENDABLE, spendableMinor);
        sums.set(row, OrderSums.POOL_WITHDRAWABLE, withdrawableMinor);
        sums.set(row, OrderSums.POOL_RETURNED, 0);
        sums.keep(row, keptMinor - pools.keptMinor(pool), lapsingMinor - pools.lapsingMinor(pool));
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
            giveBack(order, heldMinor, locked(order));
        }
    }

    /** Gives back what refunds are due to give back, as a part of the captured cash that they are. */
    void giveBack(final int order) {
        if (!orders.has(order, Orders.POOL_CAPTURED)) {
            return;
        }
        final int row = orders.sumsOf(order);
        final long poolMinor = poolMinor(row);
        final long capturedMinor = orders.capturedMinor(order);
        final long refundedMinor = Math.min(capturedMinor, sums.get(row, OrderSums.REFUNDED));
        final long dueMinor = Money.portion(poolMinor, refundedMinor, capturedMinor);
        final int from = redeemed(order);
        final long backMinor = dueMinor - sums.get(row, OrderSums.POOL_RETURNED);
        if (backMinor > 0 && transfers.takes(pool(order), backMinor) && transfers.gives(from, backMinor)) {
            giveBack(order, dueMinor, from);
        }
    }

    /** Returns what the order holds of the pool and has not given back. */
    private long heldMinor(final int order) {
        final int row = orders.sumsOf(order);
        final boolean isHeld = orders.state(order) == OrderState.AWAITING;
        return isHeld ? poolMinor(row) : 0;
    }

    private long poolMinor(final int row) {
        return sums.get(row, OrderSums.POOL_SPENDABLE) + sums.get(row, OrderSums.POOL_WITHDRAWABLE);
    }

    /** Gives pool money back until this much of it is returned. What expired while it was away goes to its funder. */
    private void giveBack(final int order, final long dueMinor, final int from) {
        final int row = orders.sumsOf(order);
        final int pool = pool(order);
        final long returnedMinor = sums.get(row, OrderSums.POOL_RETURNED);
        final long spendableMinor = spendableOf(row, dueMinor) - spendableOf(row, returnedMinor);
        final long keptMinor = keptOf(row, dueMinor) - keptOf(row, returnedMinor);
        final long lapsingMinor = lapsingOf(row, dueMinor) - lapsingOf(row, returnedMinor);
        final long expiredMinor = pools.expiredMinor(pool, lapsingMinor);
        final long goneMinor = expiry.giveBack(pool, expiredMinor, from);
        final long beforeMinor = transfers.balance(pool, ChartOfAccounts.SPENDABLE);
        transfers.credit(pool, ChartOfAccounts.SPENDABLE, spendableMinor - goneMinor, from);
        final long arrivedMinor = transfers.balance(pool, ChartOfAccounts.SPENDABLE) - beforeMinor;
        pools.keep(
                pool,
                Math.min(arrivedMinor, keptMinor - goneMinor),
                Math.min(arrivedMinor, lapsingMinor - expiredMinor));
        transfers.credit(pool, ChartOfAccounts.WITHDRAWABLE, dueMinor - returnedMinor - spendableMinor, from);
        sums.set(row, OrderSums.POOL_RETURNED, dueMinor);
        effects.touchPool(pool);
    }

    /** Returns what goes back to spendable when this much is returned in all. */
    private long spendableOf(final int row, final long returnedMinor) {
        return Money.portion(sums.get(row, OrderSums.POOL_SPENDABLE), returnedMinor, poolMinor(row));
    }

    /** Returns what of that never becomes withdrawable. */
    private long keptOf(final int row, final long returnedMinor) {
        final long keptMinor = sums.keptMinor(row);
        final long spendableMinor = sums.get(row, OrderSums.POOL_SPENDABLE);
        return keptMinor == 0 ? 0 : Money.portion(keptMinor, spendableOf(row, returnedMinor), spendableMinor);
    }

    /** Returns what of that expires. */
    private long lapsingOf(final int row, final long returnedMinor) {
        final long lapsingMinor = sums.lapsingMinor(row);
        return lapsingMinor == 0 ? 0 : Money.portion(lapsingMinor, keptOf(row, returnedMinor), sums.keptMinor(row));
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
