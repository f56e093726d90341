package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Campaign;
import io.miaojie.settlement.campaign.SaleKind;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.Rosters;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.ViewDescriptor.Instances;
import io.miaojie.wire.codec.InstanceAnswerEncoder;
import io.miaojie.wire.codec.InstanceQueryDecoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;

/** Answers {@code InstanceQuery}: the counters of a campaign, or one instance of it. Changes nothing. */
final class InstanceQueries {
    private static final int HEADER = InstanceQueryDecoder.campaignIdHeaderLength();

    private final State state;
    private final Orders orders;
    private final Rosters rosters;
    private final Replies replies;
    private final Effects effects;
    private final Seats seats;
    private final InstanceQueryDecoder query = new InstanceQueryDecoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final InstanceAnswerEncoder answer = new InstanceAnswerEncoder();
    private final Slice campaignId = new Slice();
    private final Slice instanceId = new Slice();

    InstanceQueries(final State state, final Replies replies, final OrderRoom room) {
        this.state = state;
        this.orders = state.orders();
        this.rosters = state.rosters();
        this.replies = replies;
        this.effects = room.effects();
        this.seats = room.seats();
    }

    /** Refuses with {@code ROLE_FORBIDS}; says {@code CAMPAIGN_UNKNOWN}, {@code INSTANCE_UNKNOWN}. */
    int answer(final Call call) {
        if (!Roles.mayReadPools(call.key())) {
            return replies.turnAway(call, ResultCode.ROLE_FORBIDS);
        }
        query.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        campaignId.wrap(call.in(), query.limit() + HEADER, query.skipCampaignId());
        instanceId.wrap(call.in(), query.limit() + HEADER, query.skipInstanceId());
        final Campaign campaign = state.campaigns().find(call.key().merchant(), campaignId);
        effects.begin(-1, -1);
        final ResultCode code = campaign == null ? ResultCode.CAMPAIGN_UNKNOWN : look(campaign);
        final int currency =
                campaign == null ? 0 : campaign.current().definition().currency();
        answer.wrapAndApplyHeader(call.out(), call.outOffset(), header)
                .code(code.number())
                .currency(currency)
                .version(campaign == null ? -1 : campaign.current().index());
        return call.outOffset() - effects.writeEntries(call, answer.limit(), currency);
    }

    private ResultCode look(final Campaign campaign) {
        if (!instanceId.isEmpty()) {
            final Instances instances =
                    campaign.current().definition().kind().descriptor().view().instances();
            return instances == Instances.GROUPS ? lookAtGroup(campaign) : lookAtEntry(campaign, instances);
        }
        if (campaign.group() >= 0) {
            effects.rosters().touchGroup(campaign.group());
        } else if (campaign.current().definition().kind() instanceof SaleKind) {
            effects.rosters().tellUnopened(campaign.current());
        }
        return ResultCode.OK;
    }

    private ResultCode lookAtGroup(final Campaign campaign) {
        final int group = seats.instance(campaign, instanceId);
        if (group < 0) {
            return ResultCode.INSTANCE_UNKNOWN;
        }
        effects.rosters().touchGroup(group);
        return ResultCode.OK;
    }

    /** An order has one entry in a campaign at most. */
    private ResultCode lookAtEntry(final Campaign campaign, final Instances instances) {
        final int order = instances == Instances.ENTRIES ? orders.find(campaign.merchant(), instanceId) : -1;
        int entry = order < 0 ? -1 : orders.sums().lastEntry(orders.sumsOf(order));
        while (entry >= 0 && rosters.campaign(rosters.group(entry)) != campaign.index()) {
            entry = rosters.previous(entry);
        }
        if (entry < 0) {
            return ResultCode.INSTANCE_UNKNOWN;
        }
        effects.orders().touch(order);
        effects.touchMember(orders.member(order), false);
        effects.rosters().touchEntry(entry);
        return ResultCode.OK;
    }
}
