package io.miaojie.api.route;

import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.message.ListEntry;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.node.report.Page;
import io.miaojie.node.report.Position;
import io.miaojie.node.report.ReportException;
import io.miaojie.node.report.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A list that is read from Postgres, page by page, with the sequence that it is as of. The event loop asks and goes on;
 * the page comes back to it.
 *
 * @param <T> an entry
 */
final class GetList<T> implements Endpoint {
    /** Where the pages come from. */
    @FunctionalInterface
    interface Source<T> {
        CompletionStage<Page<T>> read(Exchange exchange, Window window);
    }

    private static final String NEWEST = "newest";
    private static final List<String> PARAMETERS = List.of("limit", "cursor", "order", "min_sequence");

    private final Edge edge;
    private final String name;
    private final Source<T> source;
    private final ListEntry<T> entry;

    GetList(final Edge edge, final String name, final Source<T> source, final ListEntry<T> entry) {
        this.edge = edge;
        this.name = name;
        this.source = source;
        this.entry = entry;
    }

    /** Returns the parameters of every list, and these. */
    static List<String> parameters(final String... others) {
        final List<String> all = new ArrayList<>(PARAMETERS);
        all.addAll(List.of(others));
        return all;
    }

    @Override
    public void handle(final Exchange exchange) {
        final Window window = window(exchange);
        source.read(exchange, window)
                .whenComplete((page, error) -> edge.context().runOnContext(ignored -> answer(exchange, page, error)));
    }

    private static Window window(final Exchange exchange) {
        final String order = exchange.parameter("order");
        if (order != null && !NEWEST.equals(order) && !"oldest".equals(order)) {
            throw new BadInput(EdgeCode.PARAMETER_INVALID, "order", "newest or oldest");
        }
        return new Window(
                position(exchange.parameter("cursor")),
                (int) exchange.parameter("limit", 1, Pages.LIMIT_MAX, Pages.LIMIT),
                order == null || NEWEST.equals(order),
                exchange.parameter("min_sequence", 0, Long.MAX_VALUE, 0));
    }

    private static Position position(final String cursor) {
        if (cursor == null) {
            return null;
        }
        if (!cursor.matches("[0-9]{1,18}\\.[0-9]{1,18}")) {
            throw new BadInput(EdgeCode.PARAMETER_INVALID, "cursor", "the next_cursor of the page before");
        }
        return Position.parse(cursor);
    }

    private void answer(final Exchange exchange, final Page<T> page, final Throwable error) {
        if (exchange.isClosed()) {
            return;
        }
        if (error != null) {
            refuse(exchange, error.getCause() instanceof ReportException ? error.getCause() : error);
            return;
        }
        final JsonWriter out = edge.writer();
        out.beginObject()
                .field("as_of_sequence", page.asOfSequence())
                .name(name)
                .beginArray();
        page.entries().forEach(one -> entry.write(out, one));
        out.endArray().name("next_cursor");
        if (page.next() == null) {
            out.nothing();
        } else {
            out.value(page.next().toString());
        }
        exchange.done(out.endObject());
    }

    private static void refuse(final Exchange exchange, final Throwable error) {
        if (error instanceof ReportException report) {
            final EdgeCode code =
                    switch (report.reason()) {
                        case PROJECTION_LAGGING -> EdgeCode.PROJECTION_LAGGING;
                        case POSTGRES_UNAVAILABLE -> EdgeCode.POSTGRES_UNAVAILABLE;
                    };
            exchange.refuse(new BadInput(code, null, "ask again later; what was decided stands"));
        } else {
            exchange.fault(error);
        }
    }
}
