package io.miaojie.api.route;

import io.miaojie.api.edge.Edge;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.node.EngineStatus;

/** Tells whether the process lives, and whether the engine takes commands. */
final class GetHealth implements Endpoint {
    private final Edge edge;
    private final boolean isReadiness;

    GetHealth(final Edge edge, final boolean isReadiness) {
        this.edge = edge;
        this.isReadiness = isReadiness;
    }

    @Override
    public void handle(final Exchange exchange) {
        final EngineStatus status = edge.status();
        if (isReadiness && status.haltCause() != null) {
            throw new BadInput(
                    EdgeCode.STOPPED, null, String.valueOf(status.haltCause().getMessage()));
        }
        if (isReadiness && !status.isAdmitting()) {
            throw new BadInput(EdgeCode.PROJECTION_BEHIND, null, "Postgres is too far behind, or the disk is full");
        }
        exchange.done(edge.writer()
                .beginObject()
                .field("status", isReadiness ? "ready" : "live")
                .field("durable_sequence", status.durableSequence())
                .field("projected_sequence", status.projectedSequence())
                .endObject());
    }
}
