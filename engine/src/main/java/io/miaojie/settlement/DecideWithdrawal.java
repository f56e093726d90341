package io.miaojie.settlement;

import io.miaojie.settlement.part.Payouts;
import io.miaojie.settlement.part.Pools;
import io.miaojie.settlement.part.Withdrawals;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.DecideWithdrawalCommandDecoder;
import io.miaojie.wire.codec.Decision;
import io.miaojie.wire.codec.WithdrawalState;

/** Settles {@code DecideWithdrawalCommand}: an operator lets the money go, or gives it back. */
final class DecideWithdrawal {
    private static final int HEADER = DecideWithdrawalCommandDecoder.requestIdHeaderLength();

    private final Pools pools;
    private final Withdrawals withdrawals;
    private final Payouts payouts;
    private final WithdrawalMoney money;
    private final Replies replies;
    private final Effects effects;
    private final DecideWithdrawalCommandDecoder command = new DecideWithdrawalCommandDecoder();
    private final Slice id = new Slice();

    DecideWithdrawal(final State state, final Replies replies, final Effects effects) {
        this.pools = state.pools();
        this.withdrawals = state.withdrawals();
        this.payouts = state.payouts();
        this.money = new WithdrawalMoney(state);
        this.replies = replies;
        this.effects = effects;
    }

    /**
     * Refuses with {@code ROLE_FORBIDS}, {@code TERMS_CONTRADICT}, {@code WITHDRAWAL_UNKNOWN},
     * {@code WITHDRAWAL_STATE_FORBIDS}.
     */
    int settle(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        command.skipRequestId();
        id.wrap(call.in(), command.limit() + HEADER, command.skipWithdrawalId());
        if (!Roles.mayOperate(call.key())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        final boolean isRejected = command.decisionRaw() == Decision.REJECT.value();
        if (!isRejected && command.decisionRaw() != Decision.APPROVE.value()) {
            return replies.refuse(call, ResultCode.TERMS_CONTRADICT);
        }
        final int withdrawal = withdrawals.find(call.key().merchant(), id);
        if (withdrawal < 0) {
            return replies.refuse(call, ResultCode.WITHDRAWAL_UNKNOWN);
        }
        if (withdrawals.state(withdrawal) != WithdrawalState.REQUESTED) {
            return replies.refuse(call, ResultCode.WITHDRAWAL_STATE_FORBIDS);
        }
        if (isRejected) {
            money.unlock(withdrawal);
            payouts.giveBack(withdrawals, withdrawal);
        }
        withdrawals.change(withdrawal, isRejected ? WithdrawalState.REJECTED : WithdrawalState.APPROVED);
        effects.begin(-1, -1);
        effects.touchWithdrawal(withdrawal);
        final int currency = pools.currency(withdrawals.pool(withdrawal));
        return effects.write(call, withdrawals.state(withdrawal).value(), currency);
    }
}
