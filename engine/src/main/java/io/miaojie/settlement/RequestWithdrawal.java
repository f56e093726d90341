package io.miaojie.settlement;

import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.PoolTransfers;
import io.miaojie.settlement.part.Pools;
import io.miaojie.settlement.part.Withdrawals;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.RequestWithdrawalCommandDecoder;
import io.miaojie.wire.codec.RiskVerdict;
import io.miaojie.wire.codec.WithdrawalState;

/** Settles {@code RequestWithdrawalCommand}: locks withdrawable money in the same step. */
final class RequestWithdrawal {
    private static final int HEADER = RequestWithdrawalCommandDecoder.idHeaderLength();

    private final Members members;
    private final Pools pools;
    private final PoolTransfers transfers;
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
        this.withdrawals = state.withdrawals();
        this.money = new WithdrawalMoney(state);
        this.risk = new RiskSignals(state);
        this.replies = replies;
        this.effects = effects;
    }

    /** Refuses with what {@link #guard} says, {@code PAYOUT_REJECTED}, {@code WITHDRAWALS_FULL}. */
    int settle(final Call call) {
        decode(call);
        final int merchant = call.key().merchant();
        final int member = members.find(merchant, memberId);
        final int pool = member < 0 ? -1 : pools.find(member, command.currency());
        final ResultCode guard = guard(call, member, pool);
        if (guard != ResultCode.OK) {
            return replies.refuse(call, guard);
        }
        risk.judgePayout(merchant, payee, member, call.nowNs());
        if (risk.verdict() == RiskVerdict.REJECT.value()) {
            return replies.refuse(call, ResultCode.PAYOUT_REJECTED);
        }
        if (withdrawals.room() == 0) {
            return replies.turnAway(call, ResultCode.WITHDRAWALS_FULL);
        }
        money.lock(pool, command.amountMinor());
        final int withdrawal = withdrawals.add(merchant, id, pool, command.amountMinor(), call.sequence());
        effects.begin(-1, -1);
        effects.touchWithdrawal(withdrawal);
        risk.seePayout(merchant, payee, member, call.nowNs());
        if (risk.verdict() == RiskVerdict.HOLD.value()) {
            effects.skip(risk.code()); // said to whoever decides, and nothing else: it waits for a decision anyway
        }
        return effects.write(call, WithdrawalState.REQUESTED.value(), command.currency());
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

    private void decode(final Call call) {
        command.wrap(
                call.in(),
                call.bodyOffset(),
                call.header().blockLength(),
                call.header().version());
        id.wrap(call.in(), command.limit() + HEADER, command.skipId());
        memberId.wrap(call.in(), command.limit() + HEADER, command.skipMemberId());
        command.skipMethod();
        payee.wrap(call.in(), command.limit() + HEADER, command.skipPayee());
    }
}
