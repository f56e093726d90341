package io.miaojie.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.gate.AnswerType;
import io.miaojie.projection.EmbeddedPostgres;
import io.miaojie.projection.PostgresAddress;
import io.miaojie.support.MountedDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk under Postgres fills up, a real and small one: answers go on, and each row is there once when there is room.
 */
@Tag("postgres")
@Tag("slow")
@Timeout(300)
class PostgresDiskTest {
    private static final long DISK_MIB = 48;
    private static final long FREE_BYTES = 4 << 20;
    private static final int BURST = 2_000;

    @RegisterExtension
    private final MountedDisk small = new MountedDisk(DISK_MIB);

    @TempDir
    private Path temporary;

    private final NodeDriver driver = new NodeDriver();

    @Test
    void rowsGoOnByThemselvesWhenThereIsRoomForThem() throws Exception {
        final Path directory = temporary.resolve("postgres");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            final PostgresAddress address = onSmallDisk(postgres.address(), directory);
            final EngineConfig config = config(Optional.of(address));
            try (EngineNode node = EngineNode.start(config, driver)) {
                final int paid =
                        payUntilFull(node, () -> String.valueOf(node.status().projectionError())
                                .contains("No space left on device"));
                requireOnce(node, address, paid);
            }
        }
    }

    /**
     * Postgres does not survive this one. It may come up and panic again, or end: then it is for us to start it again.
     */
    @Test
    void rowsGoOnByThemselvesWhenThereIsRoomForTheLogOfPostgres() throws Exception {
        final EngineConfig config = config(Optional.empty());
        final Path log = config.postgresDirectory().resolve("data/pg_wal");
        final PostgresAddress address;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config.postgresDirectory())) {
            address = postgres.address();
        }
        assertEquals(0, MountedDisk.run("mv", log.toString(), small.path().toString()));
        Files.createSymbolicLink(log, small.path().resolve("pg_wal"));
        try (EngineNode node = EngineNode.start(config, driver)) {
            final int paid = payUntilFull(node, () -> hasPanicked(said(config.postgresDirectory())));
            requireOnce(node, address, paid);
        }
    }

    private EngineConfig config(final Optional<PostgresAddress> address) {
        return NodeRig.config(temporary.resolve("data"), address)
                .withProjection(new EngineConfig.ProjectionOptions(address, 256 << 20));
    }

    /** Pays until the small disk is full and then goes on; returns how many were paid when there is room again. */
    private int payUntilFull(final EngineNode node, final BooleanSupplier isFull) throws Exception {
        driver.prepare(node.gate());
        final Path filler = small.fillBut(FREE_BYTES);
        int paid = 0;
        while (!isFull.getAsBoolean()) {
            paid = pay(node, paid);
            NodeRig.await("projected, or full", () -> isFull.getAsBoolean() || isProjected(node));
        }
        NodeRig.await("told of", () -> node.status().projectionError() != null);
        assertTrue(isFull.getAsBoolean());
        final long standsAt = node.status().projectedSequence();
        paid = pay(node, paid);
        assertTrue(isFull.getAsBoolean());
        assertTrue(node.status().isAdmitting());
        assertEquals(standsAt, node.status().projectedSequence());
        assertTrue(node.status().projectionError() != null);
        Files.delete(filler);
        return paid;
    }

    /** Of what is left when Postgres panics, and of what it lets go of since, nothing stays: it could take the rows. */
    private boolean hasPanicked(final String said) {
        final boolean hasPanicked = said.contains("PANIC");
        if (hasPanicked) {
            small.fill();
        }
        return hasPanicked;
    }

    private static String said(final Path postgres) {
        try {
            return Files.readString(postgres.resolve("postgres.log"));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isProjected(final EngineNode node) {
        return node.status().projectedSequence() == node.status().durableSequence();
    }

    private static void requireOnce(final EngineNode node, final PostgresAddress address, final int paid)
            throws Exception {
        assertTrue(node.awaitProjected(node.status().durableSequence(), Duration.ofSeconds(150)));
        assertEquals(Optional.empty(), Optional.ofNullable(node.status().projectionError()));
        assertEquals(4L + paid, node.records().durableSequence());
        assertEquals(paid, number(address, "select count(*) from bi.payments"));
        assertEquals(paid, number(address, "select count(distinct payment_id) from bi.payments"));
        assertEquals(100L * paid, number(address, "select sum(amount_minor) from bi.grants"));
        assertEquals(100L * paid, number(address, "select sum(spendable_minor) from bi.pools"));
    }

    /** Makes a database of which every row is on the small disk. */
    private PostgresAddress onSmallDisk(final PostgresAddress server, final Path directory) throws Exception {
        final Path rows = Files.createDirectory(small.path().resolve("rows"));
        Files.setOwner(rows, Files.getOwner(directory.resolve("data")));
        run(server, "create tablespace small location '" + rows + "'");
        run(server, "create database shop tablespace small");
        return server.withDatabase("shop");
    }

    private int pay(final EngineNode node, final int from) throws Exception {
        Future<NodeDriver.Answer> last = null;
        for (int i = 0; i < BURST; i++) {
            last = driver.pay(node.gate(), from + i);
        }
        assertEquals(AnswerType.OUTCOME, last.get().type());
        return from + BURST;
    }

    private static long number(final PostgresAddress database, final String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void run(final PostgresAddress database, final String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(final PostgresAddress address) throws SQLException {
        final String url = "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.database();
        return DriverManager.getConnection(url, address.user(), address.password());
    }
}
