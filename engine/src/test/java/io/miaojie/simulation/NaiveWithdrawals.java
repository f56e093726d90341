package io.miaojie.simulation;

import io.miaojie.simulation.World.Member;
import io.miaojie.simulation.World.PayoutTerms;
import io.miaojie.simulation.World.Pool;
import io.miaojie.simulation.World.Shop;
import io.miaojie.simulation.World.Withdrawal;
import io.miaojie.wire.codec.Decision;
import io.miaojie.wire.codec.RiskVerdict;
import io.miaojie.wire.codec.WithdrawalState;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Payouts and their terms: locked at the request, in transit at the submission, back only on the channel's word.
 * Returns the state.
 */
final class NaiveWithdrawals {
    private static final Set<WithdrawalState> UNDER_WAY = EnumSet.of(
            WithdrawalState.SUBMITTED,
            WithdrawalState.WAIT_USER_CONFIRM,
            WithdrawalState.PROCESSING,
            WithdrawalState.UNKNOWN);

    private static final Set<WithdrawalState> UNPAID =
            EnumSet.of(WithdrawalState.REJECTED, WithdrawalState.FAILED, WithdrawalState.CANCELLED);

    private final World world;
    private final NaivePools pools;
    private final NaiveRisk risk;

    NaiveWithdrawals(final World world, final NaivePools pools, final NaiveRisk risk) {
        this.world = world;
        this.pools = pools;
        this.risk = risk;
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
        final PayoutTerms terms = shop.payoutTerms.getOrDefault(deed.currency(), PayoutTerms.NONE);
        final LocalDate day = day(shop, terms, pool);
        final List<Withdrawal> earlier = ofDay(shop, pool, day);
        final long fee =
                earlier.size() < terms.freePerDay() ? 0 : Math.max(terms.feeMin(), part(deed.amount(), terms.feePpm()));
        final long tax = part(deed.amount(), terms.taxPpm());
        final long drawn = earlier.stream().mapToLong(of -> of.amount).sum();
        Refusal.when(deed.amount() < terms.min() || fee + tax >= deed.amount(), "WITHDRAWAL_BELOW_MIN");
        Refusal.when(terms.max() > 0 && deed.amount() > terms.max(), "WITHDRAWAL_ABOVE_MAX");
        Refusal.when(terms.countPerDay() > 0 && earlier.size() >= terms.countPerDay(), "WITHDRAWALS_PER_DAY");
        Refusal.when(terms.perDay() > 0 && drawn + deed.amount() > terms.perDay(), "WITHDRAWAL_AMOUNT_PER_DAY");
        final NaiveRisk.Judgement judgement = risk.judgePayout(shop, deed.payee(), member);
        Refusal.when(judgement.verdict() == RiskVerdict.REJECT, "PAYOUT_REJECTED");
        risk.seePayout(shop, deed.payee(), member);
        pools.take(pool, World.WITHDRAWABLE, deed.amount());
        pool.buckets[World.LOCKED] += deed.amount();
        final Withdrawal withdrawal = new Withdrawal();
        withdrawal.fee = fee;
        withdrawal.tax = tax;
        withdrawal.day = day;
        if (judgement.verdict() == RiskVerdict.HOLD) {
            world.skips.add("v-1 L0 " + judgement.code());
        } else if (deed.amount() <= terms.approvedUpTo()) {
            withdrawal.state = WithdrawalState.APPROVED;
        }
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

    void define(final Deed.DefinePayouts deed) {
        final Shop shop = Allowed.operate(world, deed.head());
        final PayoutTerms terms = deed.terms();
        final boolean bounds =
                terms.max() != 0 && terms.max() < terms.min() || terms.perDay() != 0 && terms.perDay() < terms.min();
        Refusal.when(bounds || terms.feePpm() + terms.taxPpm() >= 1_000_000, "TERMS_CONTRADICT");
        shop.payoutTerms.put(deed.currency(), terms);
    }

    /** Days begin at the cut-off of the day before, and never go back for a pool. */
    private LocalDate day(final Shop shop, final PayoutTerms terms, final Pool pool) {
        final LocalDateTime local = LocalDateTime.ofEpochSecond(
                Math.floorDiv(world.nowNs, World.SECOND_NS), 0, ZoneOffset.ofTotalSeconds(60 * shop.offsetMinutes));
        final int early = terms.cutOffMinute() == 0 ? 0 : 24 * 60 - terms.cutOffMinute();
        final LocalDate day = local.plusMinutes(early).toLocalDate();
        return shop.withdrawals.values().stream()
                .filter(of -> of.pool == pool)
                .map(of -> of.day)
                .reduce(day, (one, other) -> one.isAfter(other) ? one : other);
    }

    private static List<Withdrawal> ofDay(final Shop shop, final Pool pool, final LocalDate day) {
        return shop.withdrawals.values().stream()
                .filter(of -> of.pool == pool && of.day.equals(day) && !UNPAID.contains(of.state))
                .toList();
    }

    private static long part(final long amount, final int ppm) {
        return BigInteger.valueOf(amount)
                .multiply(BigInteger.valueOf(ppm))
                .divide(BigInteger.valueOf(1_000_000))
                .longValueExact();
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
        Refusal.when(!takes(withdrawal, "~transit", withdrawal.amount), "AMOUNT_TOO_LARGE");
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
        final long net = withdrawal.amount - withdrawal.fee - withdrawal.tax;
        final boolean fits = (!isOut
                        || takes(withdrawal, "~paid-out", net)
                                && takes(withdrawal, "~fees", withdrawal.fee)
                                && takes(withdrawal, "~tax", withdrawal.tax))
                && (!isBack || NaivePools.takes(withdrawal.pool, withdrawal.amount));
        Refusal.when(!fits, "AMOUNT_TOO_LARGE");
        if (isOut) {
            pools.move(account(withdrawal, "~transit"), -withdrawal.amount);
            pools.move(account(withdrawal, "~paid-out"), net);
            keep(withdrawal, "~fees", withdrawal.fee);
            keep(withdrawal, "~tax", withdrawal.tax);
        } else if (isBack) {
            pools.move(account(withdrawal, "~transit"), -withdrawal.amount);
            pools.credit(withdrawal.pool, World.WITHDRAWABLE, withdrawal.amount);
        }
        return change(withdrawal, deed.state());
    }

    private void keep(final Withdrawal withdrawal, final String name, final long amount) {
        if (amount > 0) {
            pools.move(account(withdrawal, name), amount);
        }
    }

    private static boolean takes(final Withdrawal withdrawal, final String name, final long amount) {
        return NaivePools.takes(withdrawal.shop, name, withdrawal.pool.currency, amount);
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
