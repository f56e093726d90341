package io.miaojie.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.edge.EdgeLimits;
import io.miaojie.api.support.Caller;
import io.miaojie.api.support.TestServer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Health, figures, contract, lists, and more than one event loop. */
@Timeout(60)
class NodeTest {
    @Test
    void aHaltedEngineIsNotReadyButLives() {
        try (TestServer server = TestServer.start()) {
            server.halt("disk full");
            final HttpResponse<String> ready = server.node().get("/health/ready");
            assertEquals(503, ready.statusCode());
            assertEquals("disk full", new JsonObject(ready.body()).getString("detail"));
            assertEquals(200, server.node().get("/health/live").statusCode());
        }
    }

    @Test
    void figuresAreToldAsPrometheusText() {
        try (TestServer server = TestServer.start()) {
            server.merchant("m1");
            server.node().get("/v1/nothing");
            final HttpResponse<String> metrics = server.node().get("/metrics");
            assertTrue(
                    metrics.headers().firstValue("Content-Type").orElseThrow().startsWith("text/plain"));
            for (final String line : new String[] {
                "miaojie_durable_sequence 2.0",
                "miaojie_projection_lag_records 1.0",
                "miaojie_ring_room_slots 1024.0",
                "miaojie_table_rows{table=\"orders\"} 3.0",
                "miaojie_table_rows_max{table=\"orders\"} 4.0",
                "miaojie_answers_total{code=\"OK\"} 1.0",
                "miaojie_http_responses_total{status=\"404\"} 1.0",
                "miaojie_waiting_callers{loop=\"0\"} 0.0"
            }) {
                assertTrue(metrics.body().contains(line), line + " in " + metrics.body());
            }
        }
    }

    @Test
    void theContractIsHandedOut() {
        try (TestServer server = TestServer.start()) {
            assertTrue(server.node().get("/openapi.yaml").body().startsWith("openapi: 3.1.0"));
        }
    }

    @Test
    void campaignsAreListedPageByPageAndFollowTicks() {
        try (TestServer server = TestServer.start()) {
            server.merchant("m1");
            final Caller admin = server.key("m1", "k1", "admin");
            for (int i = 0; i < 5; i++) {
                TestServer.expect(
                        200,
                        admin.post(
                                "/v1/campaigns",
                                "{'id':'c" + i
                                        + "','kind':'purchase-rebate','currency':'CNY','terms':{'rate_ppm':1}}"));
            }
            final JsonObject first =
                    new JsonObject(admin.get("/v1/campaigns?limit=3").body());
            assertEquals(3, first.getJsonArray("campaigns").size());
            final JsonObject second =
                    new JsonObject(admin.get("/v1/campaigns?limit=3&cursor=" + first.getString("next_cursor"))
                            .body());
            assertEquals("c3", second.getJsonArray("campaigns").getJsonObject(0).getString("id"));
            assertEquals(2, second.getJsonArray("campaigns").size());
            assertEquals(null, second.getString("next_cursor"));
            server.gate().closeByTick(4);
            final JsonObject last = new JsonObject(admin.get("/v1/campaigns").body());
            assertEquals(
                    "CLOSED", last.getJsonArray("campaigns").getJsonObject(4).getString("state"));
            assertEquals(
                    "ACTIVE", last.getJsonArray("campaigns").getJsonObject(3).getString("state"));
        }
    }

    @Test
    void everyEventLoopKnowsWhatOneHasLearned() {
        try (TestServer server = TestServer.start(4, EdgeLimits.defaults())) {
            server.merchant("m1");
            final String secret = server.key("m1", "k1", "admin").secret();
            for (int i = 0; i < 16; i++) {
                // A client of its own for each request: each connection lands on the next loop.
                assertEquals(
                        200,
                        new Caller(server.port(), secret).get("/v1/campaigns").statusCode());
            }
            TestServer.expect(200, server.node().delete("/v1/keys/k1?merchant_id=m1"));
            for (int i = 0; i < 16; i++) {
                assertEquals(
                        401,
                        new Caller(server.port(), secret).get("/v1/campaigns").statusCode());
            }
        }
    }
}
