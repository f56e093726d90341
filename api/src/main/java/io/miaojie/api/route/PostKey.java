package io.miaojie.api.route;

import io.miaojie.api.edge.Answer;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.message.KeyForm;
import io.miaojie.gate.AnswerType;

/** Makes an API key of a merchant. Its secret is in the first answer, and nowhere else. */
final class PostKey implements Endpoint {
    private final Edge edge;

    PostKey(final Edge edge) {
        this.edge = edge;
    }

    @Override
    public void handle(final Exchange exchange) {
        final KeyForm form = new KeyForm(exchange.body());
        final int merchantIndex = edge.merchantIndex(form.merchantId());
        if (!exchange.key().administers(merchantIndex)) {
            exchange.forbidden("this key does not administer merchant " + form.merchantId());
            return;
        }
        final String secret = edge.secrets().make();
        form.write(edge.scratch(), exchange.key(), merchantIndex, edge.secrets().hash(secret));
        exchange.submitInFull((out, answer) -> write(out, answer, secret));
    }

    private static void write(final JsonWriter out, final Answer answer, final String secret) {
        KeyForm.describe(answer.command(), out.beginObject());
        if (answer.type() == AnswerType.OUTCOME) {
            out.field("secret", secret);
        }
        out.endObject();
    }
}
