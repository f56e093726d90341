package io.miaojie.api.route;

import io.miaojie.api.edge.Edge;
import io.miaojie.api.message.CampaignForm;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.wire.KindDescriptor;

/** Opens a campaign: a kind and its terms. */
final class PostCampaign implements Endpoint {
    private final Edge edge;

    PostCampaign(final Edge edge) {
        this.edge = edge;
    }

    @Override
    public void handle(final Exchange exchange) {
        final String name = exchange.peek("kind");
        if (name == null) {
            throw new BadInput(EdgeCode.MISSING_FIELD, "/kind", "this field is required");
        }
        final KindDescriptor kind = edge.kinds().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput(EdgeCode.KIND_UNKNOWN, "/kind", "see /v1/campaign-kinds"));
        new CampaignForm(exchange.body(), kind, true).write(edge.scratch(), exchange.key());
        exchange.submit(edge::writeCampaignVersion);
    }
}
