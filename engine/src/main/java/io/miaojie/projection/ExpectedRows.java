package io.miaojie.projection;

import io.miaojie.journal.RecordReader;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The rows that the records of a journal make, written anew into temporary tables of the same shape beside those of
 * Postgres, so that each table can be held against them: every column of every row. Which tables there are is asked of
 * Postgres, so one that a later migration makes is compared without a line here.
 *
 * <p>Nothing is changed: temporary tables are gone with the connection. They need about the room of the rows
 * themselves.
 */
public final class ExpectedRows implements AutoCloseable {
    /** Tables that hold no rows of records, each with the reason; every other table is compared. */
    static final Map<String, String> NOT_OF_RECORDS = Map.of(
            "flyway_schema_history",
            "Flyway's own: which migrations ran, checked by Flyway at each start",
            "kind_word",
            "the words of the kinds that this program knows, put anew at each start",
            "record_archive",
            "the records themselves, as the journal held them");

    private static final String SCHEMA = "miaojie.";
    private static final String TEMPORARY = "pg_temp.";
    private static final int FETCH_COUNT = 1_000;
    private static final int VALUE_LENGTH_MAX = 80;

    /** Of the position, epoch and time of writing are the projector's own and no record's. */
    private static final String POSITION = "insert into pg_temp.position select shard, ?, epoch, ?, ?, projected_at"
            + " from miaojie.position where shard = ?";

    private final Connection connection;
    private final ProjectionConfig config;
    private final RowConnection temporaryRows;
    private final List<String> tables;

    private ExpectedRows(final Connection connection, final ProjectionConfig config) throws SQLException {
        this.connection = connection;
        this.config = config;
        this.temporaryRows = RowConnection.ofTemporaryTables(connection);
        this.tables = texts("select tablename from pg_tables where schemaname = 'miaojie' order by 1");
        tables.removeAll(NOT_OF_RECORDS.keySet());
        for (final String table : tables) {
            execute("create temporary table " + table + " (like " + SCHEMA + table
                    + " including defaults including indexes)");
        }
    }

    /**
     * Opens a connection and makes the temporary tables, empty.
     *
     * @param config its shard, kinds and size of a batch
     * @throws ProjectionException when Postgres does not answer or forbids temporary tables
     */
    public static ExpectedRows open(final PostgresAddress address, final ProjectionConfig config) {
        try {
            return new ExpectedRows(address.connect(), config);
        } catch (final SQLException e) {
            throw new ProjectionException("no temporary tables in Postgres: address=" + address, e);
        }
    }

    /**
     * Writes the rows of the records up to a sequence.
     *
     * @param records stands at genesis
     * @throws ProjectionException when Postgres does not take them, or a record is of a type that is not known
     */
    public void fill(final RecordReader records, final long lastSequence) {
        final OutcomeRows rows = new OutcomeRows(new KeyOwners(), config.kinds());
        try {
            while (rows.lastSequence() < lastSequence && records.next()) {
                rows.add(records.buffer(), records.offset());
                if (rows.recordCount() == config.batch().recordsMax()
                        || rows.bytes() > config.batch().bytesMax()) {
                    write(rows);
                }
            }
            write(rows);
            writePosition(rows);
            execute("analyze");
        } catch (final SQLException e) {
            throw new ProjectionException("the rows can't be written anew: lastSequence=" + rows.lastSequence(), e);
        }
    }

    /** Returns the names of the tables that are compared, by name. */
    public List<String> tables() {
        return List.copyOf(tables);
    }

    /**
     * Compares the rows of a table with the expected ones and tells each that differs.
     *
     * @return how many rows are expected
     * @throws ProjectionException when Postgres does not answer
     */
    public long compare(final String table, final Consumer<String> differences) {
        try (PreparedStatement statement = connection.prepareStatement(comparison(table))) {
            statement.setFetchSize(FETCH_COUNT);
            statement.setInt(1, config.shard());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    differences.accept(table + " " + row.getString(1) + ": " + difference(row));
                }
            }
            return Long.parseLong(
                    texts("select count(*)::text from " + TEMPORARY + table).get(0));
        } catch (final SQLException e) {
            throw new ProjectionException("the rows can't be compared: table=" + table, e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (final SQLException e) {
            throw new ProjectionException("the connection does not close", e);
        }
    }

    /** Returns the statement whose rows are a name, what was found and what is expected, each row as JSON. */
    private String comparison(final String table) throws SQLException {
        final List<String> keys =
                texts("select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid"
                        + " and a.attnum = any(i.indkey) where i.indisprimary and i.indrelid = '" + SCHEMA + table
                        + "'::regclass order by array_position(i.indkey, a.attnum)");
        final List<String> names = new ArrayList<>();
        keys.forEach(key -> names.add("'" + key + "=' || " + key));
        return "select concat_ws(' ', " + String.join(", ", names) + "), to_jsonb(found), to_jsonb(expected)"
                + " from (select * from " + SCHEMA + table + " where shard = ?) found full join " + TEMPORARY + table
                + " expected using (" + String.join(", ", keys) + ")"
                + " where row(found.*) is distinct from row(expected.*)";
    }

    private static String difference(final ResultSet row) throws SQLException {
        if (row.getString(2) == null) {
            return "the row is missing";
        } else if (row.getString(3) == null) {
            return "no record makes this row";
        }
        final JsonObject found = new JsonObject(row.getString(2));
        final JsonObject expected = new JsonObject(row.getString(3));
        final List<String> columns = new ArrayList<>();
        for (final String column : expected.fieldNames()) {
            if (!Objects.equals(expected.getValue(column), found.getValue(column))) {
                columns.add(column + " expected=" + shortened(expected.getValue(column)) + " found="
                        + shortened(found.getValue(column)));
            }
        }
        return String.join(", ", columns);
    }

    private static String shortened(final Object value) {
        final String text = String.valueOf(value);
        return text.length() > VALUE_LENGTH_MAX ? text.substring(0, VALUE_LENGTH_MAX) + "..." : text;
    }

    private void write(final OutcomeRows rows) throws SQLException {
        temporaryRows.write(rows.tables());
        connection.commit();
        rows.clear();
    }

    private void writePosition(final OutcomeRows rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(POSITION)) {
            statement.setLong(1, rows.lastSequence());
            statement.setInt(2, rows.lastCrc());
            statement.setLong(3, rows.lastNowNs());
            statement.setInt(4, config.shard());
            statement.executeUpdate();
        }
    }

    private List<String> texts(final String sql) throws SQLException {
        final List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    private void execute(final String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
