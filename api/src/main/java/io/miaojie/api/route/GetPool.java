package io.miaojie.api.route;

import io.miaojie.api.edge.Edge;
import io.miaojie.api.message.PoolView;
import io.miaojie.api.message.SmallMessages;
import io.miaojie.wire.codec.PoolQueryEncoder;

/** Tells a member's pools: linearizable, and never ahead of the disk. */
final class GetPool implements Endpoint {
    private final Edge edge;

    GetPool(final Edge edge) {
        this.edge = edge;
    }

    @Override
    public void handle(final Exchange exchange) {
        final String memberId = exchange.variable();
        SmallMessages.query(edge.scratch(), exchange.key(), PoolQueryEncoder.TEMPLATE_ID, memberId);
        exchange.submit((out, answer) -> PoolView.write(out, memberId, answer.buffer(), answer.offset()));
    }
}
