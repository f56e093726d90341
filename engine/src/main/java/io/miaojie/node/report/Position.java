package io.miaojie.node.report;

/**
 * A place in a list: nothing is at two places, and no place moves.
 *
 * @param sequence of the record
 * @param place among what that record made
 */
public record Position(long sequence, long place) {
    private static final char SEPARATOR = '.';

    /**
     * Reads the text of a cursor.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Position parse(final String text) {
        final int separator = text.indexOf(SEPARATOR);
        if (separator < 0) {
            throw new IllegalArgumentException("not a cursor: text=" + text);
        }
        return new Position(
                Long.parseLong(text.substring(0, separator)), Long.parseLong(text.substring(separator + 1)));
    }

    /** Returns the text of a cursor, digits and a dot. */
    @Override
    public String toString() {
        return sequence + "" + SEPARATOR + place;
    }
}
