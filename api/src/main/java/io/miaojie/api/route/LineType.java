package io.miaojie.api.route;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.edge.Answer;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.message.CommandScratch;
import java.util.function.Consumer;

/** One type of line in a bulk request: how its fields become a command, and its answer a body. Thread: one loop. */
interface LineType {
    /** Returns the word in the field {@code type}. */
    String word();

    /** Returns the template of the command that its lines become. */
    int commandTemplate();

    /** Forgets the line before. */
    void forget();

    /**
     * Reads the fields of the object that the reader has opened, {@code type} among them.
     *
     * @throws io.miaojie.api.problem.BadInput when the line breaks a rule, or the key may not send it
     */
    void read(JsonReader reader, ApiKey key);

    /** Returns where its id stands in the reader's text, {@code Slice.ABSENT}: reading broke off before it. */
    long id();

    /** Writes the command of the line that was read. */
    void write(CommandScratch out, ApiKey key);

    /** Writes the field {@code id} of a line that was decided. */
    void writeId(JsonWriter out, Answer answer);

    /** Writes the body of a line that was done. */
    void writeBody(JsonWriter out, Answer answer);

    /** Hands over every code that stands within a body, for the summary. */
    void eachCode(Answer answer, Consumer<String> counter);
}
