package io.miaojie.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miaojie.api.support.Cdnow;
import io.miaojie.api.support.EventBlocks;
import io.miaojie.api.support.Retail;
import io.miaojie.api.support.SandboxRun;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * A month of real payments and refunds, line by line, through HTTP, against an independent calculation: pools, what was
 * clawed back, what stays parked. Once undisturbed, once with the server killed at ten random moments.
 */
@Tag("data")
@Tag("postgres")
@Tag("slow")
@EnabledIfEnvironmentVariable(named = Cdnow.DATA_VARIABLE, matches = ".+")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class RealRefundsTest {
    private static final int KILLS = 10;

    /** What the answers said, summed up. */
    private static final class Answers {
        private long creditedPence;
        private long clawedPence;
        private long parked;
        private long settledRefunds;

        void add(final JsonObject answer) {
            final JsonObject body = answer.getJsonObject("body");
            final String status = body.getString("status");
            parked += "PARKED".equals(status) ? 1 : 0;
            settledRefunds += "SETTLED".equals(status) ? 1 : 0;
            final JsonArray grants = body.getJsonArray("grants", new JsonArray());
            for (int i = 0; i < grants.size(); i++) {
                final JsonObject grant = grants.getJsonObject(i);
                creditedPence += "CAPTURED".equals(status) ? grant.getLong("amount") : 0;
                clawedPence += grant.getLong("clawed_amount", 0L);
            }
        }
    }

    @TempDir
    private Path dataDir;

    private Retail month;
    private SandboxRun run;

    @BeforeEach
    void readTheMonthAndOpenRebate() {
        month = Retail.month();
        run = new SandboxRun(dataDir, "gifts", "GBP");
        run.client()
                .post(
                        "/v1/campaigns",
                        new JsonObject()
                                .put("id", "rebate")
                                .put("kind", "purchase-rebate")
                                .put("currency", "GBP")
                                .put("terms", new JsonObject().put("rate_ppm", 10_000)))
                .expectOk();
    }

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void everyPoolClawbackAndParkedRefundAgrees() throws Exception {
        assertEquals(1_559, month.payments());
        assertEquals(new BigDecimal("823746.14"), month.grossPounds());
        assertEquals(new BigDecimal("74789.12"), month.refundedPounds());

        final Answers answers = new Answers();
        run.send(EventBlocks.of(month.events(), 500), answers::add);
        final Map<String, Long> pools = month.poolsPence();
        final long creditedPence = sum(month.creditedPence());
        assertEquals(885, pools.size());
        assertEquals(creditedPence, answers.creditedPence);
        assertEquals(creditedPence - sum(pools), answers.clawedPence);
        assertEquals(month.parkedCount(), answers.parked);
        assertEquals(month.coveredCount(), answers.settledRefunds);
        assertEquals(pools, pools());
        assertEquals(-sum(pools), platformPence());

        run.sendAgain(EventBlocks.of(month.events(), 500));
        assertEquals(pools, pools());
        assertEquals(-sum(pools), platformPence());
        run.stopAndVerify();
    }

    @Test
    void endsTheSameWhenKilledTenTimes() throws Exception {
        final long seed = System.nanoTime();
        run.sendKilled(EventBlocks.of(month.events(), 50), KILLS, seed);
        assertEquals(month.poolsPence(), pools(), "seed=" + seed);
        assertEquals(-sum(month.poolsPence()), platformPence(), "seed=" + seed);
        run.stopAndVerify();
    }

    private Map<String, Long> pools() {
        return run.pools(month.poolsPence().keySet(), pool -> pool.getLong("spendable") - pool.getLong("debt"));
    }

    /** Returns the balance of the account that pays the rewards: minus what it owes. */
    private long platformPence() {
        final JsonArray accounts = run.client().get("/v1/accounts").expectOk().getJsonArray("accounts");
        for (int i = 0; i < accounts.size(); i++) {
            if ("platform".equals(accounts.getJsonObject(i).getString("account"))) {
                return accounts.getJsonObject(i).getLong("balance");
            }
        }
        throw new AssertionError("no account of the platform: " + accounts);
    }

    private static long sum(final Map<String, Long> amounts) {
        return amounts.values().stream().mapToLong(Long::longValue).sum();
    }
}
