package io.miaojie.settlement;

import io.miaojie.settlement.campaign.CampaignVersion;
import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.part.Grants;
import io.miaojie.settlement.part.OrderLines;
import io.miaojie.settlement.part.OrderSums;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.Withdrawals;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.WithdrawalState;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What must hold of orders, their grants, and the pools that these fill. A part of {@link Invariants}. */
final class OrderInvariants {
    private final State state;
    private final Consumer<String> violated;

    OrderInvariants(final State state, final Consumer<String> violated) {
        this.state = state;
        this.violated = violated;
    }

    void check() {
        grantsHangInChains();
        ordersKeepTheirSums();
        poolsHoldWhatGrantsAndOrdersSay();
    }

    /** Every grant hangs in the chain of its order or member, once, and no other has its reward key. */
    private void grantsHangInChains() {
        final Grants grants = state.grants();
        final Orders orders = state.orders();
        int chained = 0;
        final Set<String> keys = new TreeSet<>();
        for (int order = 0; order < orders.count(); order++) {
            keys.clear();
            for (int grant = orders.lastGrant(order); grant >= 0; grant = grants.previous(grant)) {
                chained++;
                final String key = grants.version(grant) + "/" + grants.level(grant);
                hold(keys.add(key), "order=" + order + " grants twice: " + key);
                hold(grants.order(grant) == order, "grant=" + grant + " order=" + order);
                hold(grants.member(grant) >= 0, "grant=" + grant + " is nobody's");
            }
        }
        for (int member = 0; member < state.members().count(); member++) {
            int grant = state.members().lastGrant(member);
            for (; grant >= 0; grant = grants.previous(grant)) {
                chained++;
                hold(grants.member(grant) == member, "grant=" + grant + " member=" + member);
            }
        }
        hold(chained == grants.count(), "grants.count=" + grants.count() + " grants.chained=" + chained);
        for (int grant = 0; grant < grants.count(); grant++) {
            hold(
                    grants.clawedMinor(grant) >= 0 && grants.outstandingMinor(grant) >= 0,
                    "grant=" + grant + " credited=" + grants.creditedMinor(grant) + " clawed="
                            + grants.clawedMinor(grant));
        }
    }

    private void ordersKeepTheirSums() {
        final Orders orders = state.orders();
        int parked = 0;
        for (int order = 0; order < orders.count(); order++) {
            parked += orders.state(order) == OrderState.PARKED ? 1 : 0;
            final int row = orders.sumsOf(order);
            final OrderSums sums = orders.sums();
            final long poolMinor = poolMinor(row);
            hold(
                    sums.get(row, OrderSums.POOL_RETURNED) <= poolMinor
                            && sums.get(row, OrderSums.GOODWILL) <= sums.get(row, OrderSums.REFUNDED)
                            && orders.capturedMinor(order) >= 0,
                    "order=" + order + " sums");
            if (orders.has(order, Orders.PLACED)) {
                final long payableMinor = sums.get(row, OrderSums.PAYABLE);
                final long capturedMinor = orders.capturedMinor(order);
                final boolean isPaid =
                        orders.state(order) == OrderState.PAID || orders.state(order) == OrderState.REFUNDED;
                hold(
                        capturedMinor <= payableMinor && isPaid == (capturedMinor == payableMinor),
                        "order=" + order + " payable=" + payableMinor + " captured=" + capturedMinor);
            }
            linesKeepTheirSums(order);
        }
        hold(orders.parkedCount() == parked, "orders.parked=" + parked + " counted=" + orders.parkedCount());
    }

    private void linesKeepTheirSums(final int order) {
        final OrderLines lines = state.orderLines();
        long dueMinor = 0;
        int count = 0;
        for (int line = state.orders().firstLine(order); line >= 0; line = lines.next(line)) {
            dueMinor += lines.dueMinor(line);
            count++;
            hold(lines.dueMinor(line) >= 0 && lines.refundedMinor(line) >= 0, "order=" + order + " line=" + line);
        }
        final boolean isPlaced = state.orders().has(order, Orders.PLACED);
        hold(
                count <= OrderLines.PER_ORDER_MAX + 1
                        && (isPlaced || dueMinor <= state.orders().capturedMinor(order)),
                "order=" + order + " due=" + dueMinor + " lines=" + count);
    }

