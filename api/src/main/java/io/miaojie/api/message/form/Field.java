package io.miaojie.api.message.form;

/**
 * One field of a write.
 *
 * @param name as in the JSON, {@code object.name} within an object of its entry; null: made here, no client sends it
 * @param number its id in the schema, under which it enters the fingerprint; what the command does not hold as it was
 *     sent has a number of its own from 100 on
 * @param offset of a number in its block; of a text: {@link #BEHIND} its block, in the order of the table
 * @param otherwise the number when it was not sent
 */
public record Field(String name, int number, FieldType type, int offset, Need need, long otherwise) {
    /** Whether a client must, may or can't send a field. */
    public enum Need {
        REQUIRED,
        OPTIONAL,
        /** It stands in the path, or, in bulk, among the fields. */
        PATH,
        /** It must be sent where the object that it stands in is. */
        INSIDE,
        /** The edge makes it. */
        MADE
    }

    /** The place of a text: behind the block. */
    public static final int BEHIND = -1;

    /** The place of the business time: in the envelope. */
    public static final int ENVELOPE = -2;

    /** No place: a rule of the form makes something of it. */
    public static final int NOWHERE = -3;

    boolean isIn(final int place) {
        return offset == place;
    }

    boolean isInBlock() {
        return offset >= 0;
    }
}
