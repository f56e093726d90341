package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.settlement.part.Links;
import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.Targets;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.CreateLinkCommandDecoder;

/**
 * Settles {@code CreateLinkCommand}: gets or creates the link of (owner, target, campaign, channel). A link that is
 * there keeps its token, and lives as long as the longer of the two wishes.
 */
final class CreateLink {
    private static final int HEADER = CreateLinkCommandDecoder.idHeaderLength();
    private static final long FOR_EVER = 0;

    private final Members members;
    private final Targets targets;
    private final Links links;
    private final Campaigns campaigns;
    private final Replies replies;
    private final Effects effects;
    private final CreateLinkCommandDecoder command = new CreateLinkCommandDecoder();
    private final Slice token = new Slice();
    private final Slice ownerId = new Slice();
    private final Slice targetId = new Slice();
    private final Slice campaignId = new Slice();
    private final Slice channel = new Slice();

    CreateLink(final State state, final Replies replies, final Effects effects) {
        this.members = state.members();
        this.targets = state.targets();
        this.links = state.links();
        this.campaigns = state.campaigns();
        this.replies = replies;
        this.effects = effects;
    }

    /**
     * Refuses with {@code ROLE_FORBIDS}, {@code TERMS_CONTRADICT}, {@code MEMBER_UNKNOWN}, {@code TARGET_UNKNOWN},
     * {@code CAMPAIGN_UNKNOWN}, {@code TOKEN_TAKEN}, {@code LINKS_FULL}.
     */
    int settle(final Call call) {
        decode(call);
        if (!Roles.mayIngest(call.key())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        if (token.isEmpty() || campaignId.length() > Links.ID_LENGTH_MAX || channel.length() > Links.ID_LENGTH_MAX) {
            return replies.refuse(call, ResultCode.TERMS_CONTRADICT);
        }
        final int merchant = call.key().merchant();
        final int owner = members.find(merchant, ownerId);
        if (owner < 0) {
            return replies.refuse(call, ResultCode.MEMBER_UNKNOWN);
        }
        final int target = targets.find(merchant, targetId);
        if (target < 0) {
            return replies.refuse(call, ResultCode.TARGET_UNKNOWN);
        }
        if (!campaignId.isEmpty() && campaigns.find(merchant, campaignId) == null) {
            return replies.refuse(call, ResultCode.CAMPAIGN_UNKNOWN);
        }
        final int known = links.find(owner, target, campaignId, channel);
        if (known < 0 && links.find(token) >= 0) {
            return replies.refuse(call, ResultCode.TOKEN_TAKEN);
        }
        if (known < 0 && links.room() == 0) {
            return replies.turnAway(call, ResultCode.LINKS_FULL);
        }
        final int link = known < 0 ? links.add(owner, target, campaignId, channel, token) : known;
        links.setExpiresAt(link, known < 0 ? command.expiresAtNs() : later(links.expiresAtNs(link)));
        effects.begin(-1, -1);
        links.token(link, token);
        effects.note(EffectNote.LINK, link, links.expiresAtNs(link), token.buffer(), token.offset(), token.length());
        return effects.write(call, 0, 0);
    }

    private long later(final long presentNs) {
        return presentNs == FOR_EVER || command.expiresAtNs() == FOR_EVER
                ? FOR_EVER
                : Math.max(presentNs, command.expiresAtNs());
    }

    private void decode(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        command.skipId();
        token.wrap(call.in(), command.limit() + HEADER, command.skipToken());
        ownerId.wrap(call.in(), command.limit() + HEADER, command.skipOwnerId());
        targetId.wrap(call.in(), command.limit() + HEADER, command.skipTargetId());
        campaignId.wrap(call.in(), command.limit() + HEADER, command.skipCampaignId());
        channel.wrap(call.in(), command.limit() + HEADER, command.skipChannel());
    }
}
