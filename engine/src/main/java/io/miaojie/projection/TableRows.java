package io.miaojie.projection;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of one statement, kept column by column: each column travels as one array that Postgres unnests. */
final class TableRows {
    /** What a column holds: its name to Postgres and its array. */
    enum Type {
        BIGINT("bigint", Long[]::new),
        INTEGER("integer", Integer[]::new),
        SMALLINT("smallint", Short[]::new),
        BOOLEAN("boolean", Boolean[]::new),
        TEXT("text", String[]::new),
        BYTEA("bytea", Buffer[]::new);

        private final String word;
        private final IntFunction<Object[]> array;

        Type(final String word, final IntFunction<Object[]> array) {
            this.word = word;
            this.array = array;
        }
    }

    private final String sql;
    private final Type[] types;
    private final List<List<Object>> columns = new ArrayList<>();

    private TableRows(final String sql, final Type[] types) {
        this.sql = sql;
        this.types = types;
        Arrays.stream(types).forEach(type -> columns.add(new ArrayList<>()));
    }

    /**
     * Makes the rows of an insert; the shard is added to each.
     *
     * @param columns {@code name type} of each, in the order of {@link #add}
     * @param conflict what follows the select, empty for a plain insert
     */
    static TableRows insert(final String table, final String conflict, final String... columns) {
        final String names = Arrays.stream(columns).map(TableRows::name).collect(Collectors.joining(", "));
        final Type[] types = types(columns);
        final String values = IntStream.range(0, columns.length)
                .mapToObj(i -> "unnest(" + parameter(types, i) + ")" + (columns[i].endsWith(" jsonb") ? "::jsonb" : ""))
                .collect(Collectors.joining(", "));
        final String sql = "insert into miaojie." + table + " (shard, " + names + ") select $1::smallint, " + values
                + " " + conflict;
        return new TableRows(sql.strip(), types);
    }

    /**
     * Makes the rows of any other statement.
     *
     * @param statement names its rows {@code {rows}}, which become the relation {@code t}; {@code $1} is the shard
     */
    static TableRows of(final String statement, final String... columns) {
        final String names = Arrays.stream(columns).map(TableRows::name).collect(Collectors.joining(", "));
        final Type[] types = types(columns);
        return new TableRows(statement.replace("{rows}", unnest(types) + " as t (" + names + ")"), types);
    }

    /** Adds a row: a value for each column, null where there is none. */
    void add(final Object... values) {
        for (int i = 0; i < values.length; i++) {
            columns.get(i).add(values[i]);
        }
    }

    String sql() {
        return sql;
    }

    int count() {
        return columns.get(0).size();
    }

    /** Returns the parameters of the statement: the shard, then one array for each column. */
    Tuple parameters(final int shard) {
        final Tuple tuple = Tuple.tuple(new ArrayList<>(types.length + 1));
        tuple.addShort((short) shard);
        for (int i = 0; i < types.length; i++) {
            tuple.addValue(columns.get(i).toArray(types[i].array));
        }
        return tuple;
    }

    void clear() {
        columns.forEach(List::clear);
    }

    private static String unnest(final Type[] types) {
        return IntStream.range(0, types.length)
                .mapToObj(i -> parameter(types, i))
                .collect(Collectors.joining(", ", "unnest(", ")"));
    }

    private static String parameter(final Type[] types, final int index) {
        return "$" + (index + 2) + "::" + types[index].word + "[]";
    }

    private static Type[] types(final String... columns) {
        return Arrays.stream(columns)
                .map(column -> column.substring(column.indexOf(' ') + 1))
                .map(word -> word.equals("jsonb") ? Type.TEXT : type(word))
                .toArray(Type[]::new);
    }

    private static Type type(final String word) {
        return Arrays.stream(Type.values())
                .filter(type -> type.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column type: word=" + word));
    }

    private static String name(final String column) {
        return column.substring(0, column.indexOf(' '));
    }
}
