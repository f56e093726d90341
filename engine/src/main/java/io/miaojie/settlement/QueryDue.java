package io.miaojie.settlement;

import io.miaojie.settlement.part.Timers;
import io.miaojie.settlement.part.Withdrawals;
import io.miaojie.wire.EffectNote;

/** Flags a withdrawal that the channel should be asked about: submitted a day ago, and no end. Moves no money. */
final class QueryDue {
    /** Tag of its timers; their argument is the withdrawal. */
    static final int TIMER_TAG = Timers.WITHDRAWAL_QUERY;

    private static final long DELAY_NS = 24L * 60 * 60 * 1_000_000_000;

    private final Withdrawals withdrawals;
    private final Effects effects;

    QueryDue(final State state, final Effects effects) {
        this.withdrawals = state.withdrawals();
        this.effects = effects;
    }

    static long deadlineNs(final long submittedAtNs) {
        return submittedAtNs + DELAY_NS;
    }

    void fire(final int withdrawal) {
        if (Withdrawals.isUnderWay(withdrawals.state(withdrawal))) {
            withdrawals.setQueryDue(withdrawal);
            effects.touchWithdrawal(withdrawal);
            effects.note(EffectNote.QUERY_DUE, withdrawal, withdrawals.merchant(withdrawal));
        }
    }
}
