package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.Draws;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.settlement.Settlement;
import io.miaojie.settlement.State;
import io.miaojie.settlement.campaign.Campaign;
import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.state.Slice;
import java.util.Arrays;

/**
 * What every pool and campaign must hold, calculated from the payments alone with plain arrays, and held against a
 * core: a fast run that is wrong must fail.
 *
 * <p>Allocates: nothing when checking, which a profiler would count.
 */
final class PlainSums {
    private static final int MERCHANT = 0;

    private final Payments payments;
    private final Rewards rewards;
    private final long[] poolsMinor;
    private final long[] campaignsMinor;
    private final Slice id = new Slice();

    PlainSums(final Payments payments, final Rewards rewards) {
        this.payments = payments;
        this.rewards = rewards;
        this.campaignsMinor = new long[rewards.grants()];
        this.poolsMinor = new long[payments.members()];
    }

    /** Holds a core that settled the first {@code count} payments against the sums. */
    void check(final Settlement settlement, final int count) {
        addUp(count);
        final State state = settlement.state();
        equal("ledger.sum", 0, ledgerSum(state));
        equal("orders.count", count, state.orders().count());
        equal("grants.count", (long) count * rewards.grants(), state.grants().count());
        for (int i = 0; i < rewards.grants(); i++) {
            final Campaign campaign = state.campaigns().find(MERCHANT, Slice.of(Text.bytes(rewards.campaignId(i))));
            long grantedMinor = 0;
            long grantedCount = 0;
            for (int grant = 0; grant < rewards.grants(); grant++) {
                final boolean isSame = rewards.campaignId(grant).equals(rewards.campaignId(i));
                grantedMinor += isSame ? campaignsMinor[grant] : 0;
                grantedCount += isSame ? count : 0;
            }
            equal("campaign.grantedMinor", grantedMinor, campaign.grantedMinor());
            equal("campaign.grantedCount", grantedCount, campaign.grantedCount());
        }
        for (int member = 0; member < payments.members(); member++) {
            equal("pool.spendableMinor", poolsMinor[member], spendableMinor(state, member));
        }
    }

    private void addUp(final int count) {
        Arrays.fill(poolsMinor, 0);
        Arrays.fill(campaignsMinor, 0);
        for (int i = 0; i < count; i++) {
            final long amountMinor = Draws.amountMinor(i);
            for (int grant = 0; grant < rewards.grants(); grant++) {
                final long rewardMinor = rewards.rewardMinor(grant, amountMinor);
                campaignsMinor[grant] += rewardMinor;
                poolsMinor[rewards.beneficiary(grant, payments.member(i))] += rewardMinor;
            }
        }
    }

    private long spendableMinor(final State state, final int member) {
        final int index = state.members().find(MERCHANT, payments.memberId(member, id));
        final int pool = state.pools().first(index);
        return pool < 0 ? 0 : state.ledger().balance(state.pools().account(pool, ChartOfAccounts.SPENDABLE));
    }

    /** Adds up every account: those of the funders, and each bucket of each pool. */
    private static long ledgerSum(final State state) {
        long sum = 0;
        for (int row = 0; row < state.chart().fundingCount(); row++) {
            sum += state.ledger().balance(state.chart().fundingAccount(row));
        }
        for (int pool = 0; pool < state.pools().count(); pool++) {
            for (int bucket = 0; bucket < ChartOfAccounts.BUCKET_COUNT; bucket++) {
                sum += state.ledger().balance(state.pools().account(pool, bucket));
            }
        }
        return sum;
    }

    private static void equal(final String what, final long expected, final long actual) {
        if (expected != actual) {
            throw new IllegalStateException("wrong result: " + what + " expected=" + expected + " actual=" + actual);
        }
    }
}
