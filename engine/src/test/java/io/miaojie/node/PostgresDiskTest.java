package io.miaojie.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.gate.AnswerType;
import io.miaojie.gate.RecordLog;
import io.miaojie.projection.EmbeddedPostgres;
import io.miaojie.projection.PostgresAddress;
import io.miaojie.support.MountedDisk;
import java.io.IOException;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of the rows fills up, a real and small one: answers go on, and each row is there once when there is room.
 */
@Tag("postgres")
@Tag("slow")
@Timeout(180)
class PostgresDiskTest {
    private static final long DISK_MIB = 48;
    private static final long FREE_BYTES = 4 << 20;
    private static final int BURST = 2_000;

    @TempDir
    private Path temporary;

    private final NodeDriver driver = new NodeDriver();
    private MountedDisk small;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        small = MountedDisk.below(temporary, DISK_MIB);
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (small != null) {
            small.unmount();
        }
    }

    @Test
    void answersGoOnAndEachRowIsThereOnceAfterwards() throws Exception {
        final Path directory = temporary.resolve("postgres");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            final PostgresAddress address = onSmallDisk(postgres.address(), directory);
            final EngineConfig config = NodeRig.config(temporary.resolve("data"), address)
                    .withProjection(new EngineConfig.ProjectionOptions(Optional.of(address), 256 << 20));
            try (EngineNode node = EngineNode.start(config, driver)) {
                driver.prepare(node.gate());
                final Path filler = fill();
                int paid = 0;
                while (!isFull(node)) {
                    paid = pay(node, paid);
                    NodeRig.await(
                            "projected, or full",
                            () -> isFull(node)
                                    || node.status().projectedSequence()
                                            == node.status().durableSequence());
                }
                final long standsAt = node.status().projectedSequence();
                paid = pay(node, paid);
                assertTrue(isFull(node));
                assertTrue(node.status().isAdmitting());
                assertEquals(standsAt, node.status().projectedSequence());

                Files.delete(filler);

                assertTrue(node.awaitProjected(node.status().durableSequence(), Duration.ofSeconds(60)));
                assertEquals(Optional.empty(), Optional.ofNullable(node.status().projectionError()));
                final RecordLog records = node.records();
                assertEquals(4L + paid, records.durableSequence());
                assertEquals(paid, number(address, "select count(*) from bi.payments"));
                assertEquals(paid, number(address, "select count(distinct payment_id) from bi.payments"));
                assertEquals(100L * paid, number(address, "select sum(amount_minor) from bi.grants"));
                assertEquals(100L * paid, number(address, "select sum(spendable_minor) from bi.pools"));
            }
        }
    }

    /** Makes a database of which every row is on the small disk. */
    private PostgresAddress onSmallDisk(final PostgresAddress server, final Path directory) throws Exception {
        final Path rows = Files.createDirectory(small.path().resolve("rows"));
        Files.setOwner(rows, Files.getOwner(directory.resolve("data")));
        run(server, "create tablespace small location '" + rows + "'");
        run(server, "create database shop tablespace small");
        return server.withDatabase("shop");
    }

    /** Takes all of the small disk but a little. */
    private Path fill() throws IOException {
        final Path filler = small.path().resolve("filler");
        Files.write(filler, new byte[(int) (small.path().toFile().getUsableSpace() - FREE_BYTES)]);
        return filler;
    }

    private int pay(final EngineNode node, final int from) throws Exception {
        Future<NodeDriver.Answer> last = null;
        for (int i = 0; i < BURST; i++) {
            last = driver.pay(node.gate(), from + i);
        }
        assertEquals(AnswerType.OUTCOME, last.get().type());
        return from + BURST;
    }

    private static boolean isFull(final EngineNode node) {
        final Throwable error = node.status().projectionError();
        return error != null && error.toString().contains("No space left on device");
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
