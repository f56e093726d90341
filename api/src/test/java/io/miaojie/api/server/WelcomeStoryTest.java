package io.miaojie.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.support.Caller;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** New members are welcomed, and who brought them is rewarded once they pay: as a merchant sees it, over HTTP. */
class WelcomeStoryTest extends SandboxStory {
    private static final String OPENID = "{'type':'wechat_openid','app_id':'wx1','value':'oNew'}";
    private static final String PHONE = "{'type':'phone','value':'+8613800000000'}";

    @Test
    void aWelcomeIsSpentOrRunsOutAndTheInviterEarnsOnTheFirstPayment() {
        final Caller shop = merchant("welcome");
        campaign(shop, "'kind':'welcome','terms':{'amount':1000,'valid_days':7,'inviter_amount':500}");
        post(shop, "/v1/members", "{'id':'inviter'}");
        final JsonObject registered = post(
                shop, "/v1/members", "{'id':'u1','referrer_id':'inviter','identities':[" + OPENID + "," + PHONE + "]}");
        assertEquals("inviter", registered.getJsonObject("member").getString("referrer_id"));
        final JsonObject grant = registered.getJsonArray("grants").getJsonObject(0);
        assertEquals(1_000, grant.getInteger("amount"), registered.encode());
        assertPool(0, 1_000, 0, 0, 0, read(shop, "u1"));
        assertPool(0, 1_000, 0, 0, 0, read(shop, "inviter"));
        refused(
                409,
                "POOL_SHORT",
                shop.post(
                        "/v1/withdrawals",
                        "{'id':'w1','member_id':'u1','amount':1,'currency':'CNY','method':'wechat'}"));

        post(
                shop,
                "/v1/orders",
                """
                {'id':'o1','member_id':'u1','currency':'CNY','pool_spend':300,
                 'lines':[{'line_id':'1','sku':'A','quantity':1,'amount':5000}]}""");
        final JsonObject paid = post(shop, "/v1/payments", payment("p1", "o1", "", 4_700));
        final JsonObject reward = paid.getJsonArray("grants").getJsonObject(0);
        assertEquals("inviter", reward.getString("member_id"), paid.encode());
        assertEquals(500, reward.getInteger("amount"));
        assertPool(0, 700, 0, 0, 0, read(shop, "u1"));
        assertPool(0, 1_500, 0, 0, 0, read(shop, "inviter"));
        final JsonObject second = post(shop, "/v1/payments", payment("p2", "o2", "'member_id':'u1',", 9_000));
        assertTrue(second.getJsonArray("grants").isEmpty(), second.encode());
        assertPool(0, 1_500, 0, 0, 0, read(shop, "inviter"));

        final JsonObject early = post(shop, "/v1/sandbox/clock", "{'id':'c1','advance':'P6D'}");
        assertNull(early.getJsonObject("fired").getInteger("grant_expiry"), early.encode());
        assertPool(0, 700, 0, 0, 0, read(shop, "u1"));
        final JsonObject over = post(shop, "/v1/sandbox/clock", "{'id':'c2','advance':'P2D'}");
        assertEquals(2, over.getJsonObject("fired").getInteger("grant_expiry"), over.encode());
        assertPool(0, 0, 0, 0, 0, read(shop, "u1"));
        assertPool(0, 500, 0, 0, 0, read(shop, "inviter"));
        assertSumIsZero(shop, 500);
    }

    @Test
    void aWelcomeForGoodIsNeverWithdrawable() {
        final Caller shop = merchant("never");
        refused(
                422,
                "TERMS_CONTRADICT",
                shop.post(
                        "/v1/campaigns",
                        """
                        {'id':'w','kind':'welcome','currency':'CNY','terms':{'amount':800},
                         'hold':{'policy':'DAYS_AFTER_PAY','days':1}}"""));
        campaign(shop, "'kind':'welcome','terms':{'amount':800}");
        post(shop, "/v1/members", "{'id':'u1'}");
        post(shop, "/v1/payments", payment("p1", "o1", "'member_id':'u1',", 2_000));
        post(shop, "/v1/deliveries", "{'id':'d1','order_id':'o1'}");
        final JsonObject moved = post(shop, "/v1/sandbox/clock", "{'id':'c1','advance':'P400D'}");
        assertNull(moved.getJsonObject("fired"), moved.encode());
        assertPool(0, 800, 0, 0, 0, read(shop, "u1"));
        refused(
                409,
                "POOL_SHORT",
                shop.post(
                        "/v1/withdrawals",
                        "{'id':'w1','member_id':'u1','amount':1,'currency':'CNY','method':'wechat'}"));
        assertSumIsZero(shop, 800);
    }

    @Test
    void nobodyIsWelcomedTwice() {
        final Caller shop = merchant("twice");
        campaign(shop, "'kind':'welcome','terms':{'amount_min':100,'amount_max':300}");
        final String body = "{'id':'u1','identities':[" + OPENID + "]}";
        final JsonObject registered = post(shop, "/v1/members", body);
        final int drawn = registered.getJsonArray("grants").getJsonObject(0).getInteger("amount");
        assertTrue(drawn >= 100 && drawn <= 300, registered.encode());
        assertEquals(registered, new JsonObject(shop.post("/v1/members", body).body()), "drawn once");

        refused(409, "IDENTITY_TAKEN", shop.post("/v1/members", "{'id':'u2','identities':[" + OPENID + "]}"));
        assertEquals(404, shop.get("/v1/members/u2").statusCode());
        assertPool(0, drawn, 0, 0, 0, read(shop, "u1"));
    }
}
