package io.miaojie.api.route;

import io.miaojie.api.edge.Edge;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;

/** Takes many facts as NDJSON: settled in order, each line for itself, answered while they arrive. */
final class PostEvents implements Endpoint {
    private final Edge edge;
    private final LineTypes types;

    PostEvents(final Edge edge) {
        this.edge = edge;
        types = new LineTypes(edge);
    }

    @Override
    public void handle(final Exchange exchange) {
        exchange.requireContentType("application/x-ndjson", "application/ndjson", "application/jsonl");
        final EventAnswers.Detail detail = answers(exchange.parameter("answers"));
        new EventStream(edge, exchange, new EventAnswers(edge, detail, types), types).start();
    }

    private static EventAnswers.Detail answers(final String sent) {
        return switch (sent == null ? "full" : sent) {
            case "full" -> EventAnswers.Detail.FULL;
            case "refused" -> EventAnswers.Detail.REFUSED;
            case "summary" -> EventAnswers.Detail.SUMMARY;
            default -> throw new BadInput(EdgeCode.PARAMETER_INVALID, "answers", "full, refused or summary");
        };
    }
}
