package io.miaojie.api.route;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.directory.Campaign;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.wire.ActionDescriptor;
import io.miaojie.wire.ActionDescriptor.Caller;
import java.util.List;

/**
 * What can be asked of a campaign outside an order.
 *
 * @param index its place among the actions of the kind
 */
record CampaignAction(int index, ActionDescriptor descriptor) {
    /**
     * Finds it by its names.
     *
     * @throws BadInput {@code CAMPAIGN_UNKNOWN}, {@code ACTION_UNKNOWN}
     */
    static CampaignAction find(final Edge edge, final ApiKey key, final String campaignId, final String name) {
        final Campaign campaign = edge.directory().campaign(key.merchantIndex(), campaignId);
        if (campaign == null) {
            throw new BadInput(EdgeCode.CAMPAIGN_UNKNOWN, null, "there is no campaign with this id");
        }
        final List<ActionDescriptor> actions =
                edge.kind(campaign.newest().definition().kind()).actions();
        for (int i = 0; i < actions.size(); i++) {
            if (actions.get(i).caller() != Caller.ORDER && actions.get(i).name().equals(name)) {
                return new CampaignAction(i, actions.get(i));
            }
        }
        throw new BadInput(EdgeCode.ACTION_UNKNOWN, null, "the kind of this campaign has no such action");
    }
}
