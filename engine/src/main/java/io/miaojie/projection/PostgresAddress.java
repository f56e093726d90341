package io.miaojie.projection;

import io.vertx.pgclient.PgConnectOptions;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Where a Postgres is and who we are there. Its text form leaves the password out. */
public record PostgresAddress(String host, int port, String database, String user, String password) {
    private static final int DEFAULT_PORT = 5432;
    private static final int CONNECT_MAX_S = 10;

    /**
     * Parses {@code postgres://user:password@host:port/database}, also with {@code postgresql:}; user, password and
     * database percent-decoded, the port 5432 and the database the user's name unless given.
     *
     * @throws IllegalArgumentException when the text is none of that; the message does not repeat the password
     */
    public static PostgresAddress parse(final String uri) {
        final URI parsed = parsed(uri);
        if (!"postgres".equals(parsed.getScheme()) && !"postgresql".equals(parsed.getScheme())) {
            throw invalid("the scheme is neither postgres nor postgresql");
        }
        if (parsed.getHost() == null || parsed.getRawUserInfo() == null) {
            throw invalid("host or user is missing");
        }
        if (parsed.getRawQuery() != null || parsed.getRawFragment() != null) {
            throw invalid("parameters after the database are not taken");
        }
        final String[] account = parsed.getRawUserInfo().split(":", 2);
        final String user = decoded(account[0]);
        final String path = parsed.getRawPath();
        return new PostgresAddress(
                parsed.getHost().replaceAll("[\\[\\]]", ""),
                parsed.getPort() < 0 ? DEFAULT_PORT : parsed.getPort(),
                path.length() > 1 ? decoded(path.substring(1)) : user,
                user,
                account.length > 1 ? decoded(account[1]) : "");
    }

    /** Returns the same server and account with another database. */
    public PostgresAddress withDatabase(final String other) {
        return new PostgresAddress(host, port, other, user, password);
    }

    /** Opens a JDBC connection for anything but the flow of rows. */
    Connection connect() throws SQLException {
        return connect("miaojie", "");
    }

    /**
     * Opens a JDBC connection, within ten seconds or not at all. It prepares no statement in Postgres.
     *
     * @param name under which Postgres shows it
     * @param settings of the session, as options of the command line
     */
    Connection connect(final String name, final String settings) throws SQLException {
        final Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", name);
        if (!settings.isEmpty()) {
            properties.setProperty("options", settings);
        }
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("loginTimeout", Integer.toString(CONNECT_MAX_S));
        return DriverManager.getConnection(jdbcUrl(), properties);
    }

    String jdbcUrl() {
        final String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return "jdbc:postgresql://" + name + ":" + port + "/"
                + java.net.URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    /** Returns what a client of its own connects with. */
    public PgConnectOptions options() {
        return new PgConnectOptions()
                .setHost(host)
                .setPort(port)
                .setDatabase(database)
                .setUser(user)
                .setPassword(password);
    }

    private static URI parsed(final String uri) {
        try {
            return URI.create(uri);
        } catch (final IllegalArgumentException e) {
            throw invalid("not a URI");
        }
    }

    /** As {@code URLDecoder}, but a plus sign is a plus sign. */
    private static String decoded(final String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException invalid(final String reason) {
        return new IllegalArgumentException(
                "not a Postgres address, " + reason + ": expected postgres://user:password@host:port/database");
    }

    @Override
    public String toString() {
        return "postgres://" + user + "@" + host + ":" + port + "/" + database;
    }
}
