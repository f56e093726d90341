package io.miaojie.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.client.ApiClient;
import io.miaojie.api.support.ServerProcess;
import io.miaojie.projection.EmbeddedPostgres;
import io.miaojie.projection.PostgresAddress;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} holds of a sound directory, and names what was tampered with in another. */
@Tag("postgres")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class VerifyCommandTest {
    private static final int PAYMENTS = 50;

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    private Path dataDir;

    @BeforeEach
    void settleSomePayments() {
        try (ServerProcess server = ServerProcess.serve(dataDir, ServerProcess.freePort())) {
            final ApiClient admin = new ApiClient(vertx, server.uri(), ServerProcess.ADMIN_KEY, 1);
            admin.post("/v1/merchants", new JsonObject().put("id", "shop").put("name", "Shop"))
                    .expectOk();
            final ApiClient shop = admin.withKey(admin.post(
                            "/v1/keys",
                            new JsonObject()
                                    .put("id", "k1")
                                    .put("merchant_id", "shop")
                                    .put("role", "operate"))
                    .expectOk()
                    .getString("secret"));
            shop.post(
                            "/v1/campaigns",
                            new JsonObject(
                                    """
                            {"id":"c1","kind":"purchase-rebate","currency":"CNY","terms":{"rate_ppm":10000}}"""))
                    .expectOk();
            for (int i = 0; i < PAYMENTS; i++) {
                shop.post("/v1/payments", payment(i)).expectOk();
            }
            final Result whileServing = verify();
            assertEquals(1, whileServing.exitCode(), whileServing.output());
            assertTrue(whileServing.output().contains("in use by another process"), whileServing.output());
            assertEquals(0, server.stop(), server::output);
        }
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void holdsOfWhatTheServerLeft() throws Exception {
        final Result sound = verify();
        assertEquals(0, sound.exitCode(), sound.output());
        assertTrue(sound.output().contains("every check holds"), sound.output());
    }

    @Test
    void namesThePoolThatWasChangedInPostgres() throws Exception {
        update("update miaojie.pool set spendable_minor = spendable_minor + 1 where member_index = 3");
        final Result tampered = verify();
        assertEquals(1, tampered.exitCode(), tampered.output());
        assertTrue(tampered.output().contains("pool of member 3 in CNY"), tampered.output());
    }

    @Test
    void namesTheRowThatIsGone() throws Exception {
        update("delete from miaojie.grant_entry where order_index = 7");
        final Result tampered = verify();
        assertEquals(1, tampered.exitCode(), tampered.output());
        assertTrue(tampered.output().contains("rows of grants"), tampered.output());
    }

    @Test
    void namesTheDamagedJournalFile() throws Exception {
        final Path file = firstCycle();
        try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "rw")) {
            final byte[] bytes = new byte[(int) Math.min(journal.length(), 1 << 20)];
            journal.readFully(bytes);
            final int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("verify-order-25");
            journal.seek(at);
            journal.write('X');
        }
        final Result damaged = verify();
        assertEquals(1, damaged.exitCode(), damaged.output());
        assertTrue(damaged.output().contains(file.getFileName().toString()), damaged.output());
    }

    private Path firstCycle() throws IOException {
        try (Stream<Path> files = Files.walk(dataDir.resolve("shard-0/journal"))) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void update(final String sql) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir.resolve("postgres"));
                Connection connection = connect(postgres.address());
                Statement statement = connection.createStatement()) {
            assertTrue(statement.executeUpdate(sql) > 0);
        }
    }

    private static Connection connect(final PostgresAddress at) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + at.host() + ":" + at.port() + "/" + at.database(), at.user(), at.password());
    }

    /** How a run of the command ended. */
    private record Result(int exitCode, String output) {}

    private Result verify() {
        try {
            final Process process = ServerProcess.start(List.of(), "verify", "--data-dir", dataDir.toString());
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject payment(final int index) {
        return new JsonObject()
                .put("id", "verify-" + index)
                .put("order_id", "verify-order-" + index)
                .put("member_id", "member-" + index % 10)
                .put("amount", 10_000)
                .put("currency", "CNY")
                .put("paid_at", Instant.now().toString());
    }
}
