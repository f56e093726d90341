package io.miaojie.api.route;

import io.miaojie.api.directory.Campaign;
import io.miaojie.api.edge.Answer;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.message.ActionForm;
import io.miaojie.wire.ActionDescriptor;
import io.miaojie.wire.ActionDescriptor.Caller;
import java.util.List;

/** Asks something of a campaign that is no order: one of the actions that its kind declares. */
final class PostAction implements Endpoint {
    private static final int CONTRADICTION = 422;

    private final Edge edge;

    PostAction(final Edge edge) {
        this.edge = edge;
    }

    @Override
    public void handle(final Exchange exchange) {
        final Campaign campaign = edge.directory().campaign(exchange.key().merchantIndex(), exchange.variable());
        if (campaign == null) {
            exchange.unknown("CAMPAIGN_UNKNOWN");
            return;
        }
        final List<ActionDescriptor> actions =
                edge.kind(campaign.newest().definition().kind()).actions();
        final List<String> names = actions.stream()
                .map(action -> action.caller() == Caller.ORDER ? "" : action.name())
                .toList();
        final int action = names.indexOf(exchange.variable(1));
        if (action < 0) {
            exchange.problem(CONTRADICTION, "ACTION_UNKNOWN", null, "the kind of this campaign has no such action", 0);
            return;
        }
        new ActionForm(exchange.body(), action, actions.get(action))
                .write(edge.scratch(), exchange.key(), exchange.variable());
        exchange.submit(this::write);
    }

    private void write(final JsonWriter out, final Answer answer) {
        edge.settledView().open(answer.command()).write(out, answer.buffer(), answer.offset());
    }
}
