package io.miaojie.api.route;

import io.miaojie.api.edge.Edge;
import io.miaojie.api.message.InstanceView;
import io.miaojie.api.message.SmallMessages;

/** Tells how a campaign that sells stands, or one instance of it: linearizable, and never ahead of the disk. */
final class GetInstance implements Endpoint {
    private final Edge edge;
    private final boolean isOne;

    /**
     * Makes a route.
     *
     * @param isOne the path names an instance; else the whole campaign is told
     */
    GetInstance(final Edge edge, final boolean isOne) {
        this.edge = edge;
        this.isOne = isOne;
    }

    @Override
    public void handle(final Exchange exchange) {
        final String instance = isOne ? exchange.variable(1) : "";
        SmallMessages.instanceQuery(edge.scratch(), exchange.key(), exchange.variable(), instance);
        final InstanceView view = edge.instanceView();
        exchange.submit((out, answer) -> {
            if (isOne) {
                view.writeOne(out, instance, answer.buffer(), answer.offset());
            } else {
                view.writeLive(out, answer.buffer(), answer.offset());
            }
        });
    }
}
