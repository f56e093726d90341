package io.miaojie.benchmarks.baseline;

import io.miaojie.projection.PostgresAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * COPY of the rows that the projection has made, into the same tables with the same indexes: written to files of the
 * server, emptied, and copied back, a table after the other. Leaves out decoding and the fence of exactly once, and
 * sends nothing: the files stand on the server.
 */
public final class CopyRows {
    /** What a copy came to. */
    public record Copied(long rows, long elapsedNs) {}

    private static final String TABLES =
            "select table_name from information_schema.tables where table_schema = 'miaojie'"
                    + " and table_type = 'BASE TABLE' and table_name not like 'flyway%' order by 1";

    private CopyRows() {}

    /** Counts the rows of every table of the projection. */
    public static long count(final PostgresAddress address) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement()) {
            long rows = 0;
            for (final String table : texts(statement, TABLES)) {
                rows += Long.parseLong(texts(statement, "select count(*) from miaojie." + table)
                        .get(0));
            }
            return rows;
        }
    }

    /** Copies every table of the projection; leaves the same rows behind. */
    public static Copied measure(final PostgresAddress address) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement()) {
            final List<String> tables = texts(statement, TABLES);
            final String folder = texts(statement, "show data_directory").get(0);
            long rows = 0;
            for (final String table : tables) {
                rows += statement.executeLargeUpdate(copy(table, "to", folder));
            }
            statement.execute("truncate miaojie." + String.join(", miaojie.", tables));
            statement.execute("checkpoint");
            final long startNs = System.nanoTime();
            long copied = 0;
            for (final String table : tables) {
                copied += statement.executeLargeUpdate(copy(table, "from", folder));
            }
            final long elapsedNs = System.nanoTime() - startNs;
            if (rows == 0 || copied != rows) {
                throw new IllegalStateException("wrong result: rows=" + rows + " copied=" + copied);
            }
            return new Copied(rows, elapsedNs);
        }
    }

    private static Connection connect(final PostgresAddress address) throws SQLException {
        final String url = "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.database();
        return DriverManager.getConnection(url, address.user(), address.password());
    }

    private static String copy(final String table, final String direction, final String folder) {
        return "copy miaojie." + table + " " + direction + " '" + folder + "/bench-" + table + "' (format binary)";
    }

    private static List<String> texts(final Statement statement, final String query) throws SQLException {
        final List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
