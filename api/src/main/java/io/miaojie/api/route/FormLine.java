package io.miaojie.api.route;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.edge.Answer;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.message.CommandScratch;
import io.miaojie.api.message.form.Form;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import java.util.function.Consumer;

/** Any write that is a table, as a line. */
record FormLine(Edge edge, Form form) implements LineType {
    @Override
    public String word() {
        return form.name();
    }

    @Override
    public int commandTemplate() {
        return form.templateId();
    }

    @Override
    public void forget() {
        edge.formReader().forget();
    }

    @Override
    public void read(final JsonReader reader, final ApiKey key) {
        if (!Access.of(form).allows(key)) {
            throw new BadInput(EdgeCode.ROLE_FORBIDS, "/type", "the role of this key does not allow it");
        }
        edge.formReader().readEvent(form, reader, key);
    }

    @Override
    public long id() {
        return edge.formReader().id();
    }

    @Override
    public void write(final CommandScratch out, final ApiKey key) {
        edge.writeForm(form, key);
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
