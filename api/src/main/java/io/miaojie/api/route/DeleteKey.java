package io.miaojie.api.route;

import io.miaojie.api.edge.Edge;
import io.miaojie.api.message.SmallMessages;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;

/** Revokes an API key, for ever. */
final class DeleteKey implements Endpoint {
    private final Edge edge;

    DeleteKey(final Edge edge) {
        this.edge = edge;
    }

    @Override
    public void handle(final Exchange exchange) {
        final String id = exchange.variable();
        final String merchantId = merchantId(exchange);
        final int merchantIndex = edge.merchantIndex(merchantId);
        if (!exchange.key().administers(merchantIndex)) {
            exchange.forbidden("this key does not administer merchant " + merchantId);
            return;
        }
        SmallMessages.revokeKey(edge.scratch(), exchange.key(), merchantIndex, merchantId, id, actor(exchange));
        exchange.submit((out, answer) -> {
            out.beginObject().field("id", id).field("merchant_id", merchantId);
            out.name("revoked").value(true).endObject();
        });
    }

    private static String actor(final Exchange exchange) {
        final String sent = exchange.parameter("actor");
        if (sent != null && !sent.matches(Exchange.ID_PATTERN)) {
            throw new BadInput(EdgeCode.PARAMETER_INVALID, "actor", "an id");
        }
        return sent == null ? "" : sent;
    }

    /** The node's own key names the merchant; others may leave out their own. */
    private String merchantId(final Exchange exchange) {
        final String sent = exchange.parameter("merchant_id");
        if (sent == null && !exchange.key().isNode()) {
            return edge.directory().merchant(exchange.key().merchantIndex()).id();
        }
        if (sent == null || !sent.matches(Exchange.ID_PATTERN)) {
            throw new BadInput(EdgeCode.PARAMETER_INVALID, "merchant_id", "the id of the merchant is required");
        }
        return sent;
    }
}
