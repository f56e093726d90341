package io.miaojie.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.support.Caller;
import io.miaojie.api.support.Contract;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Money in all its moves as a merchant sees it: over HTTP, over the real engine, in a sandbox whose clock is moved. */
class MoneyStoryTest extends SandboxStory {
    @Test
    void aRewardIsSpentEarnedDeliveredReleasedAndPaidOut() {
        final Caller shop = merchant("release");
        campaign(shop, "'kind':'purchase-rebate','terms':{'rate_ppm':100000}");
        post(shop, "/v1/members", "{'id':'u1'}");
        final JsonObject first = post(shop, "/v1/payments", payment("p1", "o1", "'member_id':'u1',", 10_000));
        assertPool(0, 1_000, 0, 0, 0, pool(first));

        final JsonObject placed = post(
                shop,
                "/v1/orders",
                """
                {'id':'o2','member_id':'u1','currency':'CNY','pool_spend':400,
                 'lines':[{'line_id':'1','sku':'A','quantity':2,'unit_price':5000}]}""");
        assertEquals("AWAITING", placed.getString("status"));
        assertEquals(9_600, placed.getJsonObject("order").getInteger("payable"), placed.encode());
        assertPool(0, 600, 0, 400, 0, pool(placed));
        final JsonObject paid = post(shop, "/v1/payments", payment("p2", "o2", "", 9_600));
        assertEquals("CAPTURED", paid.getString("status"));
        assertEquals(960, paid.getJsonArray("grants").getJsonObject(0).getInteger("amount"), paid.encode());
        assertPool(0, 1_560, 0, 0, 0, read(shop, "u1"));

        post(shop, "/v1/deliveries", "{'id':'d1','order_id':'o1'}");
        post(shop, "/v1/deliveries", "{'id':'d2','order_id':'o2'}");
        assertPool(0, 1_560, 0, 0, 0, read(shop, "u1"));
        final JsonObject moved = post(shop, "/v1/sandbox/clock", "{'id':'c1','advance':'P8D'}");
        assertTrue(moved.getJsonObject("fired").getInteger("release") >= 1, moved.encode());
        assertPool(0, 0, 1_560, 0, 0, read(shop, "u1"));

        final JsonObject asked = post(
                shop,
                "/v1/withdrawals",
                "{'id':'w1','member_id':'u1','amount':1500,'currency':'CNY','method':'wechat','payee':'a1'}");
        assertEquals("REQUESTED", asked.getString("status"));
        final String billNo = asked.getJsonObject("withdrawal").getString("out_bill_no");
        assertTrue(billNo.matches("[0-9A-Za-z]{1,32}"), billNo);
        assertPool(0, 0, 60, 1_500, 0, pool(asked));
        post(shop, "/v1/withdrawals/w1/decision", "{'id':'x1','decision':'approve','actor':'anna'}");
        post(shop, "/v1/withdrawals/w1/submit", "{'id':'x2'}");
        final JsonObject ended = post(
                shop,
                "/v1/withdrawals/w1/channel-result",
                "{'id':'x3','channel_state':'SUCCESS','transfer_bill_no':'1330'}");
        assertEquals("SUCCEEDED", ended.getString("status"), ended.encode());
        assertPool(0, 0, 60, 0, 0, read(shop, "u1"));
        final JsonObject told = get(shop, "/v1/withdrawals/w1").getJsonObject("withdrawal");
        assertEquals(billNo, told.getString("out_bill_no"));

        final JsonObject listed = get(shop, "/v1/withdrawals?state=SUCCEEDED&min_sequence=" + lastSequence);
        assertEquals(
                billNo, listed.getJsonArray("withdrawals").getJsonObject(0).getString("out_bill_no"), listed.encode());
        assertEquals(
                60,
                get(shop, "/v1/pools/u1/entries?currency=CNY&min_sequence=" + lastSequence)
                        .getJsonArray("entries")
                        .getJsonObject(0)
                        .getJsonObject("after")
                        .getInteger("withdrawable"));
        assertTrue(get(shop, "/v1/orders/o2/timeline?order=oldest&min_sequence=" + lastSequence)
                        .getJsonArray("events")
                        .size()
                >= 4);
        assertSumIsZero(shop, 60);
        assertAudited("withdrawal.approve", "w1");
    }

