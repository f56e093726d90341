package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Campaign;
import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.ChangeCampaignStateCommandDecoder;

/** Settles {@code ChangeCampaignStateCommand}: pause, go on, close for good. */
final class ChangeCampaignState {
    private final Campaigns campaigns;
    private final Replies replies;
    private final ChangeCampaignStateCommandDecoder command = new ChangeCampaignStateCommandDecoder();
    private final Slice id = new Slice();

    ChangeCampaignState(final State state, final Replies replies) {
        this.campaigns = state.campaigns();
        this.replies = replies;
    }

    /**
     * Refuses with {@code ROLE_FORBIDS}, {@code TERMS_CONTRADICT} (no such state), {@code CAMPAIGN_UNKNOWN},
     * {@code CAMPAIGN_CLOSED}.
     */
    int settle(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        command.skipRequestId();
        final int offset = command.limit() + ChangeCampaignStateCommandDecoder.idHeaderLength();
        id.wrap(call.in(), offset, command.skipId());
        if (!Roles.mayOperate(call.key())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        if (command.stateRaw() < CampaignState.ACTIVE.value() || command.stateRaw() > CampaignState.CLOSED.value()) {
            return replies.refuse(call, ResultCode.TERMS_CONTRADICT);
        }
        final Campaign campaign = campaigns.find(call.key().merchant(), id);
        if (campaign == null) {
            return replies.refuse(call, ResultCode.CAMPAIGN_UNKNOWN);
        }
        if (campaign.state() == CampaignState.CLOSED) {
            return replies.refuse(call, ResultCode.CAMPAIGN_CLOSED);
        }
        campaigns.change(campaign, command.state());
        return replies.defined(
                call,
                campaign.current().index(),
                campaign.merchant(),
                campaign.current().number(),
                campaign.state());
    }
}
