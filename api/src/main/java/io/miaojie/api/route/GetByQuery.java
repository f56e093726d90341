package io.miaojie.api.route;

import io.miaojie.api.edge.Edge;
import io.miaojie.api.message.EntityView;
import io.miaojie.api.message.SmallMessages;

/** Tells how one order, member or withdrawal stands: linearizable, and never ahead of the disk. */
final class GetByQuery implements Endpoint {
    private final Edge edge;
    private final int templateId;

    /** Makes a route for the query with this template, whose one field is an id. */
    GetByQuery(final Edge edge, final int templateId) {
        this.edge = edge;
        this.templateId = templateId;
    }

    @Override
    public void handle(final Exchange exchange) {
        final String id = exchange.variable();
        SmallMessages.query(edge.scratch(), exchange.key(), templateId, id);
        final EntityView view = edge.entityView();
        exchange.submit((out, answer) -> view.write(out, id, answer.buffer(), answer.offset()));
    }
}
