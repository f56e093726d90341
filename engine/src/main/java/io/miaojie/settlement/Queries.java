package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Campaign;
import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.ledger.Ledger;
import io.miaojie.settlement.part.Pools;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.CampaignAnswerEncoder;
import io.miaojie.wire.codec.CampaignQueryDecoder;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.PoolAnswerEncoder;
import io.miaojie.wire.codec.PoolQueryDecoder;

/** Answers {@code PoolQuery} and {@code CampaignQuery}. Changes nothing. */
final class Queries {
    private final State state;
    private final Replies replies;
    private final PoolQueryDecoder poolQuery = new PoolQueryDecoder();
    private final CampaignQueryDecoder campaignQuery = new CampaignQueryDecoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final PoolAnswerEncoder poolAnswer = new PoolAnswerEncoder();
    private final CampaignAnswerEncoder campaignAnswer = new CampaignAnswerEncoder();
    private final Slice id = new Slice();

    Queries(final State state, final Replies replies) {
        this.state = state;
        this.replies = replies;
    }

    /** Refuses with {@code ROLE_FORBIDS}; says {@code MEMBER_UNKNOWN}. */
    int pool(final Call call) {
        if (!Roles.mayReadPools(call.key())) {
            return replies.turnAway(call, ResultCode.ROLE_FORBIDS);
        }
        poolQuery.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        final int offset = poolQuery.limit() + PoolQueryDecoder.memberIdHeaderLength();
        id.wrap(call.in(), offset, poolQuery.skipMemberId());
        final int member = state.members().find(call.key().merchant(), id);
        poolAnswer
                .wrapAndApplyHeader(call.out(), call.outOffset(), header)
                .code((member < 0 ? ResultCode.MEMBER_UNKNOWN : ResultCode.OK).number())
                .memberIndex(member);
        writePools(member);
        return -MessageHeaderEncoder.ENCODED_LENGTH - poolAnswer.encodedLength();
    }

    /** Refuses with {@code ROLE_FORBIDS}; says {@code CAMPAIGN_UNKNOWN}. */
    int campaign(final Call call) {
        if (!Roles.mayReadCampaigns(call.key())) {
            return replies.turnAway(call, ResultCode.ROLE_FORBIDS);
        }
        campaignQuery.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        final int offset = campaignQuery.limit() + CampaignQueryDecoder.idHeaderLength();
        id.wrap(call.in(), offset, campaignQuery.skipId());
        final Campaign campaign = state.campaigns().find(call.key().merchant(), id);
        campaignAnswer.wrapAndApplyHeader(call.out(), call.outOffset(), header);
        if (campaign == null) {
            writeUnknown();
        } else {
            write(campaign);
        }
        return -MessageHeaderEncoder.ENCODED_LENGTH - campaignAnswer.encodedLength();
    }

    private void writePools(final int member) {
        final Pools pools = state.pools();
        final int first = member < 0 ? -1 : pools.first(member);
        int count = 0;
        for (int pool = first; pool >= 0; pool = pools.next(pool)) {
            count++;
        }
        final PoolAnswerEncoder.PoolsEncoder group = poolAnswer.poolsCount(count);
        for (int pool = first; pool >= 0; pool = pools.next(pool)) {
            group.next()
                    .currency(pools.currency(pool))
                    .pendingMinor(balance(pool, ChartOfAccounts.PENDING))
                    .spendableMinor(balance(pool, ChartOfAccounts.SPENDABLE))
                    .withdrawableMinor(balance(pool, ChartOfAccounts.WITHDRAWABLE))
                    .lockedMinor(balance(pool, ChartOfAccounts.LOCKED))
                    .debtMinor(-balance(pool, ChartOfAccounts.DEBT));
        }
    }

    private long balance(final int pool, final int bucket) {
        final Ledger ledger = state.ledger();
        return ledger.balance(state.pools().account(pool, bucket));
    }

    private void write(final Campaign campaign) {
        campaignAnswer
                .code(ResultCode.OK.number())
                .campaignIndex(campaign.current().index())
                .version(campaign.current().number())
                .state(campaign.state())
                .grantedMinor(campaign.grantedMinor())
                .grantedCount(campaign.grantedCount());
    }

    private void writeUnknown() {
        campaignAnswer
                .code(ResultCode.CAMPAIGN_UNKNOWN.number())
                .campaignIndex(-1)
                .version(0)
                .state(CampaignState.NULL_VAL)
                .grantedMinor(0)
                .grantedCount(0);
    }
}
