package io.miaojie.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.client.ApiClient;
import io.miaojie.api.support.ServerProcess;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand connections on which nothing comes: the server keeps its memory and serves everybody else. */
@Tag("postgres")
@Tag("slow")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class IdleConnectionsTest {
    private static final int CONNECTIONS = 10_000;
    private static final long BYTES_EACH_MAX = 32 * 1024;

    private final Vertx vertx = Vertx.vertx();
    private final List<SocketChannel> idle = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void close() throws IOException {
        for (final SocketChannel channel : idle) {
            channel.close();
        }
        vertx.close().await();
    }

    @Test
    void idleConnectionsCostLittleAndHarmNobody() throws Exception {
        try (ServerProcess server = ServerProcess.serve(directory.resolve("data"), ServerProcess.freePort())) {
            final ApiClient client = open(server);
            final double usedBefore = used(server);
            for (int i = 0; i < CONNECTIONS; i++) {
                idle.add(SocketChannel.open(
                        new InetSocketAddress("127.0.0.1", server.uri().getPort())));
            }
            for (int i = 0; i < 200; i++) {
                client.post("/v1/payments", payment(i)).expectOk();
            }
            assertTrue(metric(server, "miaojie_connections{loop=\"0\"}") >= CONNECTIONS);
            final double each = (used(server) - usedBefore) / CONNECTIONS;
            assertTrue(each < BYTES_EACH_MAX, "bytes for each connection: " + each);
            assertEquals(
                    0,
                    server.output()
                            .lines()
                            .filter(line -> line.contains("ERROR"))
                            .count());
        }
    }

    /** Asks until the collector has left its low mark: memory that is only garbage is not counted. */
    private static double used(final ServerProcess server) throws Exception {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < 50; i++) {
            least = Math.min(least, metric(server, "jvm_memory_used_bytes{area=\"heap\""));
        }
        return least;
    }

    private static double metric(final ServerProcess server, final String prefix) throws Exception {
        final String text = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.uri() + "/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return text.lines()
                .filter(line -> line.startsWith(prefix))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private ApiClient open(final ServerProcess server) {
        final ApiClient admin = new ApiClient(vertx, server.uri(), ServerProcess.ADMIN_KEY, 1);
        admin.post("/v1/merchants", new JsonObject().put("id", "shop").put("name", "Shop"))
                .expectOk();
        return admin.withKey(admin.post(
                        "/v1/keys",
                        new JsonObject()
                                .put("id", "k1")
                                .put("merchant_id", "shop")
                                .put("role", "operate"))
                .expectOk()
                .getString("secret"));
    }

    private static JsonObject payment(final int index) {
        return new JsonObject()
                .put("id", "p" + index)
                .put("order_id", "o" + index)
                .put("member_id", "member")
                .put("amount", 100)
                .put("currency", "CNY")
                .put("paid_at", Instant.now().toString());
    }
}
