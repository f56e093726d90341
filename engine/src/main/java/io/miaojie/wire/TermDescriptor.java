package io.miaojie.wire;

import java.util.List;

/**
 * One term of a campaign kind: enough for HTTP to parse, bound and document it. Its place in
 * {@link KindDescriptor#terms} is its number on the wire.
 *
 * @param name snake_case, unit last
 * @param shape how the term stands in JSON
 * @param min least value, inclusive; of each id list entry: least length in bytes
 * @param max greatest value, inclusive; of each id list entry: greatest length in bytes
 * @param columns of a table, in order; empty otherwise
 * @param entriesMax most rows of a table or entries of a list; 0 for a scalar
 * @param description one sentence, with the unit
 */
public record TermDescriptor(
        String name, Shape shape, long min, long max, List<Column> columns, int entriesMax, String description) {
    /** How a term stands in JSON: an integer, an array of objects, an array of strings. */
    public enum Shape {
        SCALAR,
        TABLE,
        IDS
    }

    /** A column of a table; every row may leave out columns that are not required. */
    public record Column(String name, long min, long max, boolean required, String description) {}

    public TermDescriptor {
        columns = List.copyOf(columns);
    }

    /**
     * Returns whether this is the lower bound of what is drawn, so that a campaign that has it needs random bytes. Such
     * bounds come in pairs whose names hold {@code _min} and {@code _max} as a word.
     */
    public boolean isRandom() {
        return (name + "_").contains("_min_");
    }

    public static TermDescriptor scalar(final String name, final long min, final long max, final String description) {
        return new TermDescriptor(name, Shape.SCALAR, min, max, List.of(), 0, description);
    }

    public static TermDescriptor ids(final String name, final int entriesMax, final String description) {
        return new TermDescriptor(name, Shape.IDS, 1, 64, List.of(), entriesMax, description);
    }

    public static TermDescriptor table(
            final String name, final int rowsMax, final String description, final List<Column> columns) {
        return new TermDescriptor(name, Shape.TABLE, 0, 0, columns, rowsMax, description);
    }
}
