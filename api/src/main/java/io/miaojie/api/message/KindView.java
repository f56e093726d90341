package io.miaojie.api.message;

import io.miaojie.api.json.JsonWriter;
import io.miaojie.wire.ActionDescriptor;
import io.miaojie.wire.CodeDescriptor;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.TermDescriptor;
import io.miaojie.wire.ViewDescriptor;
import java.util.Locale;
import java.util.stream.Stream;

/** A campaign kind as JSON, its terms as JSON Schema. */
public final class KindView {
    private KindView() {}

    public static void write(final JsonWriter out, final KindDescriptor kind) {
        out.beginObject().field("name", kind.name()).field("description", kind.description());
        out.name("terms").beginObject().field("type", "object");
        out.name("additionalProperties").value(false);
        out.name("properties").beginObject();
        kind.terms().forEach(term -> writeTerm(out, term));
        out.endObject().endObject().name("actions").beginArray();
        kind.actions().forEach(action -> writeAction(out, action));
        out.endArray().name("counters").beginArray();
        kind.view().counters().stream().filter(counter -> !counter.isEmpty()).forEach(out::value);
        out.endArray().name("instance_states").beginArray();
        final boolean isOfGroups = kind.view().instances() == ViewDescriptor.Instances.GROUPS;
        (isOfGroups ? kind.view().groupStates().stream().skip(1) : states(kind)).forEach(out::value);
        out.endArray().name("seat_states").beginArray();
        states(kind).forEach(out::value);
        out.endArray().name("codes").beginArray();
        kind.codes().stream().map(CodeDescriptor::name).forEach(out::value);
        out.endArray().endObject();
    }

    private static Stream<String> states(final KindDescriptor kind) {
        return kind.view().entryStates().stream().filter(state -> !state.isEmpty());
    }

    private static void writeAction(final JsonWriter out, final ActionDescriptor action) {
        out.beginObject()
                .field("name", action.name())
                .field("caller", action.caller().name().toLowerCase(Locale.ROOT))
                .field("description", action.description());
        out.name("arguments").beginObject().field("type", "object");
        out.name("additionalProperties").value(false);
        out.name("required").beginArray();
        action.arguments().stream()
                .filter(ActionDescriptor.Argument::isRequired)
                .map(ActionDescriptor.Argument::name)
                .forEach(out::value);
        out.endArray().name("properties").beginObject();
        for (final ActionDescriptor.Argument argument : action.arguments()) {
            out.name(argument.name()).beginObject().field("type", "integer");
            out.field("minimum", argument.min()).field("maximum", argument.max());
            out.field("description", argument.description()).endObject();
        }
        out.endObject().endObject().endObject();
    }

    private static void writeTerm(final JsonWriter out, final TermDescriptor term) {
        out.name(term.name()).beginObject().field("description", term.description());
        switch (term.shape()) {
            case SCALAR ->
                out.field("type", "integer").field("minimum", term.min()).field("maximum", term.max());
            case IDS -> {
                out.field("type", "array").field("maxItems", term.entriesMax());
                out.name("items").beginObject().field("type", "string");
                out.field("minLength", term.min())
                        .field("maxLength", term.max())
                        .endObject();
            }
            case TABLE -> writeTable(out, term);
        }
        out.endObject();
    }

    private static void writeTable(final JsonWriter out, final TermDescriptor term) {
        out.field("type", "array").field("maxItems", term.entriesMax());
        out.name("items").beginObject().field("type", "object");
        out.name("additionalProperties").value(false);
        out.name("required").beginArray();
        term.columns().stream()
                .filter(TermDescriptor.Column::required)
                .map(TermDescriptor.Column::name)
                .forEach(out::value);
        out.endArray().name("properties").beginObject();
        for (final TermDescriptor.Column column : term.columns()) {
            out.name(column.name()).beginObject().field("type", "integer");
            out.field("minimum", column.min()).field("maximum", column.max());
            out.field("description", column.description()).endObject();
        }
        out.endObject().endObject();
    }
}
