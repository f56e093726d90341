package io.miaojie.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.edge.ReplyRouter;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.api.support.Caller;
import io.miaojie.api.support.TestServer;
import io.miaojie.node.EngineConfig;
import io.miaojie.node.EngineNode;
import io.miaojie.settlement.PeopleLimits;
import io.miaojie.settlement.StateLimits;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The server over the real engine with its journal and Postgres: one story, told in order, with a restart in it. */
@Tag("postgres")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EngineTest {
    private static final String PAYMENT =
            """
            {'id':'p1','order_id':'o1','member_id':'u1','amount':10000,'currency':'CNY','paid_at':'%s',
             'lines':[{'line_id':'1','sku':'A','category':'tea','amount':9000}],'shipping_amount':1000}""";

    @TempDir
    private static Path directory;

    private EngineNode node;
    private ApiServer server;
    private Caller admin;
    private String secret;
    private String payment;
    private String firstAnswer;

    @BeforeAll
    void start() throws TimeoutException {
        payment = PAYMENT.formatted(OffsetDateTime.now().minusHours(1));
        open();
    }

    @AfterAll
    void stop() throws TimeoutException {
        server.close().await(20, TimeUnit.SECONDS);
        node.close();
    }

    @Test
    @Order(0)
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void onLinuxItsSocketsAreEpolls() {
        assertTrue(server.isNative());
    }

    @Test
    @Order(1)
    void aNewcomerSeesTheRewardSpendableInTheAnswer() {
        final Caller operator = new Caller(server.port(), TestServer.NODE_KEY);
        TestServer.expect(200, operator.post("/v1/merchants", "{'id':'m1','name':'Tea House'}"));
        final HttpResponse<String> key = operator.post("/v1/keys", "{'id':'k1','merchant_id':'m1','role':'admin'}");
        TestServer.expect(200, key);
        secret = new JsonObject(key.body()).getString("secret");
        admin = operator.with(secret);
        final HttpResponse<String> campaign = admin.post(
                "/v1/campaigns",
                """
                {'id':'c1','kind':'purchase-rebate','currency':'CNY',
                 'terms':{'rate_ppm':30000,'categories':['tea']}}""");
        TestServer.expect(200, campaign);
        assertEquals("ACTIVE", new JsonObject(campaign.body()).getString("state"));
        final HttpResponse<String> paid = admin.post("/v1/payments", payment);
        TestServer.expect(200, paid);
        firstAnswer = paid.body();
        final JsonObject body = new JsonObject(firstAnswer);
        assertEquals("CAPTURED", body.getString("status"), firstAnswer);
        assertEquals(270, body.getJsonArray("grants").getJsonObject(0).getInteger("amount"), firstAnswer);
        assertEquals(270, body.getJsonArray("pools").getJsonObject(0).getInteger("spendable"), firstAnswer);
        assertEquals(270, spendable("u1"));
    }

    @Test
    @Order(2)
    void aRepeatIsAnsweredLikeTheFirstTimeAndOtherFieldsAreRefused() {
        final HttpResponse<String> again = admin.post("/v1/payments", payment);
        assertEquals(firstAnswer, again.body());
        assertEquals("true", again.headers().firstValue("Idempotent-Replayed").orElseThrow());
        final HttpResponse<String> other = admin.post("/v1/payments", payment.replace("'sku':'A'", "'sku':'B'"));
        assertEquals(422, other.statusCode(), other.body());
        assertEquals("/lines/0/sku", new JsonObject(other.body()).getString("pointer"));
        assertEquals(270, spendable("u1"));
    }

    @Test
    @Order(3)
    void refusalsOfTheEngineAreToldWithTheirStatus() {
        assertRefused(
                422,
                "TERMS_CONTRADICT",
                admin.post(
                        "/v1/campaigns",
                        """
                {'id':'c3','kind':'purchase-rebate','currency':'CNY','terms':{'rate_ppm':1,'fixed_amount':1}}"""));
        assertRefused(404, "CAMPAIGN_UNKNOWN", admin.post("/v1/campaigns/none/pause", "{'id':'r1'}"));
        assertRefused(404, "CAMPAIGN_UNKNOWN", admin.get("/v1/campaigns/none"));
        assertRefused(404, "MEMBER_UNKNOWN", admin.get("/v1/pools/none"));
        assertRefused(404, "KEY_UNKNOWN", admin.delete("/v1/keys/none"));
    }

    @Test
    @Order(4)
    void aCampaignIsPausedChangedAndActivated() {
        TestServer.expect(200, admin.post("/v1/campaigns/c1/pause", "{'id':'pause'}"));
        final JsonObject skipped =
                new JsonObject(admin.post("/v1/payments", other("p2")).body());
        assertTrue(skipped.getJsonArray("grants").isEmpty(), skipped.encode());
        assertTrue(skipped.getJsonArray("skipped").encode().contains("CAMPAIGN_PAUSED"), skipped.encode());
        TestServer.expect(200, admin.post("/v1/campaigns/c1/activate", "{'id':'activate'}"));
        final HttpResponse<String> changed =
                admin.patch("/v1/campaigns/c1", "{'id':'change','terms':{'rate_ppm':10000}}");
        TestServer.expect(200, changed);
        assertEquals(2, new JsonObject(changed.body()).getInteger("version"));
        final JsonObject granted =
                new JsonObject(admin.post("/v1/payments", other("p3")).body());
        assertEquals(90, granted.getJsonArray("grants").getJsonObject(0).getInteger("amount"), granted.encode());
        final JsonObject campaign = new JsonObject(admin.get("/v1/campaigns/c1").body());
        assertEquals(360, campaign.getJsonObject("granted").getInteger("amount"), campaign.encode());
        assertEquals("ACTIVE", campaign.getString("state"));
    }

    @Test
    @Order(5)
    void twentyThousandLinesAreSettledInBulkAndASecondSendCreditsNothing() {
        final String lines = IntStream.range(0, 20_000)
                .mapToObj(i -> payment.replace("\n", "")
                        .replace("{'id':'p1'", "{'type':'payment','id':'b" + i + "'")
                        .replace("'o1'", "'bo" + i + "'")
                        .replace("'u1'", "'bulk" + i % 10 + "'"))
                .collect(Collectors.joining("\n"));
        final JsonObject first = summary(admin.events("?answers=refused", lines));
        assertEquals(20_000, first.getInteger("done"), first.encode());
        assertEquals(0, first.getInteger("repeated"), first.encode());
        assertEquals(2_000 * 90, spendable("bulk3"));
        final JsonObject second = summary(admin.events("?answers=refused", lines));
        assertEquals(20_000, second.getInteger("repeated"), second.encode());
        assertEquals(2_000 * 90, spendable("bulk3"));
    }

    @Test
    @Order(5)
    void aLineThatIsSoldOutIsNamedAndStockComesInBulk() {
        final HttpResponse<String> sale = admin.post(
                "/v1/campaigns", "{'id':'fs','kind':'flash-sale','currency':'CNY','terms':{'price':500,'stock':1}}");
        TestServer.expect(200, sale);
        TestServer.expect(200, admin.post("/v1/members", "{'id':'buyer'}"));
        final String order = "'id':'%s','member_id':'buyer','currency':'CNY',"
                + "'lines':[{'line_id':'1','sku':'A','quantity':1,'amount':5},"
                + "{'line_id':'2','sku':'B','quantity':%d,'campaign':{'id':'fs','action':'reserve'}}]}";
        final HttpResponse<String> refused = admin.post("/v1/orders", "{" + order.formatted("s1", 2));
        assertRefused(409, "SOLD_OUT", refused);
        assertEquals("/lines/1/campaign", new JsonObject(refused.body()).getString("pointer"), refused::body);
        assertEquals(
                "/lines/1/campaign",
                new JsonObject(admin.post("/v1/orders", "{" + order.formatted("s1", 2))
                                .body())
                        .getString("pointer"),
                "a repeat says the same");
        final String action = "{'type':'action','id':";
        final String adjust = ",'campaign_id':'fs','action':'adjust_stock','arguments':";
        final String[] answers = admin.events(
                        "",
                        String.join(
                                "\n",
                                "{'arguments':{'quantity':1},'campaign_id':'fs','action':'adjust_stock',"
                                        + "'type':'action','id':'a1'}",
                                "{'type':'order'," + order.formatted("s2", 3),
                                "{'type':'order'," + order.formatted("s3", 2),
                                action + "'a2','campaign_id':'none','action':'adjust_stock','arguments':{}}",
                                action + "'a3','campaign_id':'fs','action':'reserve'}",
                                action + "'a4','action':'adjust_stock'}",
                                action + "'a5'" + adjust + "{'x':1}}",
                                action + "'a1'" + adjust + "{'quantity':2}}"))
                .body()
                .split("\n");
        assertEquals(
                List.of(
                        "a1 200 OK null",
                        "s2 409 SOLD_OUT /lines/1/campaign",
                        "s3 200 OK null",
                        "null 404 CAMPAIGN_UNKNOWN null",
                        "null 422 ACTION_UNKNOWN null",
                        "null 400 MISSING_FIELD /campaign_id",
                        "a5 400 UNKNOWN_FIELD /arguments/x",
                        "a1 422 ID_REUSED /arguments"),
                Stream.of(answers)
                        .limit(answers.length - 1)
                        .map(JsonObject::new)
                        .map(answer -> String.join(
                                " ",
                                answer.getString("id"),
                                answer.getInteger("status").toString(),
                                answer.getString("code", "OK"),
                                answer.getString("pointer")))
                        .toList());
        final JsonObject live =
                new JsonObject(admin.get("/v1/campaigns/fs/live").body());
        assertEquals(0, live.getJsonObject("counters").getInteger("available"), live.encode());
    }

    /** Kept for whoever reads the rows, and for the answer of a difference; nothing of it is in the core. */
    @Test
    @Order(5)
    void metadataReachesTheRowsOfWhatItCameWith() throws Exception {
        final String metadata = "{'note':'茶','n':[1.50,null]}";
        TestServer.expect(
                200, admin.patch("/v1/campaigns/c1", "{'id':'with-metadata','budget':{},'metadata':" + metadata + "}"));
        TestServer.expect(200, admin.post("/v1/members", "{'id':'meta','metadata':" + metadata + "}"));
        TestServer.expect(
                200,
                admin.post(
                        "/v1/orders",
                        "{'id':'om','member_id':'meta','currency':'CNY','metadata':" + metadata
                                + ",'lines':[{'line_id':'1','sku':'A','quantity':1,'amount':100}]}"));
        final String paid = payment.replace("'p1'", "'pm'")
                .replace("'o1'", "'opm'")
                .replace("'u1'", "'meta','metadata':" + metadata);
        TestServer.expect(200, admin.post("/v1/payments", paid));
        final HttpResponse<String> other = admin.post("/v1/payments", paid.replace("茶", "水"));
        assertRefused(422, "ID_REUSED", other);
        assertEquals("/metadata", new JsonObject(other.body()).getString("pointer"));
        assertRefused(
                400,
                "OUT_OF_RANGE",
                admin.post("/v1/members", "{'id':'big','metadata':{'a':'" + "b".repeat(1_020) + "'}}"));
        assertTrue(node.awaitProjected(node.status().durableSequence(), Duration.ofSeconds(20)));
        final JsonObject sent = new JsonObject(metadata.replace('\'', '"'));
        for (final String row : List.of(
                "bi.campaigns where campaign_id = 'c1' and version = 3",
                "bi.members where member_id = 'meta'",
                "bi.orders where order_id = 'om'",
                "bi.payments where payment_id = 'pm'")) {
            assertEquals(sent, new JsonObject(metadata(row)), row);
        }
    }

    private static String metadata(final String from) throws Exception {
        final Path postgres = directory.resolve("postgres");
        final String uri = "jdbc:postgresql://127.0.0.1:"
                + Files.readString(postgres.resolve("port")).trim() + "/miaojie";
        try (Connection connection = DriverManager.getConnection(
                        uri,
                        "miaojie",
                        Files.readString(postgres.resolve("password")).trim());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select metadata from " + from)) {
            assertTrue(row.next(), from);
            return row.getString(1);
        }
    }

    @Test
    @Order(6)
    void aRestartKnowsEverythingAgain() throws TimeoutException {
        TestServer.expect(200, admin.post("/v1/keys", "{'id':'gone','merchant_id':'m1','role':'read'}"));
        TestServer.expect(200, admin.delete("/v1/keys/gone"));
        final String campaigns = admin.get("/v1/campaigns").body();
        stop();
        open();
        admin = new Caller(server.port(), secret);
        assertEquals(campaigns, admin.get("/v1/campaigns").body());
        assertEquals(firstAnswer, admin.post("/v1/payments", payment).body());
        assertEquals(360, spendable("u1"));
        assertEquals(2_000 * 90, spendable("bulk3"));
        assertEquals(200, admin.get("/health/ready").statusCode());
    }

    @Test
    @Order(7)
    void everyCodeOfEveryKindHasAStatus() {
        final ResultCodes codes = new ResultCodes(node.kinds());
        node.kinds().forEach(kind -> kind.codes()
                .forEach(code ->
                        assertEquals(code.name(), codes.of(code.number()).name())));
    }

    @Test
    @Order(100)
    void theAuditTellsWhoDidWhatAndWhatWasRefused() {
        final Caller operator = new Caller(server.port(), TestServer.NODE_KEY);
        TestServer.expect(200, operator.post("/v1/merchants", "{'id':'m9','name':'Silk','actor':'root'}"));
        final HttpResponse<String> made =
                operator.post("/v1/keys", "{'id':'k9','merchant_id':'m9','role':'admin','actor':'root'}");
        final Caller owner = operator.with(new JsonObject(made.body()).getString("secret"));
        final String campaign =
                "{'id':'c9','kind':'purchase-rebate','currency':'CNY','terms':{'rate_ppm':1}," + "'actor':'ann'}";
        TestServer.expect(200, owner.post("/v1/campaigns", campaign));
        assertRefused(422, "ID_REUSED", owner.post("/v1/campaigns", campaign.replace("ann", "bob")));
        final HttpResponse<String> trimmed = owner.send(owner.request("/v1/campaigns/c9/close")
                .header("Content-Type", "application/json")
                .header("Prefer", "return=minimal")
                .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"r1\",\"actor\":\"bob\"}")));
        assertEquals(204, trimmed.statusCode());
        assertEquals("", trimmed.body());
        final HttpResponse<String> late = owner.patch("/v1/campaigns/c9", "{'id':'r2','budget':{},'actor':'eve'}");
        assertRefused(409, "CAMPAIGN_CLOSED", late);
        TestServer.expect(200, owner.delete("/v1/keys/k9?actor=bob"));
        TestServer.expect(200, operator.post("/v1/keys", "{'id':'k8','merchant_id':'m9','role':'admin'}"));
        final long last = node.status().durableSequence();
        final JsonObject page = new JsonObject(
                operator.get("/v1/audit?limit=6&min_sequence=" + last).body());
        assertTrue(page.getLong("as_of_sequence") >= last, page.encode());
        final List<String> told = page.getJsonArray("entries").stream()
                .map(entry -> (JsonObject) entry)
                .map(entry -> String.join(
                        " ",
                        entry.getString("action"),
                        entry.getString("subject"),
                        entry.getString("code"),
                        entry.getString("actor", "-"),
                        entry.getString("key_id", "-"),
                        entry.getString("merchant_id", "-")))
                .toList();
        assertEquals(
                List.of(
                        "key.create k8 OK - - m9",
                        "key.revoke k9 OK bob k9 m9",
                        "campaign.change c9 CAMPAIGN_CLOSED eve k9 m9",
                        "campaign.close c9 OK bob k9 m9",
                        "campaign.create c9 OK ann k9 m9",
                        "key.create k9 OK root - m9"),
                told);
        final JsonObject next = new JsonObject(operator.get("/v1/audit?limit=1&cursor=" + page.getString("next_cursor"))
                .body());
        assertEquals(
                "merchant.create", next.getJsonArray("entries").getJsonObject(0).getString("action"));
        final JsonObject own =
                new JsonObject(admin.get("/v1/audit?min_sequence=" + last).body());
        assertTrue(
                own.getJsonArray("entries").stream()
                        .allMatch(entry -> "m1".equals(((JsonObject) entry).getString("merchant_id"))),
                own.encode());
        assertRefused(503, "PROJECTION_LAGGING", operator.get("/v1/audit?min_sequence=" + (last + 1_000)));
    }

    private void open() throws TimeoutException {
        final ReplyRouter router = new ReplyRouter(1);
        node = EngineNode.start(
                EngineConfig.of(directory)
                        .withState(new StateLimits(
                                10_000,
                                20_000,
                                100_000,
                                100_000,
                                200_000,
                                10,
                                100,
                                100,
                                10_000,
                                PeopleLimits.of(10_000))),
                router);
        server = ApiServer.start(
                        node.gate(),
                        router,
                        node.kinds(),
                        node::status,
                        new Sources(node.records(), node.reports()),
                        ApiConfig.local(0, TestServer.sha256(TestServer.NODE_KEY)))
                .await(20, TimeUnit.SECONDS);
    }

    private String other(final String id) {
        return payment.replace("'p1'", "'" + id + "'").replace("'o1'", "'o-" + id + "'");
    }

    private int spendable(final String memberId) {
        final HttpResponse<String> pool = admin.get("/v1/pools/" + memberId);
        TestServer.expect(200, pool);
        return new JsonObject(pool.body())
                .getJsonArray("pools")
                .getJsonObject(0)
                .getInteger("spendable");
    }

    private static JsonObject summary(final HttpResponse<String> response) {
        final String[] lines = response.body().split("\n");
        return new JsonObject(lines[lines.length - 1]).getJsonObject("summary");
    }

    private static void assertRefused(final int status, final String code, final HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(code, new JsonObject(response.body()).getString("code"));
    }
}
