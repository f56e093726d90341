package io.miaojie.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * A connection that takes rows. Staging tables are made when they are needed first, and are empty after each commit.
 */
final class RowConnection {
    private static final String SCHEMA = "miaojie.";

    private final Connection connection;
    private final String schema;
    private final CopyManager copies;
    private final Set<String> staged = new HashSet<>();

    private RowConnection(final Connection connection, final String schema) throws SQLException {
        this.connection = connection;
        this.schema = schema;
        this.copies = connection.unwrap(PGConnection.class).getCopyAPI();
        connection.setAutoCommit(false);
    }

    /** Takes rows for the tables of the projection. */
    static RowConnection of(final Connection connection) throws SQLException {
        return new RowConnection(connection, SCHEMA);
    }

    /** Takes rows for temporary tables of the same names. */
    static RowConnection ofTemporaryTables(final Connection connection) throws SQLException {
        return new RowConnection(connection, "pg_temp.");
    }

    /**
     * Writes rows in the transaction at hand.
     *
     * @throws SQLException when Postgres does not take them
     */
    void write(final List<TableRows> tables) throws SQLException {
        add(tables);
        change(tables);
    }

    /**
     * Writes what needs nothing of the batch before: rows that are only added, and the others into their staging
     * tables.
     *
     * @throws SQLException when Postgres does not take them
     */
    void add(final List<TableRows> tables) throws SQLException {
        for (final TableRows rows : tables) {
            final String staging = rows.staging();
            if (!staging.isEmpty() && staged.add(staging)) {
                execute("create temporary table " + staging + " on commit delete rows");
            }
            rows.send(copies, inSchema(rows.copy()));
        }
    }

    /**
     * Brings the rows from their staging tables to where they change others, in the order given.
     *
     * @throws SQLException when Postgres does not take them
     */
    void change(final List<TableRows> tables) throws SQLException {
        for (final TableRows rows : tables) {
            if (!rows.statement().isEmpty()) {
                execute(inSchema(rows.statement()));
            }
        }
    }

    private String inSchema(final String sql) {
        return sql.replace(SCHEMA, schema);
    }

    private void execute(final String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
