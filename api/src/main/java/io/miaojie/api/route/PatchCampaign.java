package io.miaojie.api.route;

import io.miaojie.api.directory.Campaign;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.message.CampaignForm;
import io.miaojie.wire.KindDescriptor;

/** Changes a campaign: its next version. What was earned under the versions before stays. */
final class PatchCampaign implements Endpoint {
    private final Edge edge;

    PatchCampaign(final Edge edge) {
        this.edge = edge;
    }

    @Override
    public void handle(final Exchange exchange) {
        final Campaign campaign = edge.directory().campaign(exchange.key().merchantIndex(), exchange.variable());
        if (campaign == null) {
            exchange.unknown("CAMPAIGN_UNKNOWN");
            return;
        }
        final KindDescriptor kind = edge.kind(campaign.newest().definition().kind());
        new CampaignForm(exchange.body(), kind, false).writeChange(edge.scratch(), exchange.key(), campaign);
        exchange.submit(edge::writeCampaignVersion);
    }
}
