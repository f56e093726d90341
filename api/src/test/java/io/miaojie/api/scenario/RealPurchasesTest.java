package io.miaojie.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.client.ApiClient;
import io.miaojie.api.client.BulkSender;
import io.miaojie.api.support.Cdnow;
import io.miaojie.api.support.ServerProcess;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * 69,659 real purchases through HTTP into a sandbox whose clock follows them, against an independent calculation: once
 * undisturbed, once with the server killed at ten random moments.
 */
@Tag("data")
@Tag("postgres")
@Tag("slow")
@EnabledIfEnvironmentVariable(named = Cdnow.DATA_VARIABLE, matches = ".+")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class RealPurchasesTest {
    private static final int BLOCK_LINES = 5_000;
    private static final int KILLS = 10;
    private static final int READS_AT_ONCE = 64;

    private final Vertx vertx = Vertx.vertx();
    private final int port = ServerProcess.freePort();

    @TempDir
    private Path dataDir;

    private Cdnow purchases;
    private ServerProcess server;

    @BeforeEach
    void readPurchasesAndStart() {
        purchases = Cdnow.master();
        server = start();
    }

    @AfterEach
    void stop() {
        server.close();
        vertx.close().await();
    }

    @Test
    void creditsEveryPurchaseOnceAndPostgresAgrees() throws Exception {
        assertEquals(69_659, purchases.rows().size());
        assertEquals(new BigDecimal("2500315.63"), purchases.totalDollars());
        final Map<String, Long> expected = purchases.rebateCents("1");
        assertEquals(23_570, expected.size());

        final ApiClient client = openRebate();
        final AtomicInteger credited = new AtomicInteger();
        final AtomicInteger empty = new AtomicInteger();
        for (final Buffer block : purchases.blocks(BLOCK_LINES)) {
            sender(client, BulkSender.Answers.FULL).send(block, answer -> {
                assertEquals(200, answer.getInteger("status"), answer::encode);
                final boolean paid =
                        !answer.getJsonObject("body").getJsonArray("grants").isEmpty();
                (paid ? credited : empty).incrementAndGet();
            });
        }
        final long earning = purchases.rows().stream()
                .filter(row -> row.dollars().compareTo(BigDecimal.ONE) >= 0)
                .count();
        assertEquals(earning, credited.get());
        assertEquals(purchases.rows().size() - earning, empty.get());
        assertEquals(expected, pools(client));

        for (final Buffer block : purchases.blocks(BLOCK_LINES)) {
            final JsonObject summary =
                    sender(client, BulkSender.Answers.SUMMARY).send(block, RealPurchasesTest::refuse);
            assertEquals(summary.getInteger("lines"), summary.getInteger("repeated"), summary::encode);
        }
        assertEquals(expected, pools(client));
        assertEquals(0, server.stop(), server::output);
        verifyHolds();
    }

    @Test
    void endsTheSameWhenKilledTenTimes() throws Exception {
        final ApiClient client = openRebate();
        final List<Buffer> blocks = purchases.blocks(1_000);
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final List<Integer> killBlocks = random.ints(0, blocks.size())
                .distinct()
                .limit(KILLS)
                .sorted()
                .boxed()
                .toList();
        for (int i = 0; i < blocks.size(); i++) {
            final Thread killer = killBlocks.contains(i) ? killAfter(random.nextInt(40)) : null;
            final JsonObject summary =
                    sender(client, BulkSender.Answers.REFUSED).send(blocks.get(i), RealPurchasesTest::refuse);
            assertEquals(0, summary.getInteger("refused"), () -> "seed=" + seed + " " + summary.encode());
            if (killer != null) {
                killer.join();
            }
        }
        assertEquals(purchases.rebateCents("1"), pools(client), "seed=" + seed);
        assertEquals(0, server.stop(), server::output);
        verifyHolds();
    }

    private ServerProcess start() {
        return ServerProcess.serve(dataDir, port, "--sandbox", "--clock", "events");
    }

    private Thread killAfter(final int delayMs) {
        final Thread killer = new Thread(() -> {
            java.util.concurrent.locks.LockSupport.parkNanos(delayMs * 1_000_000L);
            server.kill();
            server = start();
        });
        killer.start();
        return killer;
    }

    private ApiClient openRebate() {
        final ApiClient admin = new ApiClient(vertx, server.uri(), ServerProcess.ADMIN_KEY, READS_AT_ONCE);
        admin.post(
                        "/v1/merchants",
                        new JsonObject().put("id", "cdnow").put("name", "CDNOW").put("currency", "USD"))
                .expectOk();
        final String key = admin.post(
                        "/v1/keys",
                        new JsonObject()
                                .put("id", "k1")
                                .put("merchant_id", "cdnow")
                                .put("role", "operate"))
                .expectOk()
                .getString("secret");
        final ApiClient client = admin.withKey(key);
        client.post(
                        "/v1/campaigns",
                        new JsonObject()
                                .put("id", "rebate")
                                .put("kind", "purchase-rebate")
                                .put("currency", "USD")
                                .put("terms", new JsonObject().put("rate_ppm", 10_000)))
                .expectOk();
        return client;
    }

    private static BulkSender sender(final ApiClient client, final BulkSender.Answers answers) {
        return new BulkSender(client, answers, Duration.ofMinutes(2));
    }

    private static void refuse(final JsonObject answer) {
        throw new AssertionError("unexpected answer line: " + answer.encode());
    }

    private Map<String, Long> pools(final ApiClient client) {
        final Map<String, Long> pools = new TreeMap<>();
        final List<String> customers =
                purchases.rows().stream().map(Cdnow.Row::customer).distinct().toList();
        for (int start = 0; start < customers.size(); start += READS_AT_ONCE) {
            final List<Future<ApiClient.Answer>> answers = new ArrayList<>();
            customers
                    .subList(start, Math.min(customers.size(), start + READS_AT_ONCE))
                    .forEach(customer -> answers.add(client.send(HttpMethod.GET, "/v1/pools/" + customer, null)));
            for (final Future<ApiClient.Answer> future : answers) {
                final JsonObject body = future.await().expectOk();
                final var rows = body.getJsonArray("pools");
                final long spendable =
                        rows.isEmpty() ? 0 : rows.getJsonObject(0).getLong("spendable");
                pools.put(body.getString("member_id"), spendable);
            }
        }
        return pools;
    }

    private void verifyHolds() throws Exception {
        final Process verify = ServerProcess.start(List.of(), "verify", "--data-dir", dataDir.toString());
        final String output = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, verify.waitFor(), output);
        assertTrue(output.contains("69,659"), output);
    }
}
