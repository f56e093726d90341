package io.miaojie.settlement;

import io.miaojie.settlement.part.Pools;
import io.miaojie.settlement.part.Timers;
import io.miaojie.settlement.part.Withdrawals;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.SubmitWithdrawalCommandDecoder;
import io.miaojie.wire.codec.WithdrawalState;

/**
 * Settles {@code SubmitWithdrawalCommand}: the fence before the channel is called. From here on only the channel's word
 * ends the withdrawal; time alone moves no money, it only says that the channel should be asked.
 */
final class SubmitWithdrawal {
    private static final int HEADER = SubmitWithdrawalCommandDecoder.requestIdHeaderLength();

    private final Pools pools;
    private final Timers timers;
    private final Withdrawals withdrawals;
    private final WithdrawalMoney money;
    private final Replies replies;
    private final Effects effects;
    private final SubmitWithdrawalCommandDecoder command = new SubmitWithdrawalCommandDecoder();
    private final Slice id = new Slice();

    SubmitWithdrawal(final State state, final Replies replies, final Effects effects) {
        this.pools = state.pools();
        this.timers = state.timers();
        this.withdrawals = state.withdrawals();
        this.money = new WithdrawalMoney(state);
        this.replies = replies;
        this.effects = effects;
    }

    /**
     * Refuses with {@code ROLE_FORBIDS}, {@code WITHDRAWAL_UNKNOWN}, {@code WITHDRAWAL_STATE_FORBIDS},
     * {@code AMOUNT_TOO_LARGE} of the account, {@code POOLS_FULL}, {@code TIMERS_FULL}.
     */
    int settle(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        command.skipRequestId();
        id.wrap(call.in(), command.limit() + HEADER, command.skipWithdrawalId());
        if (!Roles.mayOperate(call.key())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        final int withdrawal = withdrawals.find(call.key().merchant(), id);
        if (withdrawal < 0) {
            return replies.refuse(call, ResultCode.WITHDRAWAL_UNKNOWN);
        }
        if (withdrawals.state(withdrawal) != WithdrawalState.APPROVED) {
            return replies.refuse(call, ResultCode.WITHDRAWAL_STATE_FORBIDS);
        }
        if (!money.fitsTransit(withdrawal)) {
            return replies.refuse(call, ResultCode.AMOUNT_TOO_LARGE);
        }
        if (!money.canSend(withdrawal)) {
            return replies.turnAway(call, ResultCode.POOLS_FULL);
        }
        if (timers.room() == 0) {
            return replies.turnAway(call, ResultCode.TIMERS_FULL);
        }
        money.send(withdrawal);
        withdrawals.change(withdrawal, WithdrawalState.SUBMITTED);
        timers.arm(QueryDue.deadlineNs(call.nowNs()), QueryDue.TIMER_TAG, withdrawal);
        effects.begin(-1, -1);
        effects.touchWithdrawal(withdrawal);
        final int currency = pools.currency(withdrawals.pool(withdrawal));
        return effects.write(call, WithdrawalState.SUBMITTED.value(), currency);
    }
}
