package io.miaojie.api.route;

import io.miaojie.api.edge.Edge;

/** Tells the figures as Prometheus text. */
final class GetMetrics implements Endpoint {
    private final Edge edge;

    GetMetrics(final Edge edge) {
        this.edge = edge;
    }

    @Override
    public void handle(final Exchange exchange) {
        exchange.text("text/plain; version=0.0.4; charset=utf-8", edge.meters().scrape());
    }
}
