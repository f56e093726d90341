package io.miaojie.api.route;

import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.message.KindView;

/** Tells the campaign kinds and the terms of each as JSON Schema. */
final class GetCampaignKinds implements Endpoint {
    private final Edge edge;

    GetCampaignKinds(final Edge edge) {
        this.edge = edge;
    }

    @Override
    public void handle(final Exchange exchange) {
        final JsonWriter out = edge.writer();
        out.beginObject().name("kinds").beginArray();
        edge.kinds().forEach(kind -> KindView.write(out, kind));
        exchange.done(out.endArray().endObject());
    }
}
