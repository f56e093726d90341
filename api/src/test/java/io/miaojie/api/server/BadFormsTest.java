package io.miaojie.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.support.Caller;
import io.miaojie.api.support.TestServer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad values in the writes that are tables: code and place, and nothing changes. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadFormsTest {
    /** A good body with one text in it replaced, and how it is refused. */
    record Bad(String path, String body, String code, String pointer) {}

    private static final String ID_65 = "i".repeat(65);
    private static final String[][] BAD_AMOUNTS = {
        {"-1", "OUT_OF_RANGE"},
        {"9007199254740992", "OUT_OF_RANGE"},
        {"99999999999999999999999999", "OUT_OF_RANGE"},
        {"1.5", "NOT_AN_INTEGER"},
        {"1.0", "NOT_AN_INTEGER"},
        {"1e2", "NOT_AN_INTEGER"},
        {"'1'", "WRONG_TYPE"},
        {"null", "WRONG_TYPE"},
        {"true", "WRONG_TYPE"},
        {"[1]", "WRONG_TYPE"}
    };

    private TestServer server;
    private Caller admin;

    @BeforeAll
    void start() {
        server = TestServer.start();
        server.merchant("m1");
        admin = server.key("m1", "k1", "admin");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource({"amounts", "orders", "facts", "members", "payouts"})
    void isRefused(final Bad bad) {
        final long before = server.gate().sequence();
        final HttpResponse<String> response =
                bad.path.endsWith("/referrer") ? admin.put(bad.path, bad.body) : admin.post(bad.path, bad.body);
        assertEquals(400, response.statusCode(), response.body());
        final JsonObject problem = new JsonObject(response.body());
        assertEquals(bad.code, problem.getString("code"), response.body());
        assertEquals(bad.pointer, problem.getString("pointer"), response.body());
        assertEquals(before, server.gate().sequence(), "nothing was decided");
    }

    @Test
    void everyGoodBodyIsTaken() {
        GoodWrites.with().forEach((route, body) -> {
            final String[] parts = route.split(" ");
            TestServer.expect(200, parts[0].equals("PUT") ? admin.put(parts[1], body) : admin.post(parts[1], body));
        });
    }

    static List<Bad> amounts() {
        final List<Bad> cases = new ArrayList<>();
        for (final String[] wrong : BAD_AMOUNTS) {
            amount(cases, "/v1/orders", GoodWrites.ORDER, "'amount':9", wrong, "/lines/0/amount");
            amount(cases, "/v1/orders", GoodWrites.ORDER, "'shipping_amount':1", wrong, "/shipping_amount");
            amount(cases, "/v1/orders", GoodWrites.ORDER, "'pool_spend':1", wrong, "/pool_spend");
            amount(cases, "/v1/refunds", GoodWrites.REFUND, "'amount':1,'c", wrong, "/amount");
            amount(cases, "/v1/refunds", GoodWrites.REFUND, "'amount':1}", wrong, "/lines/0/amount");
            amount(cases, "/v1/withdrawals", GoodWrites.WITHDRAWAL, "'amount':1", wrong, "/amount");
            if (!wrong[0].equals("-1")) {
                amount(cases, "/v1/adjustments", GoodWrites.ADJUSTMENT, "'amount':1", wrong, "/amount");
                amount(cases, "/v1/fundings", GoodWrites.FUNDING, "'amount':1", wrong, "/amount");
            }
        }
        for (final Map.Entry<String, String> write : Map.of(
                        "/v1/refunds", GoodWrites.REFUND,
                        "/v1/withdrawals", GoodWrites.WITHDRAWAL,
                        "/v1/adjustments", GoodWrites.ADJUSTMENT,
                        "/v1/fundings", GoodWrites.FUNDING)
                .entrySet()) {
            final String zero = write.getValue().replaceFirst("'amount':1", "'amount':0");
            cases.add(new Bad(write.getKey(), zero, "OUT_OF_RANGE", "/amount"));
        }
        return cases;
    }

    static List<Bad> orders() {
        final List<Bad> cases = new ArrayList<>();
        final String[] o = {"/v1/orders", GoodWrites.ORDER};
        bad(cases, o, "'lines':[{'line_id':'1','sku':'A','quantity':2,'amount':9}],", "", "MISSING_FIELD", "/lines");
        bad(cases, o, "[{'line_id':'1','sku':'A','quantity':2,'amount':9}]", "[]", "MISSING_FIELD", "/lines/0");
        bad(cases, o, "[{", "[[{", "WRONG_TYPE", "/lines/0");
        bad(cases, o, "'shipping_amount':1", "'lines':[],'shipping_amount':1", "DUPLICATE_FIELD", "/lines");
        bad(cases, o, ",'amount':9", "", "MISSING_FIELD", "/lines/0/amount");
        bad(cases, o, "'amount':9", "'amount':9,'unit_price':4", "INVALID_VALUE", "/lines/0/unit_price");
        bad(cases, o, "'amount':9", "'unit_price':4503599627370497", "OUT_OF_RANGE", "/lines/0/unit_price");
        bad(cases, o, "'amount':9", "'amount':9007199254740991", "OUT_OF_RANGE", "/lines");
        bad(cases, o, "'quantity':2,", "", "MISSING_FIELD", "/lines/0/quantity");
        bad(cases, o, "'quantity':2", "'quantity':0", "OUT_OF_RANGE", "/lines/0/quantity");
        bad(cases, o, "'sku':'A',", "", "MISSING_FIELD", "/lines/0/sku");
        bad(cases, o, "'sku':'A'", "'sku':'" + "s".repeat(65) + "'", "INVALID_TEXT", "/lines/0/sku");
        bad(cases, o, "'sku':'A'", "'sku':'A','campaign':{}", "MISSING_FIELD", "/lines/0/campaign/id");
        bad(cases, o, "'sku':'A'", "'sku':'A','campaign':{'id':'f1'}", "MISSING_FIELD", "/lines/0/campaign/action");
        bad(cases, o, "'sku':'A'", "'sku':'A','campaign':{'id':'f1','x':1}", "UNKNOWN_FIELD", "/lines/0/campaign/x");
        bad(cases, o, "'sku':'A'", "'sku':'A','campaign.id':'f1'", "UNKNOWN_FIELD", "/lines/0/campaign.id");
        bad(cases, o, "'line_id':'1'", "'line_id':'" + ID_65 + "'", "INVALID_ID", "/lines/0/line_id");
        bad(cases, o, "'pay_within_s':900", "'pay_within_s':59", "OUT_OF_RANGE", "/pay_within_s");
        bad(cases, o, "'pay_within_s':900", "'pay_within_s':604801", "OUT_OF_RANGE", "/pay_within_s");
        bad(cases, o, "'member_id':'u1',", "", "MISSING_FIELD", "/member_id");
        bad(cases, o, "'CNY'", "'XXQ'", "CURRENCY_UNKNOWN", "/currency");
        bad(cases, o, "'shipping_amount'", "'placed_at':'now','shipping_amount'", "INVALID_TIME", "/placed_at");
        bad(cases, o, "'shipping_amount'", "'order_id':'o','shipping_amount'", "UNKNOWN_FIELD", "/order_id");
        bad(cases, o, "'shipping_amount'", "'metadata':[],'shipping_amount'", "WRONG_TYPE", "/metadata");
        final String[] cancel = {"/v1/orders/o1/cancel", "{'id':'x'}"};
        bad(cases, cancel, "}", ",'order_id':'o1'}", "UNKNOWN_FIELD", "/order_id");
        bad(cases, new String[] {"/v1/orders/a%20b/cancel", "{'id':'x'}"}, "}", "}", "INVALID_ID", null);
        final String[] sale = {"/v1/orders/o1/after-sale", "{'id':'x','state':'OPEN'}"};
        bad(cases, sale, "OPEN", "open", "INVALID_VALUE", "/state");
        bad(cases, sale, ",'state':'OPEN'", "", "MISSING_FIELD", "/state");
        return cases;
    }

    static List<Bad> facts() {
        final List<Bad> cases = new ArrayList<>();
        final String[] refund = {"/v1/refunds", GoodWrites.REFUND};
        bad(cases, refund, "'order_id':'o1',", "", "MISSING_FIELD", "/order_id");
        bad(cases, refund, "'goodwill':false", "'goodwill':0", "WRONG_TYPE", "/goodwill");
        bad(cases, refund, "'goodwill'", "'status':'DONE','goodwill'", "INVALID_VALUE", "/status");
        bad(cases, refund, "'goodwill'", "'refunded_at':1,'goodwill'", "WRONG_TYPE", "/refunded_at");
        bad(cases, refund, "'goodwill'", "'refund_order_id':'','goodwill'", "INVALID_ID", "/refund_order_id");
        bad(cases, refund, "'line_id':'1',", "", "MISSING_FIELD", "/lines/0/line_id");
        bad(cases, refund, "'line_id':'1'", "'line_id':'1','line_id':'1'", "DUPLICATE_FIELD", "/lines/0/line_id");
        bad(cases, refund, "[{", "[{'line_id':'2','amount':9007199254740991},{", "OUT_OF_RANGE", "/lines");
        final String[] delivery = {"/v1/deliveries", GoodWrites.DELIVERY};
        bad(cases, delivery, "'quantity':1", "'quantity':0", "OUT_OF_RANGE", "/lines/0/quantity");
        bad(cases, delivery, "[{", "[7,{", "WRONG_TYPE", "/lines/0");
        bad(cases, delivery, "[{", "[" + "{'line_id':'1'},".repeat(2000) + "{", "TOO_MANY_ENTRIES", "/lines/2000");
        final String[] touch = {"/v1/touches", GoodWrites.TOUCH};
        bad(cases, touch, ",'visitor_id':'v1'", "", "MISSING_FIELD", "/visitor_id");
        bad(cases, touch, "'token':'abc',", "", "MISSING_FIELD", "/token");
        bad(cases, touch, "'abc'", "'a/b'", "INVALID_ID", "/token");
        return cases;
    }

    static List<Bad> members() {
        final List<Bad> cases = new ArrayList<>();
        final String[] member = {"/v1/members", GoodWrites.MEMBER};
        bad(cases, member, "'type':'phone',", "", "MISSING_FIELD", "/identities/0/type");
        bad(cases, member, ",'value':'1'", "", "MISSING_FIELD", "/identities/0/value");
        bad(cases, member, "'value':'1'", "'value':'1','hash':1", "UNKNOWN_FIELD", "/identities/0/hash");
        bad(cases, member, "'value':'1'", "'value':'" + "v".repeat(129) + "'", "INVALID_TEXT", "/identities/0/value");
        bad(
                cases,
                member,
                "[{",
                "[" + "{'type':'t','value':'v'},".repeat(16) + "{",
                "TOO_MANY_ENTRIES",
                "/identities/16");
        bad(cases, member, "'grade':1", "'grade':255", "OUT_OF_RANGE", "/grade");
        bad(cases, member, "'koc'", "'king'", "INVALID_VALUE", "/roles/0");
        bad(cases, member, "['koc']", "'koc'", "WRONG_TYPE", "/roles");
        bad(cases, member, "['koc']", "['koc','koc','koc','koc','koc','koc']", "TOO_MANY_ENTRIES", "/roles/5");
        bad(cases, member, "'grade'", "'referrer_id':null,'grade'", "WRONG_TYPE", "/referrer_id");
        final String[] referrer = {"/v1/members/u1/referrer", GoodWrites.REFERRER};
        bad(cases, referrer, ",'referrer_id':null", "", "MISSING_FIELD", "/referrer_id");
        bad(cases, referrer, "null", "7", "WRONG_TYPE", "/referrer_id");
        bad(cases, referrer, ",'actor':'anna'", "", "MISSING_FIELD", "/actor");
        final String[] target = {"/v1/link-targets", GoodWrites.LINK_TARGET};
        for (final String url : new String[] {
            "javascript:alert(1)",
            "ftp://shop.example/x",
            "https://",
            "https://user:pw@shop.example/",
            "https://shop.example/x#y",
            "https://shop.example/a b",
            "//shop.example/x",
            "pages/../../x",
            "data:text/html,x"
        }) {
            bad(cases, target, "https://shop.example/tea", url, "INVALID_VALUE", "/url");
        }
        bad(cases, target, "https://shop.example/tea", "https://shop.example/\\r\\nX: y", "INVALID_TEXT", "/url");
        bad(cases, target, "tea", "t".repeat(1024), "INVALID_TEXT", "/url");
        final String[] link = {"/v1/share-links", GoodWrites.SHARE_LINK};
        bad(cases, link, ",'target':'t1'", "", "MISSING_FIELD", "/target");
        bad(cases, link, "'target'", "'token':'mine','target'", "UNKNOWN_FIELD", "/token");
        bad(cases, link, "'target'", "'expires_at':'2026','target'", "INVALID_TIME", "/expires_at");
        return cases;
    }

    static List<Bad> payouts() {
        final List<Bad> cases = new ArrayList<>();
        final String[] withdrawal = {"/v1/withdrawals", GoodWrites.WITHDRAWAL};
        bad(cases, withdrawal, ",'method':'wechat'", "", "MISSING_FIELD", "/method");
        bad(cases, withdrawal, "'p'", "'p q'", "INVALID_ID", "/payee");
        final String[] decision = {"/v1/withdrawals/w1/decision", GoodWrites.DECISION};
        bad(cases, decision, "approve", "maybe", "INVALID_VALUE", "/decision");
        bad(cases, decision, ",'actor':'anna'", "", "MISSING_FIELD", "/actor");
        bad(cases, decision, "'actor'", "'reason':'" + "r".repeat(201) + "','actor'", "INVALID_TEXT", "/reason");
        bad(cases, decision, "'actor'", "'reason':'a\\nb','actor'", "INVALID_TEXT", "/reason");
        final String[] result = {"/v1/withdrawals/w1/channel-result", GoodWrites.RESULT};
        bad(cases, result, "SUCCESS", "SUCCEEDED", "INVALID_VALUE", "/channel_state");
        bad(cases, result, "}", ",'observed_at':'x'}", "INVALID_TIME", "/observed_at");
        final String[] adjustment = {"/v1/adjustments", GoodWrites.ADJUSTMENT};
        bad(cases, adjustment, "pending", "locked", "INVALID_VALUE", "/bucket");
        bad(cases, adjustment, "'amount':1", "'amount':-9007199254740992", "OUT_OF_RANGE", "/amount");
        bad(cases, adjustment, ",'reason':'r'", "", "MISSING_FIELD", "/reason");
        final String[] funding = {"/v1/fundings", GoodWrites.FUNDING};
        bad(cases, funding, "platform", "seller:", "INVALID_VALUE", "/funder");
        bad(cases, funding, "platform", "~bank", "INVALID_ID", "/funder");
        bad(cases, funding, "'amount'", "'mode':'credit','amount'", "INVALID_VALUE", "/mode");
        final String[] payoutTerms = {"/v1/payout-terms", GoodWrites.PAYOUT_TERMS};
        bad(cases, payoutTerms, "CNY", "XXX", "CURRENCY_UNKNOWN", "/currency");
        bad(cases, payoutTerms, ",'actor':'a'", "", "MISSING_FIELD", "/actor");
        bad(cases, payoutTerms, "'fee_ppm':1", "'fee_ppm':1000000", "OUT_OF_RANGE", "/fee_ppm");
        bad(cases, payoutTerms, "'fee_ppm':1", "'tax_ppm':-1", "OUT_OF_RANGE", "/tax_ppm");
        bad(cases, payoutTerms, "'amount_min':1", "'amount_max':-1", "OUT_OF_RANGE", "/amount_max");
        bad(cases, payoutTerms, "'count_per_day':1", "'count_per_day':1001", "OUT_OF_RANGE", "/count_per_day");
        bad(cases, payoutTerms, "'count_per_day':1", "'cut_off_minute':1440", "OUT_OF_RANGE", "/cut_off_minute");
        final String[] clock = {"/v1/sandbox/clock", GoodWrites.CLOCK};
        bad(cases, clock, ",'advance':'PT1H'", "", "MISSING_FIELD", "/advance");
        bad(cases, clock, "}", ",'to':'2030-01-01T00:00:00Z'}", "INVALID_VALUE", "/advance");
        for (final String span : new String[] {"1h", "PT0S", "-PT1H", "P3661D", "PT99999999999999999999H"}) {
            bad(cases, clock, "PT1H", span, "INVALID_VALUE", "/advance");
        }
        return cases;
    }

    private static void amount(
            final List<Bad> cases,
            final String path,
            final String good,
            final String at,
            final String[] wrong,
            final String pointer) {
        final String[] form = {path, good};
        final int digit = at.indexOf(':') + 1;
        bad(cases, form, at, at.substring(0, digit) + wrong[0] + at.substring(digit + 1), wrong[1], pointer);
    }

    private static void bad(
            final List<Bad> cases,
            final String[] form,
            final String at,
            final String with,
            final String code,
            final String pointer) {
        assertTrue(form[1].contains(at), at + " in " + form[1]);
        final int place = form[1].indexOf(at);
        final String body = form[1].substring(0, place) + with + form[1].substring(place + at.length());
        cases.add(new Bad(form[0], body, code, pointer));
    }
}