    @Test
    void aSandboxWhoseClockIsAheadStartsAgainAndKnowsLinksStill() throws TimeoutException {
        final Caller before = merchant("again");
        post(before, "/v1/members", "{'id':'u1'}");
        post(before, "/v1/link-targets", "{'id':'t1','url':'pages/tea?sku=A'}");
        final String url = post(before, "/v1/share-links", "{'id':'l1','owner_id':'u1','target':'t1'}")
                .getJsonObject("link")
                .getString("url");
        post(before, "/v1/sandbox/clock", "{'id':'c1','advance':'P30D'}");
        stop();
        open();
        final Caller after = new Caller(server.port(), before.secret());
        final JsonObject page = get(after.with(null), url);
        assertEquals("pages/tea?sku=A", page.getString("mini_program_path"));
        assertEquals(200, after.get("/v1/members/u1").statusCode());
        refused(409, "CLOCK_BACKWARD", after.post("/v1/sandbox/clock", "{'id':'c2','to':'2026-01-01T00:00:00Z'}"));
    }

    @Test
    void aRefundAfterThePayoutIsADebtThatTheNextRewardPays() {
        final Caller shop = merchant("debt");
        campaign(shop, "'kind':'purchase-rebate','hold':{'policy':'NONE'},'terms':{'rate_ppm':100000}");
        final JsonObject paid = post(shop, "/v1/payments", payment("p1", "o1", "'member_id':'u1',", 10_000));
        assertPool(0, 0, 1_000, 0, 0, pool(paid));
        post(shop, "/v1/withdrawals", "{'id':'w1','member_id':'u1','amount':1000,'currency':'CNY','method':'wechat'}");
        post(shop, "/v1/withdrawals/w1/decision", "{'id':'x1','decision':'approve','actor':'anna'}");
        post(shop, "/v1/withdrawals/w1/submit", "{'id':'x2'}");
        post(shop, "/v1/withdrawals/w1/channel-result", "{'id':'x3','channel_state':'SUCCESS'}");
        final JsonObject refunded = post(
                shop, "/v1/refunds", "{'id':'r1','order_id':'o1','payment_id':'p1','amount':10000,'currency':'CNY'}");
        assertEquals("SETTLED", refunded.getString("status"));
        assertEquals(1_000, refunded.getJsonArray("grants").getJsonObject(0).getInteger("clawed_amount"));
        assertPool(0, 0, 0, 0, 1_000, pool(refunded));
        assertEquals(
                "REFUNDED", get(shop, "/v1/orders/o1").getJsonObject("order").getString("state"));
        refused(
                409,
                "DEBT_OPEN",
                shop.post(
                        "/v1/withdrawals",
                        "{'id':'w2','member_id':'u1','amount':1,'currency':'CNY','method':'wechat'}"));
        final JsonObject again = post(shop, "/v1/payments", payment("p2", "o2", "'member_id':'u1',", 15_000));
        assertPool(0, 0, 500, 0, 0, pool(again));
    }

