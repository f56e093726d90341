package io.miaojie.api.route;

import io.miaojie.api.directory.CampaignVersion;
import io.miaojie.api.edge.Answer;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.message.SmallMessages;
import io.miaojie.wire.codec.CampaignAnswerDecoder;
import io.miaojie.wire.codec.CampaignQueryEncoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;

/** Tells one campaign and what it has granted, as of the last decision. */
final class GetCampaign implements Endpoint {
    private final Edge edge;

    GetCampaign(final Edge edge) {
        this.edge = edge;
    }

    @Override
    public void handle(final Exchange exchange) {
        SmallMessages.query(edge.scratch(), exchange.key(), CampaignQueryEncoder.TEMPLATE_ID, exchange.variable());
        exchange.submit(this::write);
    }

    private void write(final JsonWriter out, final Answer answer) {
        final CampaignAnswerDecoder campaign = new CampaignAnswerDecoder()
                .wrapAndApplyHeader(answer.buffer(), answer.offset(), new MessageHeaderDecoder());
        final CampaignVersion version = edge.directory().version(campaign.campaignIndex());
        edge.campaignView().begin(out, version, campaign.state());
        out.name("granted")
                .beginObject()
                .field("amount", campaign.grantedMinor())
                .field("count", campaign.grantedCount())
                .endObject()
                .endObject();
    }
}
