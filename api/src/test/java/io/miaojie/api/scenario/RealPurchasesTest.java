package io.miaojie.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.support.Cdnow;
import io.miaojie.api.support.SandboxRun;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    private static final int KILLS = 10;

    @TempDir
    private Path dataDir;

    private Cdnow purchases;
    private SandboxRun run;

    @BeforeEach
    void readPurchasesAndOpenRebate() {
        purchases = Cdnow.master();
        run = new SandboxRun(dataDir, "cdnow", "USD");
        run.client()
                .post(
                        "/v1/campaigns",
                        new JsonObject()
                                .put("id", "rebate")
                                .put("kind", "purchase-rebate")
                                .put("currency", "USD")
                                .put("terms", new JsonObject().put("rate_ppm", 10_000)))
                .expectOk();
    }

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void creditsEveryPurchaseOnceAndPostgresAgrees() throws Exception {
        assertEquals(69_659, purchases.rows().size());
        assertEquals(new BigDecimal("2500315.63"), purchases.totalDollars());
        final Map<String, Long> expected = purchases.rebateCents("1");
        assertEquals(23_570, expected.size());

        final AtomicInteger credited = new AtomicInteger();
        run.send(purchases.blocks(5_000), answer -> {
            if (!answer.getJsonObject("body").getJsonArray("grants").isEmpty()) {
                credited.incrementAndGet();
            }
        });
        final long earning = purchases.rows().stream()
                .filter(row -> row.dollars().compareTo(BigDecimal.ONE) >= 0)
                .count();
        assertEquals(earning, credited.get());
        assertEquals(expected, pools());

        run.sendAgain(purchases.blocks(5_000));
        assertEquals(expected, pools());
        holds();
    }

    @Test
    void endsTheSameWhenKilledTenTimes() throws Exception {
        final long seed = System.nanoTime();
        run.sendKilled(purchases.blocks(1_000), KILLS, seed);
        assertEquals(purchases.rebateCents("1"), pools(), "seed=" + seed);
        holds();
    }

    private Map<String, Long> pools() {
        final List<String> customers =
                purchases.rows().stream().map(Cdnow.Row::customer).distinct().toList();
        return run.pools(customers, pool -> pool.getLong("spendable"));
    }

    private void holds() throws Exception {
        final String output = run.stopAndVerify();
        assertTrue(output.contains("69,659"), output);
    }
}