    @Test
    void aLinkIsOpenedAVisitorRegistersAndTwoLevelsEarn() {
        final Caller shop = merchant("share");
        campaign(
                shop,
                "'kind':'share-commission','hold':{'policy':'NONE'},"
                        + "'terms':{'level1_rate_ppm':50000,'level2_rate_ppm':20000}");
        post(shop, "/v1/members", "{'id':'top'}");
        post(shop, "/v1/members", "{'id':'owner','referrer_id':'top'}");
        post(shop, "/v1/link-targets", "{'id':'tea','url':'https://shop.example/tea?x=1'}");
        final HttpResponse<String> other =
                shop.post("/v1/link-targets", "{'id':'tea','url':'https://shop.example/coffee'}");
        refused(422, "ID_REUSED", other);
        assertEquals("/url", new JsonObject(other.body()).getString("pointer"));
        final JsonObject link = post(shop, "/v1/share-links", "{'id':'l1','owner_id':'owner','target':'tea'}")
                .getJsonObject("link");
        final JsonObject same = post(shop, "/v1/share-links", "{'id':'l2','owner_id':'owner','target':'tea'}")
                .getJsonObject("link");
        assertEquals(link.getString("token"), same.getString("token"));

        final Caller nobody = shop.with(null);
        final HttpResponse<String> opened = nobody.get(link.getString("url"));
        assertEquals(307, opened.statusCode(), opened.body());
        final String location = opened.headers().firstValue("Location").orElseThrow();
        assertTrue(
                location.startsWith("https://shop.example/tea?x=1&share_token=" + link.getString("token")), location);
        final String visitor = location.substring(location.indexOf("visitor_id=") + "visitor_id=".length());
        final long before = sequenceBehind(shop);
        final HttpResponse<String> second = nobody.send(nobody.request(link.getString("url"))
                .header("Cookie", "mj_visitor=" + visitor)
                .GET());
        assertEquals(location, second.headers().firstValue("Location").orElseThrow());
        refused(404, "TOKEN_UNKNOWN", nobody.get("/s/nobodyMadeThis"));
        assertEquals(before, sequenceBehind(shop), "one touch of a visitor, link and hour");

        final JsonObject member = post(shop, "/v1/members", "{'id':'u1','visitor_id':'" + visitor + "'}")
                .getJsonObject("member");
        assertEquals("owner", member.getString("referrer_id"), member.encode());
        final JsonObject paid = post(shop, "/v1/payments", payment("p1", "o1", "'member_id':'u1',", 10_000));
        assertEquals(2, paid.getJsonArray("grants").size(), paid.encode());
        assertEquals(500, read(shop, "owner").getInteger("withdrawable"));
        assertEquals(200, read(shop, "top").getInteger("withdrawable"));
        assertEquals(
                "u1",
                get(shop, "/v1/members/owner/referrals?min_sequence=" + lastSequence)
                        .getJsonArray("referrals")
                        .getJsonObject(0)
                        .getString("member_id"));
        refused(
                404,
                "MEMBER_UNKNOWN",
                shop.put("/v1/members/none/referrer", "{'id':'b0','referrer_id':'top','actor':'anna'}"));
        final JsonObject cycle =
                new JsonObject(shop.put("/v1/members/top/referrer", "{'id':'b1','referrer_id':'u1','actor':'anna'}")
                        .body());
        assertEquals("REFERRAL_CYCLE", cycle.getJsonArray("codes").getString(0), cycle.encode());
    }

    @Test
    void aLinkExpiresWhenTheClockOfTheSandboxSaysSo() {
        final Caller shop = merchant("expiry");
        post(shop, "/v1/members", "{'id':'owner'}");
        post(shop, "/v1/link-targets", "{'id':'tea','url':'https://shop.example/tea'}");
        final String url = post(
                        shop,
                        "/v1/share-links",
                        "{'id':'l1','owner_id':'owner','target':'tea','expires_at':'"
                                + Instant.now().plus(Duration.ofDays(400)) + "'}")
                .getJsonObject("link")
                .getString("url");
        final Caller nobody = shop.with(null);
        assertEquals(307, nobody.get(url).statusCode());
        post(shop, "/v1/sandbox/clock", "{'id':'far','advance':'P401D'}");
        refused(404, "TOKEN_EXPIRED", nobody.get(url));
    }

