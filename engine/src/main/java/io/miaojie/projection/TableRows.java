package io.miaojie.projection;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
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

    /** Number of the parameter of the first column; the shard stands before it. */
    private static final int FIRST_COLUMN = 2;

    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

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

    /** Returns the expression, for a query that groups rows, of the last value of a column that is not null. */
    static String last(final String column, final String order) {
        return "(array_agg(" + column + " order by " + order + " desc) filter (where " + column
                + " is not null))[1] as " + column;
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

    /**
     * Runs the statement over JDBC, on tables of the same names in another schema.
     *
     * @throws SQLException when Postgres does not take the rows
     */
    void execute(final Connection connection, final int shard, final String schema) throws SQLException {
        final List<Integer> numbers = new ArrayList<>();
        final String text = PARAMETER
                .matcher(sql.replace("miaojie.", schema + "."))
                .replaceAll(found -> {
                    numbers.add(Integer.parseInt(found.group(1)));
                    return "?";
                });
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (int i = 0; i < numbers.size(); i++) {
                final int column = numbers.get(i) - FIRST_COLUMN;
                if (column < 0) {
                    statement.setShort(i + 1, (short) shard);
                } else {
                    statement.setArray(i + 1, connection.createArrayOf(types[column].word, values(column)));
                }
            }
            statement.executeUpdate();
        }
    }

    private Object[] values(final int column) {
        final Object[] values = columns.get(column).toArray(types[column].array);
        return types[column] != Type.BYTEA
                ? values
                : Arrays.stream((Buffer[]) values)
                        .map(value -> value == null ? null : value.getBytes())
                        .toArray(byte[][]::new);
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
        return "$" + (index + FIRST_COLUMN) + "::" + types[index].word + "[]";
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
