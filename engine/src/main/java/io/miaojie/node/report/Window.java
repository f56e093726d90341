package io.miaojie.node.report;

/**
 * Which part of a list is asked for.
 *
 * @param after the place that the page follows, null: from the beginning
 * @param limit most entries, 1 to 1,000
 * @param isNewestFirst the order of the list, which a cursor belongs to
 * @param minSequence the record that the list must know of, 0: any; waited for at most 2 s
 */
public record Window(Position after, int limit, boolean isNewestFirst, long minSequence) {
    /** Most entries of a page. */
    public static final int LIMIT_MAX = 1_000;

    public Window {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("out of 1.." + LIMIT_MAX + ": limit=" + limit);
        }
    }
}
