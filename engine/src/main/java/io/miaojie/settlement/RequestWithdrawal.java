package io.miaojie.settlement;

import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.Merchants;
import io.miaojie.settlement.part.PayoutTerms;
import io.miaojie.settlement.part.Payouts;
import io.miaojie.settlement.part.PoolTransfers;
import io.miaojie.settlement.part.Pools;
import io.miaojie.settlement.part.Withdrawals;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.RequestWithdrawalCommandDecoder;
import io.miaojie.wire.codec.RiskVerdict;
import io.miaojie.wire.codec.WithdrawalState;

/**
 * Settles {@code RequestWithdrawalCommand}: locks withdrawable money in the same step. Fee, tax and payout day are
 * those of the payout terms that hold now; later ones change nothing about it.
 */
final class RequestWithdrawal {
    private static final int HEADER = RequestWithdrawalCommandDecoder.idHeaderLength();

    private final Members members;
    private final Pools pools;
    private final PoolTransfers transfers;
    private final Merchants merchants;
    private final Payouts payouts;
    private final Withdrawals withdrawals;
    private final WithdrawalMoney money;
    private final RiskSignals risk;
    private final Replies replies;
    private final Effects effects;
    private final RequestWithdrawalCommandDecoder command = new RequestWithdrawalCommandDecoder();
    private final Slice id = new Slice();
    private final Slice memberId = new Slice();
    private final Slice payee = new Slice();

    RequestWithdrawal(final State state, final Replies replies, final Effects effects) {
        this.members = state.members();
        this.pools = state.pools();
        this.transfers = state.transfers();
        this.merchants = state.merchants();
        this.payouts = state.payouts();
        this.withdrawals = state.withdrawals();
        this.money = new WithdrawalMoney(state);
        this.risk = new RiskSignals(state);
        this.replies = replies;
        this.effects = effects;
    }

    /** Refuses with what {@link #guard} and {@link #bound} say, {@code PAYOUT_REJECTED}, {@code WITHDRAWALS_FULL}. */
    int settle(final Call call) {
        decode(call);
        final int merchant = call.key().merchant();
        final int member = members.find(merchant, memberId);
        final int pool = member < 0 ? -1 : pools.find(member, command.currency());
        final ResultCode guard = guard(call, member, pool);
        if (guard != ResultCode.OK) {
            return replies.refuse(call, guard);
        }
        final PayoutTerms terms = payouts.terms(merchant, command.currency());
        final int day = payouts.day(terms, merchants.at(merchant), pool, call.nowNs());
        final ResultCode bound = bound(terms, pool, day);
        if (bound != ResultCode.OK) {
            return replies.refuse(call, bound);
        }
        risk.judgePayout(merchant, payee, member, call.nowNs());
        if (risk.verdict() == RiskVerdict.REJECT.value()) {
            return replies.refuse(call, ResultCode.PAYOUT_REJECTED);
        }
        if (withdrawals.room() == 0) {
            return replies.turnAway(call, ResultCode.WITHDRAWALS_FULL);
        }
        final long amountMinor = command.amountMinor();
        final long feeMinor = terms.feeMinor(amountMinor, payouts.count(pool, day));
        money.lock(pool, amountMinor);
        final int withdrawal = withdrawals.add(merchant, id, pool, amountMinor, call.sequence());
        withdrawals.price(withdrawal, feeMinor, terms.taxMinor(amountMinor), day);
        payouts.count(pool, day, amountMinor);
        effects.begin(-1, -1);
        effects.touchWithdrawal(withdrawal);
        risk.seePayout(merchant, payee, member, call.nowNs());
        if (risk.verdict() == RiskVerdict.HOLD.value()) {
            effects.skip(risk.code()); // said to whoever decides: nobody but a person lets it go
        } else if (amountMinor <= terms.approvedUpToMinor()) {
            withdrawals.change(withdrawal, WithdrawalState.APPROVED);
        }
        return effects.write(call, withdrawals.state(withdrawal).value(), command.currency());
    }

    /**
     * Says why nothing is locked.
     *
     * @return {@code ROLE_FORBIDS}, {@code TERMS_CONTRADICT}, {@code WITHDRAWAL_EXISTS}, {@code MEMBER_UNKNOWN},
     *     {@code DEBT_OPEN}, {@code POOL_SHORT}, {@code OK}
     */
    private ResultCode guard(final Call call, final int member, final int pool) {
        if (!Roles.mayIngest(call.key())) {
            return ResultCode.ROLE_FORBIDS;
        }
        final long amountMinor = command.amountMinor();
        if (amountMinor == 0 || !Money.isAmount(amountMinor)) {
            return ResultCode.TERMS_CONTRADICT;
        }
        if (withdrawals.find(call.key().merchant(), id) >= 0) {
            return ResultCode.WITHDRAWAL_EXISTS;
        }
        if (member < 0) {
            return ResultCode.MEMBER_UNKNOWN;
        }
        if (pool >= 0 && transfers.owed(pool) > 0) {
            return ResultCode.DEBT_OPEN;
        }
        return pool >= 0 && transfers.balance(pool, ChartOfAccounts.WITHDRAWABLE) >= amountMinor
                ? ResultCode.OK
                : ResultCode.POOL_SHORT;
    }

    /**
     * Says which bound of the payout terms it passes.
     *
     * @return {@code WITHDRAWAL_BELOW_MIN}, {@code WITHDRAWAL_ABOVE_MAX}, {@code WITHDRAWALS_PER_DAY},
     *     {@code WITHDRAWAL_AMOUNT_PER_DAY}, {@code OK}
     */
    private ResultCode bound(final PayoutTerms terms, final int pool, final int day) {
        final long amountMinor = command.amountMinor();
        final int earlierCount = payouts.count(pool, day);
        final long keptMinor = terms.feeMinor(amountMinor, earlierCount) + terms.taxMinor(amountMinor);
        if (amountMinor < terms.amount().minMinor() || amountMinor <= keptMinor) {
            return ResultCode.WITHDRAWAL_BELOW_MIN;
        }
        if (passes(amountMinor, terms.amount().maxMinor())) {
            return ResultCode.WITHDRAWAL_ABOVE_MAX;
        }
        if (passes(earlierCount + 1, terms.countPerDay())) {
            return ResultCode.WITHDRAWALS_PER_DAY;
        }
        return passes(payouts.amountMinor(pool, day) + amountMinor, terms.amountPerDayMinor())
                ? ResultCode.WITHDRAWAL_AMOUNT_PER_DAY
                : ResultCode.OK;
    }

    private static boolean passes(final long value, final long most) {
        return most > 0 && value > most;
    }

    private void decode(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        id.wrap(call.in(), command.limit() + HEADER, command.skipId());
        memberId.wrap(call.in(), command.limit() + HEADER, command.skipMemberId());
        command.skipMethod();
        payee.wrap(call.in(), command.limit() + HEADER, command.skipPayee());
    }
}
