package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Campaign;
import io.miaojie.settlement.campaign.CampaignClosing;
import io.miaojie.settlement.campaign.CampaignDefinition;
import io.miaojie.settlement.campaign.CampaignKind;
import io.miaojie.settlement.campaign.CampaignVersion;
import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.settlement.campaign.SaleKind;
import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.part.Timers;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder;

/** Settles {@code DefineCampaignCommand}: a new campaign, or the next version of a known one. */
final class DefineCampaign {
    private static final int VERSION_MAX = DefineCampaignCommandDecoder.expectedVersionMaxValue();

    private final Campaigns campaigns;
    private final ChartOfAccounts chart;
    private final Timers timers;
    private final Replies replies;
    private final DefineCampaignCommandDecoder command = new DefineCampaignCommandDecoder();

    DefineCampaign(final State state, final Replies replies) {
        this.campaigns = state.campaigns();
        this.chart = state.chart();
        this.timers = state.timers();
        this.replies = replies;
    }

    /** Refuses with {@code ROLE_FORBIDS}, {@code KIND_UNKNOWN}, what {@link #guard} says, a full table. */
    int settle(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        if (!Roles.mayOperate(call.key())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        final CampaignKind kind = campaigns.kind(command.kind());
        if (kind == null) {
            return replies.refuse(call, ResultCode.KIND_UNKNOWN);
        }
        final int merchant = call.key().merchant();
        final CampaignDefinition definition = new CampaignDefinition(call.copy(), kind);
        final Campaign known = campaigns.find(merchant, definition.id());
        final ResultCode guard = guard(merchant, known, definition);
        if (guard != ResultCode.OK) {
            return replies.refuse(call, guard);
        }
        final ResultCode full = firstFull(merchant, known, definition);
        if (full != ResultCode.OK) {
            return replies.turnAway(call, full);
        }
        return add(call, merchant, definition);
    }

    /**
     * Holds a definition against what is known.
     *
     * @return {@code CAMPAIGN_EXISTS} or {@code CAMPAIGN_UNKNOWN}, {@code CAMPAIGN_CLOSED}, {@code VERSION_MISMATCH},
     *     {@code TERMS_CONTRADICT}, {@code OPEN_CAMPAIGNS_MAX}, {@code OK}
     */
    private ResultCode guard(final int merchant, final Campaign known, final CampaignDefinition definition) {
        final boolean isNew = command.expectedVersion() == 0;
        if (isNew != (known == null)) {
            return isNew ? ResultCode.CAMPAIGN_EXISTS : ResultCode.CAMPAIGN_UNKNOWN;
        }
        if (!isNew && known.state() == CampaignState.CLOSED) {
            return ResultCode.CAMPAIGN_CLOSED;
        }
        if (!isNew && known.current().number() != command.expectedVersion()) {
            return ResultCode.VERSION_MISMATCH;
        }
        if (!definition.isSound() || !isNew && !definition.follows(known)) {
            return ResultCode.TERMS_CONTRADICT;
        }
        final boolean hasPlace = !isNew || campaigns.open(merchant).count() < Campaigns.OPEN_MAX;
        return hasPlace ? ResultCode.OK : ResultCode.OPEN_CAMPAIGNS_MAX;
    }

    private ResultCode firstFull(final int merchant, final Campaign known, final CampaignDefinition definition) {
        if (campaigns.room() == 0 || known != null && known.current().number() == VERSION_MAX) {
            return ResultCode.CAMPAIGNS_FULL;
        }
        final boolean isFunded = chart.isFunded(merchant, definition.funder(), definition.currency());
        return isFunded || chart.fundingRoom() > 0 ? ResultCode.OK : ResultCode.POOLS_FULL;
    }

    private int add(final Call call, final int merchant, final CampaignDefinition definition) {
        final int funding = chart.funding(merchant, definition.funder(), definition.currency());
        final CampaignVersion version = campaigns.add(merchant, definition, funding);
        final Campaign campaign = version.campaign();
        final long closesAtNs = CampaignClosing.deadlineNs(definition);
        if (closesAtNs != Long.MAX_VALUE) {
            timers.arm(closesAtNs, Timers.CAMPAIGN_CLOSING, campaign.index());
        }
        if (definition.endsAtNs() > 0 && definition.kind() instanceof SaleKind) {
            timers.arm(definition.endsAtNs(), Timers.CAMPAIGN_END, campaign.index());
        }
        return replies.defined(call, version.index(), merchant, version.number(), campaign.state());
    }
}
