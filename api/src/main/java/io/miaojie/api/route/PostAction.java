package io.miaojie.api.route;

import io.miaojie.api.edge.Answer;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.message.ActionForm;

/** Asks something of a campaign that is no order: one of the actions that its kind declares. */
final class PostAction implements Endpoint {
    private final Edge edge;

    PostAction(final Edge edge) {
        this.edge = edge;
    }

    @Override
    public void handle(final Exchange exchange) {
        final CampaignAction action =
                CampaignAction.find(edge, exchange.key(), exchange.variable(), exchange.variable(1));
        final ActionForm form = new ActionForm(exchange.body(), action.index(), action.descriptor());
        form.read(false);
        form.write(edge.scratch(), exchange.key(), exchange.variable());
        exchange.submit(this::write);
    }

    private void write(final JsonWriter out, final Answer answer) {
        edge.settledView().open(answer.command()).write(out, answer.buffer(), answer.offset());
    }
}
