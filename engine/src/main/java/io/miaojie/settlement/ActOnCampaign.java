package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Campaign;
import io.miaojie.settlement.campaign.CampaignVersion;
import io.miaojie.settlement.campaign.SaleKind;
import io.miaojie.settlement.campaign.Terms;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ActionDescriptor;
import io.miaojie.wire.ActionDescriptor.Argument;
import io.miaojie.wire.ActionDescriptor.Caller;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.ActionCommandDecoder;
import io.miaojie.wire.codec.ActionCommandDecoder.ArgumentsDecoder;
import io.miaojie.wire.codec.CampaignState;
import java.util.Arrays;
import java.util.List;

/**
 * Settles {@code ActionCommand}: finds campaign and action, holds the arguments against it, and lets the kind decide.
 */
final class ActOnCampaign {
    private static final int HEADER = ActionCommandDecoder.idHeaderLength();
    private static final int ARGUMENTS_MAX = 16;

    private final State state;
    private final Replies replies;
    private final Effects effects;
    private final Seats seats;
    private final ActionCommandDecoder command = new ActionCommandDecoder();
    private final long[] arguments = new long[ARGUMENTS_MAX];
    private final Slice campaignId = new Slice();
    private final Slice memberId = new Slice();
    private final Slice groupId = new Slice();
    private boolean isSound;

    ActOnCampaign(final State state, final Replies replies, final OrderRoom room) {
        this.state = state;
        this.replies = replies;
        this.effects = room.effects();
        this.seats = room.seats();
    }

    /**
     * Refuses with {@code ROLE_FORBIDS}, {@code CAMPAIGN_UNKNOWN}, {@code ACTION_UNKNOWN}, {@code ARGUMENT_INVALID},
     * {@code CAMPAIGN_CLOSED}, {@code MEMBER_UNKNOWN}, {@code INSTANCE_UNKNOWN}, a code of the kind, a full table.
     */
    int settle(final Call call) {
        decode(call);
        if (!Roles.mayIngest(call.key())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        final Campaign campaign = state.campaigns().find(call.key().merchant(), campaignId);
        if (campaign == null) {
            return replies.refuse(call, ResultCode.CAMPAIGN_UNKNOWN);
        }
        final CampaignVersion version = campaign.current();
        final ActionDescriptor action = action(version);
        final int member =
                memberId.isEmpty() ? -1 : state.members().find(call.key().merchant(), memberId);
        final ResultCode guard = guard(call, campaign, action, member);
        if (guard != ResultCode.OK) {
            return replies.refuse(call, guard);
        }
        if (campaign.group() < 0 && state.rosters().groupRoom() == 0) {
            return replies.turnAway(call, ResultCode.ROSTERS_FULL);
        }
        return act(call, version, seats.instance(campaign, groupId), member);
    }

    private int act(final Call call, final CampaignVersion version, final int instance, final int member) {
        final SaleKind kind = (SaleKind) version.definition().kind();
        final int code = kind.decide(seats.of(version, instance, member, call.nowNs()), command.action(), arguments);
        if (code != 0) {
            return replies.refuse(call, code);
        }
        effects.begin(member, -1);
        final int own = seats.group(version, call.sequence());
        final int group = instance < 0 ? own : instance;
        effects.rosters().touchGroup(own);
        effects.rosters().touchGroup(group);
        kind.act(seats.of(version, group, member, call.nowNs()), command.action(), arguments);
        return effects.write(call, 0, version.definition().currency());
    }

    private ResultCode guard(
            final Call call, final Campaign campaign, final ActionDescriptor action, final int member) {
        if (action == null || action.caller() == Caller.ORDER) {
            return ResultCode.ACTION_UNKNOWN;
        }
        if (action.caller() == Caller.OPERATOR && !Roles.mayOperate(call.key())) {
            return ResultCode.ROLE_FORBIDS;
        }
        if (!isSound || !isWithin(action.arguments())) {
            return ResultCode.ARGUMENT_INVALID;
        }
        final SaleKind kind = (SaleKind) campaign.current().definition().kind();
        if (campaign.state() == CampaignState.CLOSED && !kind.actsWhenClosed()) {
            return ResultCode.CAMPAIGN_CLOSED;
        }
        if (member < 0 && (action.caller() == Caller.MEMBER || !memberId.isEmpty())) {
            return ResultCode.MEMBER_UNKNOWN;
        }
        return seats.instance(campaign, groupId) == Seats.NO_INSTANCE ? ResultCode.INSTANCE_UNKNOWN : ResultCode.OK;
    }

    private boolean isWithin(final List<Argument> descriptors) {
        boolean isWithin = true;
        for (int i = 0; i < ARGUMENTS_MAX; i++) {
            final boolean isGiven = arguments[i] != Terms.ABSENT;
            if (i >= descriptors.size()) {
                isWithin &= !isGiven;
            } else if (isGiven) {
                isWithin &= arguments[i] >= descriptors.get(i).min()
                        && arguments[i] <= descriptors.get(i).max();
            } else {
                isWithin &= !descriptors.get(i).isRequired();
            }
        }
        return isWithin;
    }

    private void decode(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        isSound = true;
        Arrays.fill(arguments, Terms.ABSENT);
        final ArgumentsDecoder group = command.arguments();
        while (group.hasNext()) {
            final int argument = group.next().argument();
            final long value = group.value();
            group.skipText();
            isSound &= argument < ARGUMENTS_MAX && arguments[Math.min(argument, ARGUMENTS_MAX - 1)] == Terms.ABSENT;
            arguments[Math.min(argument, ARGUMENTS_MAX - 1)] = value;
        }
        command.skipId();
        campaignId.wrap(call.in(), command.limit() + HEADER, command.skipCampaignId());
        memberId.wrap(call.in(), command.limit() + HEADER, command.skipMemberId());
        groupId.wrap(call.in(), command.limit() + HEADER, command.skipGroupId());
    }

    private ActionDescriptor action(final CampaignVersion version) {
        final List<ActionDescriptor> actions =
                version.definition().kind().descriptor().actions();
        return command.action() < actions.size() ? actions.get(command.action()) : null;
    }
}