    @Test
    void aPayerIsAMemberAndKeepsTheRewardsOnceRegistered() {
        final Caller shop = merchant("payer");
        campaign(shop, "'kind':'purchase-rebate','terms':{'rate_min_ppm':10000,'rate_max_ppm':30000}");
        final String payer = "{'type':'wechat_openid','app_id':'wx1','value':'oAbc'}";
        final JsonObject paid = post(shop, "/v1/payments", payment("p1", "o1", "'payer':" + payer + ",", 100_000));
        final String provisional = paid.getString("member_id");
        assertTrue(provisional.startsWith("mj-"), paid.encode());
        final int drawn = paid.getJsonArray("grants").getJsonObject(0).getInteger("amount");
        assertTrue(drawn >= 1_000 && drawn <= 3_000, "drawn " + drawn);
        assertEquals(
                paid.encode(),
                new JsonObject(shop.post("/v1/payments", payment("p1", "o1", "'payer':" + payer + ",", 100_000))
                                .body())
                        .encode(),
                "drawn once");
        final HttpResponse<String> other =
                shop.post("/v1/payments", payment("p1", "o1", "'payer':" + payer.replace("oAbc", "oX") + ",", 100_000));
        refused(422, "ID_REUSED", other);
        assertEquals("/payer", new JsonObject(other.body()).getString("pointer"));
        post(shop, "/v1/members", "{'id':'u1','identities':[" + payer + "]}");
        assertEquals(drawn, read(shop, "u1").getInteger("spendable"));
        refused(409, "IDENTITY_TAKEN", shop.post("/v1/members", "{'id':'u2','identities':[" + payer + "]}"));
    }

    @Test
    void aLatePaymentIsARefundOrderThatARefundEnds() {
        final Caller shop = merchant("late");
        post(shop, "/v1/members", "{'id':'u1'}");
        post(
                shop,
                "/v1/orders",
                """
                {'id':'o1','member_id':'u1','currency':'CNY','pay_within_s':60,
                 'lines':[{'line_id':'1','sku':'A','quantity':1,'amount':900}]}""");
        final JsonObject moved = post(shop, "/v1/sandbox/clock", "{'id':'c1','advance':'PT1H'}");
        assertTrue(moved.getJsonObject("fired").getInteger("order_expiry") >= 1, moved.encode());
        final JsonObject paid = post(shop, "/v1/payments", payment("p1", "o1", "", 900));
        assertEquals("LATE_REFUND_DUE", paid.getString("status"), paid.encode());
        final JsonObject due = paid.getJsonArray("refund_orders").getJsonObject(0);
        assertEquals(900, due.getInteger("amount"));
        assertEquals("LATE_PAYMENT", due.getString("reason"));
        final String id = due.getString("refund_order_id");
        assertEquals(
                id,
                get(shop, "/v1/refund-orders?state=OPEN&min_sequence=" + lastSequence)
                        .getJsonArray("refund_orders")
                        .getJsonObject(0)
                        .getString("out_refund_no"));
        post(
                shop,
                "/v1/refunds",
                "{'id':'r1','order_id':'o1','amount':900,'currency':'CNY','refund_order_id':'" + id + "'}");
        assertEquals(
                "SUCCEEDED",
                get(shop, "/v1/orders/o1")
                        .getJsonArray("refund_orders")
                        .getJsonObject(0)
                        .getString("state"));
        assertEquals(
                0,
                get(shop, "/v1/refund-orders?state=OPEN&min_sequence=" + lastSequence)
                        .getJsonArray("refund_orders")
                        .size());
    }

