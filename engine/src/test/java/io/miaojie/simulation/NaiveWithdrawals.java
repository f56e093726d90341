package io.miaojie.simulation;

import io.miaojie.simulation.World.Member;
import io.miaojie.simulation.World.Pool;
import io.miaojie.simulation.World.Shop;
import io.miaojie.simulation.World.Withdrawal;
import io.miaojie.wire.codec.Decision;
import io.miaojie.wire.codec.WithdrawalState;
import java.util.EnumSet;
import java.util.Set;

/** Payouts: locked at the request, in transit at the submission, back only on the channel's word. Returns the state. */
final class NaiveWithdrawals {
    private static final Set<WithdrawalState> UNDER_WAY = EnumSet.of(
            WithdrawalState.SUBMITTED,
            WithdrawalState.WAIT_USER_CONFIRM,
            WithdrawalState.PROCESSING,
            WithdrawalState.UNKNOWN);

    private final World world;
    private final NaivePools pools;

    NaiveWithdrawals(final World world, final NaivePools pools) {
        this.world = world;
        this.pools = pools;
    }

    int request(final Deed.Withdraw deed) {
        final Shop shop = Allowed.ingest(world, deed.head());
        Refusal.when(deed.amount() <= 0 || deed.amount() > World.MOST, "TERMS_CONTRADICT");
        Refusal.when(shop.withdrawals.containsKey(deed.head().id()), "WITHDRAWAL_EXISTS");
        final Member member = shop.members.get(deed.member());
        Refusal.when(member == null, "MEMBER_UNKNOWN");
        final Pool pool = member.pools.get(deed.currency());
        Refusal.when(pools.balance(pool, World.DEBT) > 0, "DEBT_OPEN");
        Refusal.when(pools.balance(pool, World.WITHDRAWABLE) < deed.amount(), "POOL_SHORT");
        pools.take(pool, World.WITHDRAWABLE, deed.amount());
        pool.buckets[World.LOCKED] += deed.amount();
        final Withdrawal withdrawal = new Withdrawal();
        withdrawal.index = world.withdrawals.size();
        withdrawal.shop = shop;
        withdrawal.id = deed.head().id();
        withdrawal.sequence = world.sequence;
        withdrawal.pool = pool;
        withdrawal.amount = deed.amount();
        world.withdrawals.add(withdrawal);
        shop.withdrawals.put(withdrawal.id, withdrawal);
        return world.make(withdrawal).state.value();
    }

    int decide(final Deed.Decide deed) {
        final Withdrawal withdrawal = find(Allowed.operate(world, deed.head()), deed.withdrawal());
        Refusal.when(withdrawal.state != WithdrawalState.REQUESTED, "WITHDRAWAL_STATE_FORBIDS");
        if (deed.decision() == Decision.APPROVE) {
            return change(withdrawal, WithdrawalState.APPROVED);
        }
        pools.take(withdrawal.pool, World.LOCKED, withdrawal.amount);
        pools.credit(withdrawal.pool, World.WITHDRAWABLE, withdrawal.amount);
        return change(withdrawal, WithdrawalState.REJECTED);
    }

    int submit(final Deed.Submit deed) {
        final Withdrawal withdrawal = find(Allowed.operate(world, deed.head()), deed.withdrawal());
        Refusal.when(withdrawal.state != WithdrawalState.APPROVED, "WITHDRAWAL_STATE_FORBIDS");
        Refusal.when(!takes(withdrawal, "~transit"), "AMOUNT_TOO_LARGE");
        pools.take(withdrawal.pool, World.LOCKED, withdrawal.amount);
        pools.move(account(withdrawal, "~transit"), withdrawal.amount);
        world.arm(world.nowNs + World.DAY_NS, () -> flag(withdrawal));
        return change(withdrawal, WithdrawalState.SUBMITTED);
    }

    private void flag(final Withdrawal withdrawal) {
        if (UNDER_WAY.contains(withdrawal.state)) {
            world.touch(withdrawal).isQueryDue = true;
        }
    }

    int report(final Deed.Report deed) {
        final Withdrawal withdrawal = find(Allowed.operate(world, deed.head()), deed.withdrawal());
        if (withdrawal.state == deed.state()) {
            return deed.state().value();
        }
        Refusal.when(!UNDER_WAY.contains(withdrawal.state), "WITHDRAWAL_STATE_FORBIDS");
        final boolean isBack = deed.state() == WithdrawalState.FAILED || deed.state() == WithdrawalState.CANCELLED;
        final boolean isOut = deed.state() == WithdrawalState.SUCCEEDED;
        final boolean fits = (!isOut || takes(withdrawal, "~paid-out"))
                && (!isBack || NaivePools.takes(withdrawal.pool, withdrawal.amount));
        Refusal.when(!fits, "AMOUNT_TOO_LARGE");
        if (isOut) {
            pools.move(account(withdrawal, "~transit"), -withdrawal.amount);
            pools.move(account(withdrawal, "~paid-out"), withdrawal.amount);
        } else if (isBack) {
            pools.move(account(withdrawal, "~transit"), -withdrawal.amount);
            pools.credit(withdrawal.pool, World.WITHDRAWABLE, withdrawal.amount);
        }
        return change(withdrawal, deed.state());
    }

    private static boolean takes(final Withdrawal withdrawal, final String name) {
        return NaivePools.takes(withdrawal.shop, name, withdrawal.pool.currency, withdrawal.amount);
    }

    private World.Fund account(final Withdrawal withdrawal, final String name) {
        return pools.fund(withdrawal.shop, name, withdrawal.pool.currency);
    }

    private Withdrawal find(final Shop shop, final String id) {
        final Withdrawal withdrawal = shop.withdrawals.get(id);
        Refusal.when(withdrawal == null, "WITHDRAWAL_UNKNOWN");
        return world.touch(withdrawal);
    }

    private int change(final Withdrawal withdrawal, final WithdrawalState state) {
        withdrawal.state = state;
        withdrawal.isQueryDue &= UNDER_WAY.contains(state);
        return state.value();
    }
}
