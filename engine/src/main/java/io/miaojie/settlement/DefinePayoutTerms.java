package io.miaojie.settlement;

import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.part.Payouts;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.DefinePayoutTermsCommandDecoder;

/**
 * Settles {@code DefinePayoutTermsCommand}: what withdrawals from now on may be and cost. Those that were requested
 * before keep what was frozen with them.
 */
final class DefinePayoutTerms {
    private static final int DAY_MINUTES = 24 * 60;

    private final Payouts payouts;
    private final Replies replies;
    private final Effects effects;
    private final DefinePayoutTermsCommandDecoder command = new DefinePayoutTermsCommandDecoder();

    DefinePayoutTerms(final State state, final Replies replies, final Effects effects) {
        this.payouts = state.payouts();
        this.replies = replies;
        this.effects = effects;
    }

    /** Refuses with {@code ROLE_FORBIDS}, {@code TERMS_CONTRADICT}. */
    int settle(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        if (!Roles.mayOperate(call.key())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        if (!amountsAreSound() || !ratesAreSound() || Currencies.byNumber(command.currency()) == null) {
            return replies.refuse(call, ResultCode.TERMS_CONTRADICT);
        }
        payouts.define(call.key().merchant(), command.currency(), call.copy());
        effects.begin(-1, -1);
        return effects.write(call, 0, command.currency());
    }

    /** What is paid out without a decision is within the bounds, and a day holds at least one withdrawal. */
    private boolean amountsAreSound() {
        final long minMinor = command.amountMinMinor();
        return isBound(minMinor)
                && isBound(command.feeMinMinor())
                && isBound(command.approvedUpToMinor())
                && holds(command.amountMaxMinor(), minMinor)
                && holds(command.amountPerDayMinor(), minMinor);
    }

    private boolean ratesAreSound() {
        return command.feePpm() >= 0
                && command.taxPpm() >= 0
                && (long) command.feePpm() + command.taxPpm() < Money.PPM
                && command.cutOffMinute() < DAY_MINUTES;
    }

    private static boolean holds(final long mostMinor, final long leastMinor) {
        return isBound(mostMinor) && (mostMinor == 0 || mostMinor >= leastMinor);
    }

    private static boolean isBound(final long minor) {
        return minor >= 0 && minor <= Money.MINOR_MAX;
    }
}