    @Test
    void factsInAnyOrderAndInBulkAreTakenAndWhatDoesNotFitIsListed() {
        final Caller shop = merchant("bulk");
        campaign(shop, "'kind':'purchase-rebate','hold':{'policy':'NONE'},'terms':{'rate_ppm':100000}");
        final String lines = String.join(
                "\n",
                "{'type':'refund','id':'r1','order_id':'o1','amount':4000,'currency':'CNY'}",
                "{'type':'delivery','id':'d1','order_id':'o1'}",
                payment("p1", "o1", "'type':'payment','member_id':'u1',", 10_000),
                "{'type':'member','id':'u2','referrer_id':'u1'}",
                "{'type':'adjustment','id':'a1','member_id':'u2','bucket':'spendable','amount':50,'currency':'CNY',"
                        + "'reason':'moved in','actor':'anna'}",
                "{'type':'order','id':'o2','member_id':'u2','currency':'CNY','pool_spend':50,"
                        + "'lines':[{'line_id':'1','sku':'A','quantity':1,'amount':100}]}",
                "{'type':'order_cancel','id':'c1','order_id':'o2'}",
                "{'type':'touch','id':'t1','token':'nobodyMadeThis','member_id':'u2'}",
                "{'type':'withdrawal','id':'w1','member_id':'u1','amount':600,'currency':'CNY','method':'wechat'}");
        final String[] answers = shop.events("", lines).body().split("\n");
        for (int i = 0; i < answers.length - 1; i++) {
            assertEquals(200, new JsonObject(answers[i]).getInteger("status"), answers[i]);
        }
        assertEquals("PARKED", new JsonObject(answers[0]).getJsonObject("body").getString("status"));
        assertPool(0, 0, 0, 600, 0, read(shop, "u1"));
        assertPool(0, 50, 0, 0, 0, read(shop, "u2"));
        assertEquals(
                1,
                get(
                                shop,
                                "/v1/discrepancies?code=TOKEN_UNKNOWN&min_sequence="
                                        + new JsonObject(answers[9])
                                                .getJsonObject("summary")
                                                .getLong("last_sequence"))
                        .getJsonArray("discrepancies")
                        .size());
    }

    @Test
    void aPrepaidFunderGrantsWhatItHasAndNoMore() {
        final Caller shop = merchant("funder");
        campaign(
                shop,
                "'kind':'purchase-rebate','funder':'seller:m7','hold':{'policy':'NONE'},'terms':{'rate_ppm':100000}");
        final JsonObject funded = post(
                shop,
                "/v1/fundings",
                "{'id':'f1','funder':'seller:m7','amount':1500,'currency':'CNY','mode':'prepaid','actor':'anna'}");
        assertEquals(1_500, funded.getJsonArray("accounts").getJsonObject(0).getInteger("balance"), funded.encode());
        post(shop, "/v1/payments", payment("p1", "o1", "'member_id':'u1',", 10_000));
        final JsonObject short1 = post(shop, "/v1/payments", payment("p2", "o2", "'member_id':'u1',", 10_000));
        assertEquals(
                "FUNDER_SHORT", short1.getJsonArray("skipped").getJsonObject(0).getString("code"));
        assertSumIsZero(shop, 1_000);
    }

