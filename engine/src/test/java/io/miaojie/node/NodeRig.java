package io.miaojie.node;

import io.miaojie.journal.Durability;
import io.miaojie.journal.JournalConfig;
import io.miaojie.projection.PostgresAddress;
import io.miaojie.ring.RingConfig;
import io.miaojie.settlement.PeopleLimits;
import io.miaojie.settlement.StateLimits;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Settings of small nodes, and what their tests wait with. */
final class NodeRig {
    /** Room for fifty thousand payments. */
    private static final StateLimits LIMITS =
            new StateLimits(1_000, 1_000, 50_000, 100_000, 60_000, 20, 100, 200, 1_000, PeopleLimits.of(1_000));

    private NodeRig() {}

    static EngineConfig config(final Path directory, final PostgresAddress address) {
        return config(directory, Optional.of(address));
    }

    /** Without an address the node brings its own Postgres. */
    static EngineConfig config(final Path directory, final Optional<PostgresAddress> address) {
        return EngineConfig.of(directory)
                .withState(LIMITS)
                .withRing(new RingConfig(0, 4096, 256, 4 << 20, 1024, 256, 250, 64, directory.resolve("shard-0")))
                .withJournal(new EngineConfig.JournalOptions(
                        Durability.SYNC, JournalConfig.ROLL_BYTES, 64 << 20, 5_000_000, 0))
                .withProjection(new EngineConfig.ProjectionOptions(address, 6 << 20));
    }

    static PostgresAddress freshDatabase(final PostgresAddress server, final String name) throws SQLException {
        final String url = "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + server.database();
        try (Connection connection = DriverManager.getConnection(url, server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return server.withDatabase(name);
    }

    static void await(final String claim, final BooleanSupplier condition) {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within thirty seconds: " + claim);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
