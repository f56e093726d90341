package io.miaojie.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
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
    void write(final TableRows rows) throws SQLException {
        final String staging = rows.staging();
        if (!staging.isEmpty() && staged.add(staging)) {
            execute("create temporary table " + staging + " on commit delete rows");
        }
        rows.send(copies, inSchema(rows.copy()));
        if (!staging.isEmpty()) {
            execute(inSchema(rows.statement()));
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