    @Test
    void payoutTermsBoundAndPriceWhatMembersDrawOut() {
        final Caller shop = merchant("payouts");
        post(shop, "/v1/members", "{'id':'u1'}");
        post(
                shop,
                "/v1/adjustments",
                "{'id':'a1','member_id':'u1','bucket':'withdrawable','amount':9000,'currency':'CNY',"
                        + "'reason':'opening','actor':'anna'}");
        final HttpResponse<String> defined = shop.post(
                "/v1/payout-terms",
                "{'id':'pt1','currency':'CNY','amount_min':100,'amount_max':5000,'amount_per_day':6000,"
                        + "'approved_up_to':1000,'fee_ppm':10000,'fee_min':20,'free_per_day':1,'actor':'anna'}");
        assertEquals(200, defined.statusCode(), defined.body());
        refused(409, "WITHDRAWAL_BELOW_MIN", shop.post("/v1/withdrawals", withdrawal("w1", 99)));
        refused(409, "WITHDRAWAL_ABOVE_MAX", shop.post("/v1/withdrawals", withdrawal("w2", 5_001)));
        final JsonObject first = post(shop, "/v1/withdrawals", withdrawal("w3", 1_000));
        assertEquals("APPROVED", first.getString("status"), first.encode());
        assertEquals(1_000, first.getJsonObject("withdrawal").getInteger("net"), first.encode());
        final JsonObject second = post(shop, "/v1/withdrawals", withdrawal("w4", 4_000));
        assertEquals("REQUESTED", second.getString("status"), second.encode());
        assertEquals(40, second.getJsonObject("withdrawal").getInteger("fee"), second.encode());
        assertEquals(3_960, second.getJsonObject("withdrawal").getInteger("net"), second.encode());
        refused(409, "WITHDRAWAL_AMOUNT_PER_DAY", shop.post("/v1/withdrawals", withdrawal("w5", 1_001)));
        post(shop, "/v1/withdrawals/w4/decision", "{'id':'d1','decision':'approve','actor':'anna'}");
        post(shop, "/v1/withdrawals/w4/submit", "{'id':'s1'}");
        final JsonObject paid =
                post(shop, "/v1/withdrawals/w4/channel-result", "{'id':'r1','channel_state':'SUCCESS'}");
        assertEquals("SUCCEEDED", paid.getString("status"), paid.encode());
        assertEquals(3_960, account(shop, "~paid-out"));
        assertEquals(40, account(shop, "~fees"));
        assertSumIsZero(shop, 5_000);
        final JsonObject listed = get(
                shop,
                "/v1/payout-terms?currency=CNY&min_sequence="
                        + defined.headers().firstValue("Miaojie-Sequence").orElseThrow());
        assertEquals(6_000, listed.getJsonArray("payout_terms").getJsonObject(0).getInteger("amount_per_day"));
    }

    private static String withdrawal(final String id, final long amount) {
        return "{'id':'" + id + "','member_id':'u1','amount':" + amount + ",'currency':'CNY','method':'wechat'}";
    }

    private static long account(final Caller shop, final String name) {
        return get(shop, "/v1/accounts").getJsonArray("accounts").stream()
                .map(JsonObject.class::cast)
                .filter(account -> account.getString("account").equals(name))
                .mapToLong(account -> account.getLong("balance"))
                .sum();
    }

    /** Whatever stands in the contract as an example can be sent as it stands, and is decided. */
    @Test
    void everyRequestOfTheContractIsDecided() {
        final Contract contract = Contract.read();
        final Caller shop = merchant("contract");
        int sent = 0;
        for (final String operation : contract.operations()) {
            final Object example = contract.request(operation);
            if (example == null) {
                continue;
            }
            final String[] parts = operation.split(" ");
            final boolean isNode = Set.of("/v1/merchants", "/v1/keys").contains(parts[1]);
            final byte[] body = (example instanceof JsonObject json ? json.encode() : (String) example)
                    .getBytes(StandardCharsets.UTF_8);
            final String type = parts[1].equals("/v1/events") ? "application/x-ndjson" : "application/json";
            final HttpResponse<String> answer =
                    (isNode ? operator : shop).send(parts[0], parts[1].replaceAll("\\{[a-z_]+}", "x1"), type, body);
            final String told = operation + " " + answer.statusCode() + " " + answer.body();
            assertTrue(Set.of(200, 404, 409, 422).contains(answer.statusCode()), told);
            if (answer.statusCode() == 200 && type.equals("application/json")) {
                assertEquals(
                        "", contract.faults(contract.answerSchema(operation), new JsonObject(answer.body())), told);
            } else if (answer.statusCode() == 200) {
                assertFalse(answer.body().contains("\"status\":400"), told);
            } else {
                assertNotEquals("ROUTE_UNKNOWN", new JsonObject(answer.body()).getString("code"), told);
            }
            sent++;
        }
        assertTrue(sent >= 25, "sent=" + sent);
    }
}
