package io.miaojie.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.edge.ReplyRouter;
import io.miaojie.api.support.Caller;
import io.miaojie.api.support.Contract;
import io.miaojie.api.support.TestServer;
import io.miaojie.node.EngineConfig;
import io.miaojie.node.EngineNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Money in all its moves as a merchant sees it: over HTTP, over the real engine, in a sandbox whose clock is moved. */
@Tag("postgres")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MoneyStoryTest {
    @TempDir
    private static Path directory;

    private final AtomicInteger ids = new AtomicInteger();
    private EngineNode node;
    private ApiServer server;
    private Caller operator;
    private String lastSequence;

    @BeforeAll
    void start() throws TimeoutException {
        open();
    }

    /** Holds that the audit tells of this write by anna. */
    private void assertAudited(final String action, final String subject) {
        final JsonArray entries = new JsonObject(operator.get("/v1/audit?limit=1000&min_sequence=" + lastSequence)
                        .body())
                .getJsonArray("entries");
        assertTrue(
                entries.stream()
                        .map(JsonObject.class::cast)
                        .anyMatch(entry -> action.equals(entry.getString("action"))
                                && subject.equals(entry.getString("subject"))
                                && "anna".equals(entry.getString("actor"))),
                entries::encode);
    }

    private void open() throws TimeoutException {
        final ReplyRouter router = new ReplyRouter(1);
        node = EngineNode.start(
                EngineConfig.of(directory).withTables(1_000, 1_000).withSandbox(true, false), router);
        server = ApiServer.start(
                        node.gate(),
                        router,
                        node.kinds(),
                        node::status,
                        new Sources(node.records(), node.reports()),
                        ApiConfig.local(0, TestServer.sha256(TestServer.NODE_KEY)))
                .await(20, TimeUnit.SECONDS);
        operator = new Caller(server.port(), TestServer.NODE_KEY);
    }

    @AfterAll
    void stop() throws TimeoutException {
        server.close().await(20, TimeUnit.SECONDS);
        node.close();
    }

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

    private Caller merchant(final String id) {
        TestServer.expect(200, operator.post("/v1/merchants", "{'id':'" + id + "','name':'Tea House'}"));
        final HttpResponse<String> key =
                operator.post("/v1/keys", "{'id':'k1','merchant_id':'" + id + "','role':'admin'}");
        TestServer.expect(200, key);
        return operator.with(new JsonObject(key.body()).getString("secret"));
    }

    private void campaign(final Caller shop, final String rest) {
        post(shop, "/v1/campaigns", "{'id':'c" + ids.incrementAndGet() + "','currency':'CNY'," + rest + "}");
    }

    private static String payment(final String id, final String orderId, final String rest, final int amount) {
        return ("{%s'id':'%s','order_id':'%s','amount':%d,'currency':'CNY','paid_at':'2026-11-25T00:00:00Z'}")
                .formatted(rest, id, orderId, amount);
    }

    private JsonObject post(final Caller shop, final String path, final String body) {
        final HttpResponse<String> response = shop.post(path, body);
        TestServer.expect(200, response);
        lastSequence = response.headers().firstValue("Miaojie-Sequence").orElseThrow();
        return new JsonObject(response.body());
    }

    private static JsonObject get(final Caller shop, final String path) {
        final HttpResponse<String> response = shop.get(path);
        TestServer.expect(200, response);
        return new JsonObject(response.body());
    }

    private static JsonObject read(final Caller shop, final String memberId) {
        return get(shop, "/v1/pools/" + memberId).getJsonArray("pools").getJsonObject(0);
    }

    private static JsonObject pool(final JsonObject answer) {
        return answer.getJsonArray("pools").getJsonObject(0);
    }

    /** Touches of short links are on their own: a query behind them in the ring is answered after them. */
    private long sequenceBehind(final Caller shop) {
        assertEquals(404, shop.get("/v1/orders/none").statusCode());
        return node.status().lastSequence();
    }

    private static void assertPool(
            final int pending,
            final int spendable,
            final int withdrawable,
            final int locked,
            final int debt,
            final JsonObject pool) {
        final JsonObject wanted = new JsonObject()
                .put("pending", pending)
                .put("spendable", spendable)
                .put("withdrawable", withdrawable)
                .put("locked", locked)
                .put("debt", debt);
        final JsonObject told = new JsonObject();
        wanted.fieldNames().forEach(name -> told.put(name, pool.getInteger(name)));
        assertEquals(wanted, told, pool.encode());
    }

    /** All accounts of the merchant and what is in its pools add up to nothing. */
    private static void assertSumIsZero(final Caller shop, final long inPools) {
        final long sum = get(shop, "/v1/accounts").getJsonArray("accounts").stream()
                .mapToLong(account -> ((JsonObject) account).getLong("balance"))
                .sum();
        assertEquals(0, sum + inPools);
    }

    private static void refused(final int status, final String code, final HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(code, new JsonObject(response.body()).getString("code"));
    }
}
