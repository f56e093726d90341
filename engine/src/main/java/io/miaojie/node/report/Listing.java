package io.miaojie.node.report;

import io.vertx.sqlclient.Row;

/**
 * A list that can be paged through: its statement, both ways, and what a row becomes.
 *
 * @param <T> an entry
 */
final class Listing<T> {
    /** Makes an entry of a row. */
    interface Mapper<T> {
        T entry(Position position, Row row);
    }

    static final String PLACE = "list_place";

    private final String oldestFirst;
    private final String newestFirst;
    private final Mapper<T> mapper;

    /**
     * Makes a list.
     *
     * @param view what it lists
     * @param place expression that tells apart what one record made, beside its {@code sequence}
     * @param filter condition on it; {@code $1} is the shard, {@code $2} and on its own parameters
     * @param filterCount how many parameters of its own the filter has
     */
    Listing(final String view, final String place, final String filter, final int filterCount, final Mapper<T> mapper) {
        this.oldestFirst = sql(view, place, filter, 2 + filterCount, true);
        this.newestFirst = sql(view, place, filter, 2 + filterCount, false);
        this.mapper = mapper;
    }

    String sql(final boolean isNewestFirst) {
        return isNewestFirst ? newestFirst : oldestFirst;
    }

    /** Returns the place before the first. */
    Position start(final boolean isNewestFirst) {
        return isNewestFirst ? new Position(Long.MAX_VALUE, Long.MAX_VALUE) : new Position(-1, -1);
    }

    T entry(final Position position, final Row row) {
        return mapper.entry(position, row);
    }

    /** At least one row: where Postgres is, beside nulls when the page is empty. */
    private static String sql(
            final String view, final String place, final String filter, final int after, final boolean isAscending) {
        final String direction = isAscending ? "asc" : "desc";
        return "select p.sequence as as_of_sequence, e.* from miaojie.position p left join lateral (select v.*, "
                + place + " as " + PLACE + " from " + view + " v where v.shard = $1 and " + filter
                + " and (v.sequence, "
                + place + ") " + (isAscending ? ">" : "<") + " ($" + after + ", $" + (after + 1)
                + ") order by v.sequence " + direction + ", " + place + " " + direction + " limit $" + (after + 2)
                + ") e on true where p.shard = $1 order by e.sequence " + direction + ", e." + PLACE + " " + direction;
    }
}
