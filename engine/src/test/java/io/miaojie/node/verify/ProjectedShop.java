package io.miaojie.node.verify;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.projection.PostgresAddress;
import io.miaojie.projection.ProjectionConfig;
import io.miaojie.projection.ProjectionSchema;
import io.miaojie.projection.Projector;
import io.miaojie.settlement.Settlement;
import io.miaojie.settlement.State;
import io.miaojie.support.MemoryJournal;
import io.miaojie.support.Scenario;
import io.miaojie.wire.RecordLayout;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The story of a {@link RandomShop} settled, journaled in memory and projected into a database of its own. */
record ProjectedShop(State state, MemoryJournal journal, PostgresAddress database) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static ProjectedShop settle(final PostgresAddress server, final long seed, final int commands) throws Exception {
        final MemoryJournal journal = new MemoryJournal();
        final Scenario scenario = new Scenario();
        scenario.runner()
                .listen((sequence, nowNs, command, outcome) -> append(journal, sequence, nowNs, command, outcome));
        new RandomShop(seed, scenario).run(commands);
        journal.commit();
        final String name = "shop" + seed + "_" + commands;
        run(server, "create database " + name);
        final PostgresAddress database = ProjectionSchema.load().migrate(server.withDatabase(name));
        try (Projector projector = new Projector(journal, database, config(100))) {
            projector.start();
            assertTrue(
                    projector.awaitSequence(journal.durableSequence(), PATIENCE),
                    () -> "lastError=" + projector.lastError());
        }
        return new ProjectedShop(scenario.runner().core().state(), journal, database);
    }

    /** What the rows are does not depend on where batches end. */
    static ProjectionConfig config(final int recordsMax) {
        final ProjectionConfig usual = ProjectionConfig.of(0, Settlement.kinds());
        return new ProjectionConfig(
                0, usual.kinds(), new ProjectionConfig.Batch(recordsMax, 1 << 20, 0), usual.retry());
    }

    static List<String> texts(final PostgresAddress database, final String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            final List<String> found = new ArrayList<>();
            while (row.next()) {
                found.add(row.getString(1));
            }
            return found;
        }
    }

    static void run(final PostgresAddress database, final String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void append(
            final MemoryJournal journal,
            final long sequence,
            final long nowNs,
            final DirectBuffer command,
            final byte[] outcome) {
        final int commandLength = command.capacity();
        final int length = RecordLayout.HEADER_LENGTH + commandLength + outcome.length;
        final UnsafeBuffer record = new UnsafeBuffer(new byte[length]);
        RecordLayout.putHeader(record, 0, commandLength, outcome.length, 0, sequence, nowNs);
        record.putBytes(RecordLayout.commandOffset(0), command, 0, commandLength);
        record.putBytes(RecordLayout.commandOffset(0) + commandLength, outcome);
        journal.append(record, 0, length);
    }

    private static Connection connect(final PostgresAddress address) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.database(),
                address.user(),
                address.password());
    }
}
