package io.miaojie.api.route;

import io.miaojie.api.directory.Campaign;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonWriter;
import java.util.List;

/** Lists the merchant's campaigns in the order in which they were made. */
final class GetCampaigns implements Endpoint {
    private final Edge edge;

    GetCampaigns(final Edge edge) {
        this.edge = edge;
    }

    @Override
    public void handle(final Exchange exchange) {
        final int limit = (int) exchange.parameter("limit", 1, Pages.LIMIT_MAX, Pages.LIMIT);
        final int after = (int) exchange.parameter("cursor", 0, Integer.MAX_VALUE, -1);
        final List<Campaign> found = edge.directory().campaigns(exchange.key().merchantIndex(), after, limit + 1);
        final List<Campaign> page = found.subList(0, Math.min(limit, found.size()));
        final JsonWriter out = edge.writer();
        out.beginObject().name("campaigns").beginArray();
        for (final Campaign campaign : page) {
            edge.campaignView().begin(out, campaign);
            out.endObject();
        }
        out.endArray().name("next_cursor");
        if (found.size() > limit) {
            out.value(Integer.toString(page.get(limit - 1).place()));
        } else {
            out.nothing();
        }
        exchange.done(out.endObject());
    }
}
