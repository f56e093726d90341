package io.miaojie.api.message;

import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.json.Slice;
import org.agrona.DirectBuffer;

/**
 * Where an id stands that the effects either hold or leave to the command: an empty one is the command's. Thread: one.
 */
final class EffectNames {
    private DirectBuffer effects;
    private DirectBuffer command;
    private long named;
    private DirectBuffer buffer;
    private long slice;

    /**
     * Opens the effects of one command.
     *
     * @param newNamed the id that the command names, absent when it names none
     */
    void open(final DirectBuffer newEffects, final DirectBuffer newCommand, final long newNamed) {
        effects = newEffects;
        command = newCommand;
        named = newNamed;
    }

    /** Finds an id of the effects. */
    void find(final int offset, final int length) {
        buffer = length > 0 ? effects : command;
        slice = length > 0 ? Slice.of(offset, length) : named;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    /** Returns where it stands in the buffer; absent: nobody knows it. */
    long slice() {
        return slice;
    }

    /** Writes an id of the effects as this field, when it is known. */
    void write(final JsonWriter out, final String name, final int offset, final int length) {
        find(offset, length);
        if (slice != Slice.ABSENT) {
            out.name(name).value(buffer, Slice.offset(slice), Slice.length(slice));
        }
    }
}
