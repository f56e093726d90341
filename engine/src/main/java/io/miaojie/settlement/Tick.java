package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Campaign;
import io.miaojie.settlement.campaign.CampaignClosing;
import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.settlement.part.Holds;
import io.miaojie.settlement.part.Timers;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.CampaignState;

/**
 * Settles {@code TickCommand}: fires due timers, at most 256, and fewer when what they touch would not fit one outcome;
 * what is still due waits for the next tick. An entry that a walk passes counts as one.
 */
final class Tick {
    private static final int FIRINGS_MAX = 256;

    private final Campaigns campaigns;
    private final Timers timers;
    private final Holds holds;
    private final Replies replies;
    private final Effects effects;
    private final GrantMoney money;
    private final EndOrder endOrder;
    private final GrantExpiry grantExpiry;
    private final QueryDue queryDue;
    private final Walks walks;
    private final OrderReviews reviews;

    Tick(final State state, final Replies replies, final OrderRoom room, final EndOrder endOrder) {
        this.campaigns = state.campaigns();
        this.timers = state.timers();
        this.holds = state.holds();
        this.replies = replies;
        this.effects = room.effects();
        this.money = room.money();
        this.endOrder = endOrder;
        this.grantExpiry = new GrantExpiry(state, room.effects());
        this.queryDue = new QueryDue(state, room.effects());
        this.walks = new Walks(state, room, endOrder);
        this.reviews = room.reviews();
    }

    /** Refuses with {@code ROLE_FORBIDS}. */
    int settle(final Call call) {
        if (!call.key().isOfNode()) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        effects.begin(-1, -1);
        int fired = 0;
        while (fired < FIRINGS_MAX && !effects.isFull() && isDue(call)) {
            final int tag = timers.nextTag();
            final int arg = timers.nextArg();
            timers.remove();
            if (tag == Timers.GROUP_WALK) {
                fired += walks.walk(call, arg, FIRINGS_MAX - fired);
            } else {
                timers.countFired(tag);
                fire(call, tag, arg);
                fired++;
            }
        }
        return effects.write(call, 0, 0);
    }

    private boolean isDue(final Call call) {
        return timers.nextDeadlineNs() <= call.nowNs();
    }

    private void fire(final Call call, final int tag, final int arg) {
        switch (tag) {
            case Timers.CAMPAIGN_CLOSING -> close(campaigns.campaign(arg), call.nowNs());
            case Timers.ORDER_EXPIRY -> endOrder.expire(call, arg);
            case Timers.RELEASE -> money.fallDue(holds.remove(arg));
            case Timers.GRANT_EXPIRY -> grantExpiry.fire(arg);
            case Timers.CAMPAIGN_END -> walks.end(call, campaigns.campaign(arg));
            case Timers.GROUP_DEADLINE -> walks.deadline(call, arg);
            case Timers.REVIEW_END -> reviews.expire(arg);
            case Timers.WITHDRAWAL_QUERY -> queryDue.fire(arg);
            default -> throw new IllegalStateException("unknown timer: tag=" + tag);
        }
    }

    /** Closes a campaign unless a later version moved its end, or it is closed. */
    private void close(final Campaign campaign, final long nowNs) {
        if (campaign.state() != CampaignState.CLOSED && CampaignClosing.isDue(campaign.current(), nowNs)) {
            campaigns.change(campaign, CampaignState.CLOSED);
            effects.note(
                    EffectNote.CAMPAIGN,
                    campaign.current().index(),
                    campaign.state().value());
        }
    }
}
