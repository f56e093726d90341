package io.miaojie.api.route;

import io.miaojie.api.edge.Answer;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.message.form.Form;

/** Takes any write that is a table, and answers what it was decided to. */
final class PostForm implements Endpoint {
    private final Edge edge;
    private final Form form;

    PostForm(final Edge edge, final Form form) {
        this.edge = edge;
        this.form = form;
    }

    @Override
    public void handle(final Exchange exchange) {
        edge.formReader().read(form, exchange.body(), exchange.key(), exchange.variable());
        edge.writeForm(form, exchange.key());
        exchange.submit(this::write);
    }

    private void write(final JsonWriter out, final Answer answer) {
        edge.settledView().open(answer.command()).write(out, answer.buffer(), answer.offset());
    }
}
