package io.miaojie.api.route;

import io.miaojie.api.edge.Answer;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.message.PaymentForm;

/** Takes a payment: a fact, settled and forced to disk before the answer. */
final class PostPayment implements Endpoint {
    private final Edge edge;

    PostPayment(final Edge edge) {
        this.edge = edge;
    }

    @Override
    public void handle(final Exchange exchange) {
        final PaymentForm form = edge.paymentForm();
        form.read(exchange.body(), false);
        if (!form.isCoveredBy(exchange.key())) {
            exchange.forbidden(
                    "this key sends payments of store " + exchange.key().storeId() + " only");
            return;
        }
        edge.writePayment(exchange.key());
        exchange.submit(this::write);
    }

    private void write(final JsonWriter out, final Answer answer) {
        edge.settledView().open(answer.command()).write(out, answer.buffer(), answer.offset());
    }
}
