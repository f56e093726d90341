package io.miaojie.api.route;

import io.miaojie.api.edge.Edge;
import io.miaojie.api.message.SmallMessages;
import io.miaojie.wire.codec.CampaignState;

/** Activates, pauses or closes a campaign; closing is for ever. */
final class PostCampaignState implements Endpoint {
    private final Edge edge;
    private final CampaignState state;

    PostCampaignState(final Edge edge, final CampaignState state) {
        this.edge = edge;
        this.state = state;
    }

    @Override
    public void handle(final Exchange exchange) {
        final SmallMessages.Request sent = SmallMessages.Request.of(exchange.body());
        SmallMessages.campaignState(edge.scratch(), exchange.key(), sent, exchange.variable(), state);
        exchange.submit(edge::writeCampaignVersion);
    }
}
