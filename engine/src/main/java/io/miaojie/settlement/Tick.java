package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Campaign;
import io.miaojie.settlement.campaign.CampaignClosing;
import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.settlement.part.Timers;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.TickOutcomeEncoder;

/** Settles {@code TickCommand}: fires due timers, at most 256; what is still due waits for the next tick. */
final class Tick {
    private static final int FIRINGS_MAX = 256;

    private final Campaigns campaigns;
    private final Timers timers;
    private final Replies replies;
    private final QueryDue queryDue;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final TickOutcomeEncoder outcome = new TickOutcomeEncoder();
    private final Campaign[] changed = new Campaign[FIRINGS_MAX];
    private int changedCount;

    Tick(final State state, final Replies replies) {
        this.campaigns = state.campaigns();
        this.timers = state.timers();
        this.replies = replies;
        this.queryDue = new QueryDue(state, new Effects(state));
    }

    /** Refuses with {@code ROLE_FORBIDS}. */
    int settle(final Call call) {
        if (!call.key().isOfNode()) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        changedCount = 0;
        for (int fired = 0; fired < FIRINGS_MAX && timers.nextDeadlineNs() <= call.nowNs(); fired++) {
            final int tag = timers.nextTag();
            final int arg = timers.nextArg();
            timers.remove();
            if (tag == QueryDue.TIMER_TAG) {
                queryDue.fire(arg);
            } else {
                close(campaigns.campaign(arg), call.nowNs());
            }
        }
        return encode(call);
    }

    /** Closes a campaign unless a later version moved its end, or it is closed. */
    private void close(final Campaign campaign, final long nowNs) {
        if (campaign.state() != CampaignState.CLOSED && CampaignClosing.isDue(campaign.current(), nowNs)) {
            campaigns.change(campaign, CampaignState.CLOSED);
            changed[changedCount++] = campaign;
        }
    }

    private int encode(final Call call) {
        outcome.wrapAndApplyHeader(call.out(), call.outOffset(), header).code(ResultCode.OK.number());
        final TickOutcomeEncoder.CampaignsEncoder group = outcome.campaignsCount(changedCount);
        for (int i = 0; i < changedCount; i++) {
            group.next().campaignIndex(changed[i].current().index()).state(changed[i].state());
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + outcome.encodedLength();
    }
}