    /** Every bucket that follows from other tables does so, and with nothing moved by hand, the pool as a whole. */
    private void poolsHoldWhatGrantsAndOrdersSay() {
        final long[] pending = new long[state.pools().count()];
        final long[] locked = new long[pending.length];
        final long[] totals = new long[pending.length];
        addGrants(pending, totals);
        addOrders(locked, totals);
        addWithdrawals(locked, totals);
        for (int pool = 0; pool < pending.length; pool++) {
            final long pendingMinor = pending[pool] + state.pools().adjustedPendingMinor(pool);
            hold(
                    balance(pool, ChartOfAccounts.PENDING) == pendingMinor,
                    "pool=" + pool + " pending=" + balance(pool, ChartOfAccounts.PENDING) + " of=" + pendingMinor);
            hold(
                    balance(pool, ChartOfAccounts.LOCKED) == locked[pool],
                    "pool=" + pool + " locked=" + balance(pool, ChartOfAccounts.LOCKED) + " of=" + locked[pool]);
            long total = 0;
            for (int bucket = 0; bucket < ChartOfAccounts.BUCKET_COUNT; bucket++) {
                total += balance(pool, bucket);
            }
            hold(
                    total == totals[pool] || isAdjusted(pool),
                    "pool=" + pool + " total=" + total + " entries.sum=" + totals[pool]);
        }
    }

    private void addGrants(final long[] pending, final long[] totals) {
        final Grants grants = state.grants();
        for (int grant = 0; grant < grants.count(); grant++) {
            final CampaignVersion version = state.campaigns().version(grants.version(grant));
            final int pool = state.pools()
                    .find(grants.member(grant), version.definition().currency());
            hold(pool >= 0, "grant=" + grant + " pool missing");
            pending[Math.max(0, pool)] += GrantMoney.pendingMinor(grants, state.campaigns(), grant);
            totals[Math.max(0, pool)] += grants.outstandingMinor(grant);
        }
    }

    /** What an order holds is locked; what it spent and was not given back has left the pool. */
    private void addOrders(final long[] locked, final long[] totals) {
        final Orders orders = state.orders();
        for (int order = 0; order < orders.count(); order++) {
            final int row = orders.sumsOf(order);
            if (poolMinor(row) > 0) {
                final int pool = state.pools().find(orders.member(order), orders.currency(order));
                locked[pool] += orders.state(order) == OrderState.AWAITING ? poolMinor(row) : 0;
                totals[pool] -= orders.has(order, Orders.POOL_CAPTURED)
                        ? poolMinor(row) - orders.sums().get(row, OrderSums.POOL_RETURNED)
                        : 0;
            }
        }
    }

    private void addWithdrawals(final long[] locked, final long[] totals) {
        final Withdrawals withdrawals = state.withdrawals();
        for (int i = 0; i < withdrawals.count(); i++) {
            final WithdrawalState at = withdrawals.state(i);
            final int pool = withdrawals.pool(i);
            if (at == WithdrawalState.REQUESTED || at == WithdrawalState.APPROVED) {
                locked[pool] += withdrawals.amountMinor(i);
            } else if (Withdrawals.isUnderWay(at) || at == WithdrawalState.SUCCEEDED) {
                totals[pool] -= withdrawals.amountMinor(i);
            }
        }
    }

    private long poolMinor(final int row) {
        final OrderSums sums = state.orders().sums();
        return sums.get(row, OrderSums.POOL_SPENDABLE) + sums.get(row, OrderSums.POOL_WITHDRAWABLE);
    }

    private boolean isAdjusted(final int pool) {
        final int merchant = state.members().merchant(state.pools().member(pool));
        return state.chart()
                .isFunded(merchant, ChartOfAccounts.ADJUSTMENT, state.pools().currency(pool));
    }

    private long balance(final int pool, final int bucket) {
        return state.ledger().balance(ChartOfAccounts.poolAccount(pool, bucket));
    }

    private void hold(final boolean holds, final String violation) {
        if (!holds) {
            violated.accept(violation);
        }
    }
}
