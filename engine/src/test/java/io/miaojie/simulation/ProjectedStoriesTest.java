package io.miaojie.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miaojie.projection.EmbeddedPostgres;
import io.miaojie.projection.PostgresAddress;
import io.miaojie.projection.ProjectionSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stories whose journal is projected into a real Postgres while they are told, by projectors that die: in the end each
 * row is what its record says, and what the naive model says. {@code -Dprojected.first=} and {@code -Dprojected.seeds=}
 * set another run.
 */
@Tag("postgres")
@Timeout(value = 2, unit = TimeUnit.HOURS)
class ProjectedStoriesTest {
    private static final long FIRST = Long.getLong("projected.first", 1);
    private static final int SEEDS = Integer.getInteger("projected.seeds", 6);
    private static final int COMMANDS = 1_000;

    @TempDir
    static Path directory;

    @Test
    void eachRowIsThereOnce() throws Exception {
        final Coverage coverage = new Coverage();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
                try (StoryProjector projector = new StoryProjector(database(postgres, seed), seed, coverage)) {
                    Simulation.roomy(seed, coverage).readBy(projector).run(COMMANDS);
                }
            }
        }
        assertEquals(
                Set.of(),
                coverage.missing(Arrays.stream(StoryProjector.Turn.values()).map(turn -> "projector." + turn)));
    }

    private static PostgresAddress database(final EmbeddedPostgres postgres, final long seed) throws SQLException {
        final PostgresAddress server = postgres.address();
        final String name = "story" + seed;
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + server.database(),
                        server.user(),
                        server.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return ProjectionSchema.load().migrate(server.withDatabase(name));
    }
}
