package io.miaojie.settlement;

import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.ledger.Ledger;
import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.PoolTransfers;
import io.miaojie.settlement.part.Pools;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.AdjustPoolCommandDecoder;

/** Settles {@code AdjustPoolCommand}: an operator corrects a bucket by hand, against {@code ~adjustment}. */
final class AdjustPool {
    private static final int HEADER = AdjustPoolCommandDecoder.idHeaderLength();

    private final Members members;
    private final Pools pools;
    private final ChartOfAccounts chart;
    private final Ledger ledger;
    private final PoolTransfers transfers;
    private final Replies replies;
    private final Effects effects;
    private final AdjustPoolCommandDecoder command = new AdjustPoolCommandDecoder();
    private final Slice memberId = new Slice();

    AdjustPool(final State state, final Replies replies, final Effects effects) {
        this.members = state.members();
        this.pools = state.pools();
        this.chart = state.chart();
        this.ledger = state.ledger();
        this.transfers = state.transfers();
        this.replies = replies;
        this.effects = effects;
    }

    /**
     * Refuses with {@code ROLE_FORBIDS}, {@code TERMS_CONTRADICT}, {@code MEMBER_UNKNOWN}, {@code POOL_SHORT},
     * {@code AMOUNT_TOO_LARGE}, {@code POOLS_FULL}.
     */
    int settle(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        command.skipId();
        memberId.wrap(call.in(), command.limit() + HEADER, command.skipMemberId());
        if (!Roles.mayOperate(call.key())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        if (!isSound()) {
            return replies.refuse(call, ResultCode.TERMS_CONTRADICT);
        }
        final int merchant = call.key().merchant();
        final int member = members.find(merchant, memberId);
        if (member < 0) {
            return replies.refuse(call, ResultCode.MEMBER_UNKNOWN);
        }
        final int pool = pools.find(member, command.currency());
        final ResultCode guard = guard(merchant, pool);
        if (guard != ResultCode.OK) {
            return replies.refuse(call, guard);
        }
        final int missing = (pool < 0 ? 1 : 0) + (isOpen(merchant) ? 0 : 1);
        if (chart.room() < missing || !isOpen(merchant) && chart.fundingRoom() == 0) {
            return replies.turnAway(call, ResultCode.POOLS_FULL);
        }
        final int adjusted = pool < 0 ? pools.add(member, command.currency()) : pool;
        move(adjusted, account(merchant));
        effects.begin(-1, -1);
        effects.touchPool(adjusted);
        return effects.write(call, 0, command.currency());
    }

    private boolean isSound() {
        return command.amountMinor() != 0
                && Money.isAmount(Math.abs(command.amountMinor()))
                && command.bucketRaw() <= ChartOfAccounts.WITHDRAWABLE
                && Currencies.byNumber(command.currency()) != null;
    }

    /** What an operator takes must be there; of pending, it must be there by hand: the rest is of grants. */
    private ResultCode guard(final int merchant, final int pool) {
        final long amountMinor = command.amountMinor();
        if (amountMinor < 0 && (pool < 0 || held(pool) < -amountMinor)) {
            return ResultCode.POOL_SHORT;
        }
        final boolean fits = (pool < 0 || amountMinor < 0 || transfers.takes(pool, amountMinor))
                && (!isOpen(merchant) || ledger.takes(account(merchant), -amountMinor));
        return fits ? ResultCode.OK : ResultCode.AMOUNT_TOO_LARGE;
    }

    private long held(final int pool) {
        return command.bucketRaw() == ChartOfAccounts.PENDING
                ? pools.adjustedPendingMinor(pool)
                : transfers.balance(pool, command.bucketRaw());
    }

    private void move(final int pool, final int adjustment) {
        final int bucket = command.bucketRaw();
        final long amountMinor = command.amountMinor();
        if (amountMinor > 0) {
            transfers.credit(pool, bucket, amountMinor, adjustment);
        } else {
            transfers.take(pool, bucket, -amountMinor, adjustment);
        }
        if (bucket == ChartOfAccounts.PENDING) {
            pools.adjustPending(pool, amountMinor);
        }
    }

    private boolean isOpen(final int merchant) {
        return chart.isFunded(merchant, ChartOfAccounts.ADJUSTMENT, command.currency());
    }

    private int account(final int merchant) {
        return chart.funding(merchant, ChartOfAccounts.ADJUSTMENT, command.currency());
    }
}
