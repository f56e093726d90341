package io.miaojie.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.support.Caller;
import io.miaojie.api.support.TestServer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a newcomer does with curl: merchant, key, campaign, payment, and the reward is spendable in the answer. */
@Timeout(60)
class NewcomerTest {
    @Test
    void seesTheRewardSpendableInTheAnswer() {
        try (TestServer server = TestServer.start()) {
            server.merchant("m1");
            final Caller admin = server.key("m1", "k1", "admin");
            TestServer.expect(
                    200,
                    admin.post(
                            "/v1/campaigns",
                            """
                    {'id':'c1','kind':'purchase-rebate','currency':'CNY','terms':{'rate_ppm':10000}}"""));
            final HttpResponse<String> paid = admin.post(
                    "/v1/payments",
                    """
                    {'id':'p1','order_id':'o1','member_id':'u1','amount':100,'currency':'CNY',
                     'paid_at':'2026-01-01T00:00:00+08:00'}""");
            TestServer.expect(200, paid);
            final JsonObject body = new JsonObject(paid.body());
            assertEquals("CAPTURED", body.getString("status"));
            assertEquals("c1", body.getJsonArray("grants").getJsonObject(0).getString("campaign_id"));
            assertEquals(1, body.getJsonArray("pools").getJsonObject(0).getLong("spendable"));
            assertTrue(paid.headers().firstValue("Miaojie-Sequence").isPresent());
            assertEquals(
                    1,
                    new JsonObject(admin.get("/v1/pools/u1").body())
                            .getJsonArray("pools")
                            .getJsonObject(0)
                            .getLong("available"));
        }
    }
}
