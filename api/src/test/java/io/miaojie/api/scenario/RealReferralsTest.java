package io.miaojie.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.support.Cdnow;
import io.miaojie.api.support.EventBlocks;
import io.miaojie.api.support.SandboxRun;
import io.miaojie.api.support.TrustGraph;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
 * A real network of 5,881 people as invitations and touches, with a real purchase at each of its 35,592 edges, through
 * HTTP: commissions of two levels against an independent calculation, and no circle is bound. Once undisturbed, once
 * with the server killed at ten random moments.
 */
@Tag("data")
@Tag("postgres")
@Tag("slow")
@EnabledIfEnvironmentVariable(named = Cdnow.DATA_VARIABLE, matches = ".+")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class RealReferralsTest {
    private static final int KILLS = 10;

    @TempDir
    private Path dataDir;

    private TrustGraph graph;
    private SandboxRun run;
    private List<String> events;

    @BeforeEach
    void registerEverybodyAndOpenCommissions() {
        graph = TrustGraph.with(Cdnow.master());
        run = new SandboxRun(dataDir, "market", "USD");
        run.client()
                .post(
                        "/v1/campaigns",
                        new JsonObject()
                                .put("id", "share")
                                .put("kind", "share-commission")
                                .put("currency", "USD")
                                .put(
                                        "terms",
                                        new JsonObject()
                                                .put("level1_rate_ppm", 50_000)
                                                .put("level2_rate_ppm", 20_000)))
                .expectOk();
        run.send(EventBlocks.of(graph.registrations(), 2_000), answer -> {});
        run.client()
                .post("/v1/link-targets", new JsonObject().put("id", "home").put("url", "https://shop.example/home"))
                .expectOk();
        events = graph.events(tokens());
    }

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void commissionsOfBothLevelsAgreeAndNoCircleBinds() throws Exception {
        assertEquals(5_881, graph.users().size());
        assertEquals(5_190, graph.invitedCount());
        final Map<String, Long> expected = graph.commissionsCents("5", "2");
        assertTrue(graph.circleCount() > 0 && graph.touchedCount() > 0, "the graph tries both");

        final List<String> circles = new ArrayList<>();
        run.send(EventBlocks.of(events, 5_000), answer -> {
            if (answer.getJsonObject("body").getJsonArray("codes").contains("REFERRAL_CYCLE")) {
                circles.add(answer.getString("id"));
            }
        });
        assertEquals(graph.circleCount(), circles.size());
        assertEquals(expected, pools());
        run.sendAgain(EventBlocks.of(events, 5_000));
        assertEquals(expected, pools());
        run.stopAndVerify();
    }

    @Test
    void endsTheSameWhenKilledTenTimes() throws Exception {
        final long seed = System.nanoTime();
        run.sendKilled(EventBlocks.of(events, 1_000), KILLS, seed);
        assertEquals(graph.commissionsCents("5", "2"), pools(), "seed=" + seed);
        run.stopAndVerify();
    }

    private Map<String, Long> pools() {
        return run.pools(graph.users(), pool -> pool.getLong("available"));
    }

    /** Makes a share link of everybody who shares and returns its token by owner. */
    private Map<String, String> tokens() {
        final Map<String, String> tokens = new LinkedHashMap<>();
        run.each(
                graph.sharers(),
                owner -> run.client()
                        .send(
                                HttpMethod.POST,
                                "/v1/share-links",
                                new JsonObject()
                                        .put("id", "link-" + owner)
                                        .put("owner_id", owner)
                                        .put("target", "home")
                                        .toBuffer()),
                body -> tokens.put(
                        body.getString("id").substring("link-".length()),
                        body.getJsonObject("link").getString("token")));
        return tokens;
    }
}
