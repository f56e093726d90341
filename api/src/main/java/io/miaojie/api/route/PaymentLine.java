package io.miaojie.api.route;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.edge.Answer;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.message.CommandScratch;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import java.util.function.Consumer;

/** A payment as a line. */
record PaymentLine(Edge edge) implements LineType {
    @Override
    public String word() {
        return "payment";
    }

    @Override
    public int commandTemplate() {
        return PaymentCommandDecoder.TEMPLATE_ID;
    }

    @Override
    public void forget() {
        edge.paymentForm().forget();
    }

    @Override
    public void read(final JsonReader reader, final ApiKey key) {
        edge.paymentForm().read(reader, true);
        if (!edge.paymentForm().isCoveredBy(key)) {
            throw new BadInput(EdgeCode.ROLE_FORBIDS, "/store_id", "this key sends payments of one store only");
        }
    }

    @Override
    public long id() {
        return edge.paymentForm().id();
    }

    @Override
    public void write(final CommandScratch out, final ApiKey key) {
        edge.writePayment(key);
    }

    @Override
    public void writeId(final JsonWriter out, final Answer answer) {
        edge.settledView().open(answer.command()).writeId(out);
    }

    @Override
    public void writeBody(final JsonWriter out, final Answer answer) {
        edge.settledView().open(answer.command()).write(out, answer.buffer(), answer.offset());
    }

    @Override
    public void eachCode(final Answer answer, final Consumer<String> counter) {
        edge.settledView().open(answer.command()).eachCode(answer.buffer(), answer.offset(), counter);
    }
}
