package io.miaojie.projection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database of its own in a shared Postgres, with our schema, and short ways to ask it. */
final class PostgresTables {
    private final PostgresAddress address;

    private PostgresTables(final PostgresAddress address) {
        this.address = address;
    }

    static PostgresTables create(final PostgresAddress server, final String database) throws SQLException {
        final PostgresTables tables = new PostgresTables(server);
        tables.run("create database " + database);
        return of(ProjectionSchema.load().migrate(server.withDatabase(database)));
    }

    static PostgresTables of(final PostgresAddress address) {
        return new PostgresTables(address);
    }

    PostgresAddress address() {
        return address;
    }

    void run(final String sql) throws SQLException {
        try (Connection connection = address.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns the only column as text, a row an entry. */
    List<String> texts(final String sql) throws SQLException {
        try (Connection connection = address.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            final List<String> found = new ArrayList<>();
            while (row.next()) {
                found.add(row.getString(1));
            }
            return found;
        }
    }

    String text(final String sql) throws SQLException {
        final List<String> found = texts(sql);
        if (found.size() != 1) {
            throw new AssertionError("expected one row: sql=" + sql + " found=" + found);
        }
        return found.get(0);
    }

    long number(final String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }
}
