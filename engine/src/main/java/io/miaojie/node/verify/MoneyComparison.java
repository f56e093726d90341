package io.miaojie.node.verify;

import io.miaojie.projection.ProjectionReader;
import io.miaojie.projection.ProjectionReader.GrantRow;
import io.miaojie.projection.ProjectionReader.GrantState;
import io.miaojie.projection.ProjectionReader.OrderState;
import io.miaojie.projection.ProjectionReader.PoolPart;
import io.miaojie.projection.ProjectionReader.WithdrawalState;
import io.miaojie.settlement.State;
import io.miaojie.settlement.part.Grants;
import io.miaojie.settlement.part.OrderSums;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.RefundOrders;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.RefundOrderState;
import java.util.Arrays;

/** Compares what money did in the core's state with the rows of the same sequence: orders, grants, what goes out. */
final class MoneyComparison {
    private final State state;
    private final ProjectionReader rows;
    private final Differences differences;
    private final Slice view = new Slice();
    private int seen;

    MoneyComparison(final State state, final ProjectionReader rows, final Differences differences) {
        this.state = state;
        this.rows = rows;
        this.differences = differences;
    }

    /** Returns how many rows were compared. */
    long run() {
        long count = compareOrders();
        count += compareGrants();
        count += compareRefundOrders();
        return count + compareWithdrawals();
    }

    private int compareOrders() {
        seen = 0;
        rows.orders(row -> {
            final int index = seen++;
            differences.compare("order row index", index, row.orderIndex());
            if (index < state.orders().count()) {
                final String what = "order " + index;
                differences.compare(what + " id", state.orders().id(index, view).toString(), row.id());
                differences.compare(what + " merchant", state.orders().merchant(index), row.merchantIndex());
                differences.compare(what, order(index), row.state());
            }
        });
        return counted("orders", state.orders().count());
    }

    private OrderState order(final int index) {
        final Orders orders = state.orders();
        final int sums = orders.sumsOf(index);
        final long capturedMinor = orders.capturedMinor(index);
        return new OrderState(
                orders.state(index).value(),
                orders.member(index),
                capturedMinor,
                Math.min(capturedMinor, orders.sums().get(sums, OrderSums.REFUNDED)),
                new PoolPart(
                        orders.sums().get(sums, OrderSums.POOL_SPENDABLE),
                        orders.sums().get(sums, OrderSums.POOL_WITHDRAWABLE),
                        orders.sums().get(sums, OrderSums.POOL_RETURNED)),
                orders.has(index, Orders.FROZEN),
                orders.has(index, Orders.DELIVERED));
    }

    private int compareGrants() {
        seen = 0;
        rows.grants(row -> {
            seen++;
            int grant = newestGrant(row);
            while (grant >= 0 && !isSame(grant, row)) {
                grant = state.grants().previous(grant);
            }
            if (grant < 0) {
                differences.add("grant in Postgres, not in memory: " + row);
            } else {
                differences.compare("grant of " + row, grant(grant), row.state());
            }
        });
        return counted("grants", state.grants().count());
    }

    /** Grants of no order hang on their member. */
    private int newestGrant(final GrantRow row) {
        if (row.orderIndex() < 0) {
            return row.memberIndex() < state.members().count() ? state.members().lastGrant(row.memberIndex()) : -1;
        }
        return row.orderIndex() < state.orders().count() ? state.orders().lastGrant(row.orderIndex()) : -1;
    }

    private boolean isSame(final int grant, final GrantRow row) {
        return state.grants().version(grant) == row.campaignIndex()
                && state.grants().member(grant) == row.memberIndex()
                && state.grants().level(grant) == row.level();
    }

    private GrantState grant(final int grant) {
        final Grants grants = state.grants();
        final boolean isReleased = grants.has(grant, Grants.RELEASED);
        final long creditedMinor = grants.creditedMinor(grant);
        final long clawedMinor = grants.clawedMinor(grant);
        final long pendingMinor = grants.has(grant, Grants.SUSPENDED)
                ? grants.outstandingMinor(grant)
                : state.campaigns()
                        .version(grants.version(grant))
                        .definition()
                        .hold()
                        .pendingMinor(creditedMinor, clawedMinor);
        return new GrantState(
                creditedMinor,
                clawedMinor,
                isReleased ? 0 : pendingMinor,
                isReleased,
                grants.releaseAtNs(grant),
                grants.drawn(grant));
    }

    private int compareRefundOrders() {
        final RefundOrders refundOrders = state.refundOrders();
        seen = 0;
        rows.refundOrders(row -> {
            seen++;
            final String what = "refund order " + row.sequence() + "." + row.ordinal();
            final int found = refundOrders.find(row.sequence(), row.ordinal());
            if (found < 0) {
                differences.add(what + ": in Postgres, not in memory");
                return;
            }
            final String state =
                    RefundOrderState.get((short) refundOrders.state(found)).name();
            differences.compare(what + " state", state, row.state());
            differences.compare(what + " order", refundOrders.order(found), row.orderIndex());
            differences.compare(what + " amount", refundOrders.amountMinor(found), row.amountMinor());
            differences.compare(
                    what + " merchant", this.state.orders().merchant(refundOrders.order(found)), row.merchantIndex());
            differences.compare(what + " payment", refundOrders.paymentSequence(found), row.paymentSequence());
            final String currency = Currencies.code(refundOrders.currency(found));
            differences.compare(what + " currency", currency, row.currency());
            differences.compare(what + " reason", reason(refundOrders.reason(found)), row.reason());
        });
        return counted("refund orders", refundOrders.count());
    }

    private static String reason(final int number) {
        return Arrays.stream(ResultCode.values())
                .filter(code -> code.number() == number)
                .map(ResultCode::name)
                .findFirst()
                .orElse(Integer.toString(number));
    }

    private int compareWithdrawals() {
        seen = 0;
        rows.withdrawals(row -> {
            final int index = seen++;
            differences.compare("withdrawal row index", index, row.withdrawalIndex());
            if (index < state.withdrawals().count()) {
                final String what = "withdrawal " + index;
                final int pool = state.withdrawals().pool(index);
                differences.compare(what + " merchant", state.withdrawals().merchant(index), row.merchantIndex());
                differences.compare(what + " sequence", state.withdrawals().madeSequence(index), row.sequence());
                differences.compare(what + " member", state.pools().member(pool), row.memberIndex());
                differences.compare(what + " amount", state.withdrawals().amountMinor(index), row.amountMinor());
                final WithdrawalState expected = new WithdrawalState(
                        state.withdrawals().state(index).name(),
                        state.withdrawals().isQueryDue(index));
                differences.compare(what, expected, row.state());
            }
        });
        return counted("withdrawals", state.withdrawals().count());
    }

    private int counted(final String table, final int expected) {
        differences.compare("rows of " + table, expected, seen);
        return seen;
    }
}
