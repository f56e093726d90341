package io.miaojie.settlement;

import io.miaojie.settlement.part.Payouts;
import io.miaojie.settlement.part.Pools;
import io.miaojie.settlement.part.Withdrawals;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.ReportWithdrawalCommandDecoder;
import io.miaojie.wire.codec.WithdrawalState;

/**
 * Settles {@code ReportWithdrawalCommand}: what the channel says of a withdrawal under way. The first end that it names
 * is the end: the same again changes nothing, another is refused and moves nothing.
 */
final class ReportWithdrawal {
    private static final int HEADER = ReportWithdrawalCommandDecoder.requestIdHeaderLength();

    private final Pools pools;
    private final Withdrawals withdrawals;
    private final Payouts payouts;
    private final WithdrawalMoney money;
    private final Replies replies;
    private final Effects effects;
    private final ReportWithdrawalCommandDecoder command = new ReportWithdrawalCommandDecoder();
    private final Slice id = new Slice();

    ReportWithdrawal(final State state, final Replies replies, final Effects effects) {
        this.pools = state.pools();
        this.withdrawals = state.withdrawals();
        this.payouts = state.payouts();
        this.money = new WithdrawalMoney(state);
        this.replies = replies;
        this.effects = effects;
    }

    /**
     * Refuses with {@code ROLE_FORBIDS}, {@code TERMS_CONTRADICT}, {@code WITHDRAWAL_UNKNOWN},
     * {@code WITHDRAWAL_STATE_FORBIDS}, {@code AMOUNT_TOO_LARGE} of an account, {@code POOLS_FULL}.
     */
    int settle(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        command.skipRequestId();
        id.wrap(call.in(), command.limit() + HEADER, command.skipWithdrawalId());
        if (!Roles.mayOperate(call.key())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        if (command.stateRaw() < WithdrawalState.WAIT_USER_CONFIRM.value()
                || command.stateRaw() > WithdrawalState.CANCELLED.value()) {
            return replies.refuse(call, ResultCode.TERMS_CONTRADICT);
        }
        final int withdrawal = withdrawals.find(call.key().merchant(), id);
        if (withdrawal < 0) {
            return replies.refuse(call, ResultCode.WITHDRAWAL_UNKNOWN);
        }
        return report(call, withdrawal, command.state());
    }

    private int report(final Call call, final int withdrawal, final WithdrawalState said) {
        final WithdrawalState present = withdrawals.state(withdrawal);
        if (present != said && !Withdrawals.isUnderWay(present)) {
            return replies.refuse(call, ResultCode.WITHDRAWAL_STATE_FORBIDS);
        }
        if (present != said && !fits(withdrawal, said)) {
            return replies.refuse(call, ResultCode.AMOUNT_TOO_LARGE);
        }
        if (said == WithdrawalState.SUCCEEDED && !money.canArrive(withdrawal)) {
            return replies.turnAway(call, ResultCode.POOLS_FULL);
        }
        if (present != said) {
            move(withdrawal, said);
            withdrawals.change(withdrawal, said);
        }
        effects.begin(-1, -1);
        effects.touchWithdrawal(withdrawal);
        final int currency = pools.currency(withdrawals.pool(withdrawal));
        return effects.write(call, said.value(), currency);
    }

    private boolean fits(final int withdrawal, final WithdrawalState said) {
        return switch (said) {
            case SUCCEEDED -> money.fitsOut(withdrawal);
            case FAILED, CANCELLED -> money.fitsBack(withdrawal);
            default -> true;
        };
    }

    private void move(final int withdrawal, final WithdrawalState said) {
        switch (said) {
            case SUCCEEDED -> money.arrive(withdrawal);
            case FAILED, CANCELLED -> {
                money.comeBack(withdrawal);
                payouts.giveBack(withdrawals, withdrawal);
            }
            default -> {
                // the channel still has it
            }
        }
    }
}
