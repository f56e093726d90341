package io.miaojie.settlement;

import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.ledger.Ledger;
import io.miaojie.settlement.part.Pools;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.Bucket;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.PaymentOutcomeEncoder;
import io.miaojie.wire.codec.PaymentOutcomeEncoder.BalancesEncoder;
import io.miaojie.wire.codec.PaymentOutcomeEncoder.GrantsEncoder;
import io.miaojie.wire.codec.PaymentOutcomeEncoder.SkipsEncoder;

/** Writes {@code PaymentOutcome} from a plan that was carried out. */
final class PaymentReply {
    private static final int MADE_MEMBER = 1;
    private static final int MADE_ORDER = 1 << 1;

    private final Pools pools;
    private final Ledger ledger;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final PaymentOutcomeEncoder outcome = new PaymentOutcomeEncoder();

    PaymentReply(final State state) {
        this.pools = state.pools();
        this.ledger = state.ledger();
    }

    /** Returns the flags of a plan that was not carried out yet. */
    static int flags(final PaymentPlan plan) {
        return (plan.makesMember() ? MADE_MEMBER : 0) | (plan.makesOrder() ? MADE_ORDER : 0);
    }

    int write(final Call call, final PaymentPlan plan, final int flags) {
        outcome.wrapAndApplyHeader(call.out(), call.outOffset(), header)
                .code(ResultCode.OK.number())
                .status(plan.status())
                .memberIndex(plan.member)
                .orderIndex(plan.order)
                .flags((short) flags);
        writeGrants(plan);
        writeSkips(plan);
        writeBalances(plan);
        return MessageHeaderEncoder.ENCODED_LENGTH + outcome.encodedLength();
    }

    private void writeGrants(final PaymentPlan plan) {
        final GrantsEncoder grants = outcome.grantsCount(plan.grantCount());
        for (int i = 0; i < plan.grantCount(); i++) {
            grants.next()
                    .campaignIndex(plan.grantCampaign(i).current().index())
                    .memberIndex(plan.member)
                    .level((short) 0)
                    .amountMinor(plan.grantMinor(i));
        }
    }

    private void writeSkips(final PaymentPlan plan) {
        final SkipsEncoder skips = outcome.skipsCount(plan.skipCount());
        for (int i = 0; i < plan.skipCount(); i++) {
            skips.next().campaignIndex(plan.skipVersion(i)).code(plan.skipCode(i));
        }
    }

    /** A credit leaves no bucket at zero that was not so before. */
    private void writeBalances(final PaymentPlan plan) {
        final BalancesEncoder balances = outcome.balancesCount(ChartOfAccounts.BUCKET_COUNT);
        for (int bucket = 0; plan.grantCount() > 0 && bucket < ChartOfAccounts.BUCKET_COUNT; bucket++) {
            final long balanceMinor = ledger.balance(pools.account(plan.pool, bucket));
            if (balanceMinor != 0) {
                balances.next()
                        .memberIndex(plan.member)
                        .bucket(Bucket.get((short) bucket))
                        .amountMinor(balanceMinor);
            }
        }
        balances.resetCountToIndex();
    }
}
