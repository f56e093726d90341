package io.miaojie.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.support.RawConnection;
import io.miaojie.api.support.RawConnection.Response;
import io.miaojie.api.support.TestServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input on every route: the right status, code and place; nothing changes; the connection serves the next. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    /** One bad request and what it must be answered with. */
    record Bad(String method, String path, String type, byte[] body, int status, String code, String pointer) {
        /** Sends it with the key that its route asks for, and a good request behind it on the same connection. */
        void requireRefused(final int port, final String operator) throws IOException {
            final String key = path.startsWith("/v1/merchants") ? TestServer.NODE_KEY : operator;
            try (RawConnection connection = new RawConnection(port, key)) {
                final Response response = connection.send(method, path, type, body);
                assertEquals(status, response.status(), response.body());
                assertEquals("application/problem+json", response.headers().get("content-type"));
                final JsonObject problem = new JsonObject(response.body());
                assertEquals(code, problem.getString("code"), response.body());
                assertEquals(pointer, problem.getString("pointer"), response.body());
                assertEquals(problem.getString("request_id"), response.headers().get("request-id"));
                final Response next = connection.send("GET", "/v1/campaign-kinds", null, new byte[0]);
                assertEquals(200, next.status(), "the next request on the connection");
            }
        }

        @Override
        public String toString() {
            final String text = new String(body, StandardCharsets.UTF_8);
            return method + " " + path + " " + code + " " + pointer + " "
                    + text.substring(0, Math.min(text.length(), 80));
        }
    }

    private static final String JSON = "application/json";
    private static final String PAYMENT =
            "{'id':'x','order_id':'o','amount':1,'currency':'CNY','paid_at':'2026-01-01T00:00:00Z'}";
    private static final String ID_65 = "i".repeat(65);

    /** Every write with a body that is in order, and the name of an amount in it; "" when there is none. */
    private static final Map<String, String> WRITES = GoodWrites.with(
            "POST /v1/merchants",
            "{'id':'x','name':'n'}",
            "POST /v1/keys",
            "{'id':'x','merchant_id':'m1','role':'read'}",
            "POST /v1/campaigns",
            "{'id':'x','kind':'purchase-rebate','currency':'CNY','terms':{'rate_ppm':1}}",
            "PATCH /v1/campaigns/c1",
            "{'id':'x','terms':{'rate_ppm':1}}",
            "POST /v1/campaigns/c1/activate",
            "{'id':'x'}",
            "POST /v1/campaigns/c1/pause",
            "{'id':'x'}",
            "POST /v1/campaigns/c1/close",
            "{'id':'x'}",
            "POST /v1/payments",
            PAYMENT);

    private TestServer server;
    private String operator;

    @BeforeAll
    void start() {
        server = TestServer.start();
        server.merchant("m1");
        operator = server.key("m1", "k1", "admin").secret();
        TestServer.expect(
                200,
                server.node()
                        .with(operator)
                        .post(
                                "/v1/campaigns",
                                """
                {'id':'c1','kind':'purchase-rebate','currency':'CNY','terms':{'rate_ppm':10000}}"""));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("all")
    void isRefused(final Bad bad) throws IOException {
        final long before = server.gate().sequence();
        bad.requireRefused(server.port(), operator);
        assertEquals(before, server.gate().sequence(), "nothing was decided");
    }

    @Test
    void refusesAHeadThatIsTooLong() throws IOException {
        try (RawConnection connection = new RawConnection(server.port(), operator)) {
            assertEquals(
                    414,
                    connection
                            .send("GET", "/v1/pools/" + "a".repeat(9000), null, new byte[0])
                            .status());
        }
        try (RawConnection connection = new RawConnection(server.port(), "k".repeat(20_000))) {
            assertEquals(
                    431,
                    connection.send("GET", "/v1/pools/u1", null, new byte[0]).status());
        }
    }

    @Test
    void refusesABodyWhoseLengthIsNotSaid() throws IOException {
        try (RawConnection connection = new RawConnection(server.port(), operator)) {
            connection.write(connection.head("POST", "/v1/payments", JSON, -1).getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 20; i++) {
                connection.chunk(" ".repeat(100_000));
            }
            connection.chunk("");
            assertEquals(413, connection.read().status());
            assertEquals(
                    200,
                    connection.send("GET", "/health/live", null, new byte[0]).status());
        }
    }

    /** Every row of this table. */
    static Stream<Bad> all() {
        return Stream.of(everyWrite(), amounts(), payments(), lines(), campaigns(), definitions(), paths())
                .flatMap(List::stream);
    }

    static List<Bad> everyWrite() {
        final List<Bad> cases = new ArrayList<>();
        WRITES.forEach((route, good) -> {
            final String[] parts = route.split(" ");
            final String json = good.replace('\'', '"');
            final byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            add(
                    cases,
                    parts,
                    JSON,
                    json.replace("{\"id\"", "{\"surprise\":1,\"id\""),
                    400,
                    "UNKNOWN_FIELD",
                    "/surprise");
            add(cases, parts, JSON, json.replace("{\"id\"", "{\"id\":\"x\",\"id\""), 400, "DUPLICATE_FIELD", "/id");
            add(cases, parts, JSON, json.replaceFirst("\"id\":\"x\",?", ""), 400, "MISSING_FIELD", "/id");
            add(cases, parts, JSON, json.replace("\"x\"", "\"" + ID_65 + "\""), 400, "INVALID_ID", "/id");
            add(cases, parts, JSON, json.replace("\"x\"", "\"\""), 400, "INVALID_ID", "/id");
            add(cases, parts, JSON, json.replace("\"x\"", "\"a\\u0000b\""), 400, "INVALID_ID", "/id");
            add(cases, parts, JSON, json.replace("\"x\"", "\"a b\""), 400, "INVALID_ID", "/id");
            add(cases, parts, JSON, json.replace("\"x\"", "\"茶\""), 400, "INVALID_ID", "/id");
            add(cases, parts, JSON, json.replace("\"x\"", "\"a\u0007b\""), 400, "MALFORMED_JSON", null);
            add(cases, parts, JSON, json.replace("\"x\"", "7"), 400, "WRONG_TYPE", "/id");
            add(cases, parts, JSON, json.replace("\"x\"", "null"), 400, "WRONG_TYPE", "/id");
            add(cases, parts, JSON, json.substring(0, json.length() - 1), 400, "MALFORMED_JSON", null);
            add(cases, parts, JSON, json + "}", 400, "MALFORMED_JSON", null);
            add(cases, parts, JSON, "", 400, "MALFORMED_JSON", null);
            add(cases, parts, JSON, "[]", 400, "WRONG_TYPE", "");
            add(cases, parts, JSON, "[".repeat(100_000), 400, "WRONG_TYPE", "");
            // A new campaign is looked through for its kind first, and that look ends at the depth that is allowed.
            final String nested = route.equals("POST /v1/campaigns") ? "JSON_TOO_COMPLEX" : "WRONG_TYPE";
            add(cases, parts, JSON, "{\"id\":" + "[".repeat(100_000), 400, nested, "/id");
            add(cases, parts, "text/plain", json, 415, "UNSUPPORTED_MEDIA_TYPE", "Content-Type");
            add(cases, parts, null, json, 415, "UNSUPPORTED_MEDIA_TYPE", "Content-Type");
            add(cases, parts, JSON, json + " ".repeat(10_000_000), 413, "BODY_TOO_LARGE", null);
            bytes[json.indexOf("\"x\"") + 1] = (byte) 0xFF;
            cases.add(new Bad(parts[0], parts[1], JSON, bytes, 400, "INVALID_UTF8", null));
            cases.add(new Bad(
                    parts[0], parts[1], JSON, json.getBytes(StandardCharsets.UTF_16LE), 400, "INVALID_UTF8", null));
        });
        return cases;
    }

    static List<Bad> amounts() {
        final List<Bad> cases = new ArrayList<>();
        final String payment = "{'id':'x','order_id':'o','amount':1,'currency':'CNY','paid_at':'2026-01-01T00:00:00Z',"
                + "'shipping_amount':1,'lines':[{'line_id':'1','sku':'A','amount':1}]}";
        final String campaign = "{'id':'x','kind':'purchase-rebate','currency':'CNY','budget':{'amount':1,'count':1},"
                + "'terms':{'rate_ppm':1,'tiers':[{'from_amount':1}]}}";
        for (final String[] wrong : new String[][] {
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
        }) {
            amount(cases, "/v1/payments", payment, "'amount':1,'c", "'amount':%s,'c", wrong, "/amount");
            amount(
                    cases,
                    "/v1/payments",
                    payment,
                    "shipping_amount':1",
                    "shipping_amount':%s",
                    wrong,
                    "/shipping_amount");
            amount(cases, "/v1/payments", payment, "'amount':1}", "'amount':%s}", wrong, "/lines/0/amount");
            amount(cases, "/v1/campaigns", campaign, "'amount':1,", "'amount':%s,", wrong, "/budget/amount");
            amount(cases, "/v1/campaigns", campaign, "rate_ppm':1", "rate_ppm':%s", wrong, "/terms/rate_ppm");
            amount(
                    cases,
                    "/v1/campaigns",
                    campaign,
                    "from_amount':1",
                    "from_amount':%s",
                    wrong,
                    "/terms/tiers/0/from_amount");
        }
        amount(cases, "/v1/payments", payment, ":1", ":01", new String[] {"", "MALFORMED_JSON"}, null);
        amount(cases, "/v1/payments", payment, ":1", ":NaN", new String[] {"", "MALFORMED_JSON"}, null);
        amount(
                cases,
                "/v1/payments",
                payment,
                "'amount':1}",
                "'amount':9007199254740991}",
                new String[] {"", "OUT_OF_RANGE"},
                "/lines");
        return cases;
    }

    static List<Bad> payments() {
        final List<Bad> cases = new ArrayList<>();
        for (final String[] change : new String[][] {
            {"'CNY'", "'XXQ'", "CURRENCY_UNKNOWN", "/currency"},
            {"'CNY'", "'cny'", "CURRENCY_UNKNOWN", "/currency"},
            {"'2026-01-01T00:00:00Z'", "'2026-01-01'", "INVALID_TIME", "/paid_at"},
            {"'2026-01-01T00:00:00Z'", "1767225600", "WRONG_TYPE", "/paid_at"},
            {"'amount'", "'instalment':'half','amount'", "INVALID_VALUE", "/instalment"},
            {"'amount'", "'payer':{},'amount'", "MISSING_FIELD", "/payer/type"},
            {"'amount'", "'payer':{'type':'phone'},'amount'", "MISSING_FIELD", "/payer/value"},
            {"'amount'", "'payer':{'type':'phone','value':'1','name':'x'},'amount'", "UNKNOWN_FIELD", "/payer/name"},
            {"'amount'", "'payer':{'type':'a b','value':'1'},'amount'", "INVALID_ID", "/payer/type"},
            {"'amount'", "'payer':{'type':'phone','value':'\\u0007'},'amount'", "INVALID_TEXT", "/payer/value"},
            {"'amount'", "'payer':'u1','amount'", "WRONG_TYPE", "/payer"},
            {"'amount'", "'random':'0123456789abcdef','amount'", "UNKNOWN_FIELD", "/random"},
            {"'amount'", "'type':'payment','amount'", "UNKNOWN_FIELD", "/type"},
            {"'amount'", "'member_id':'a/b','amount'", "INVALID_ID", "/member_id"},
            {"'amount'", "'source':'','amount'", "INVALID_ID", "/source"},
            {"'amount'", "'metadata':'x','amount'", "WRONG_TYPE", "/metadata"},
            {"'amount'", "'metadata':{'a':'" + "b".repeat(1020) + "'},'amount'", "OUT_OF_RANGE", "/metadata"},
            {
                "'amount'",
                "'metadata':" + "{'a':".repeat(20) + "1" + "}".repeat(20) + ",'amount'",
                "JSON_TOO_COMPLEX",
                "/metadata"
            },
            {"'order_id':'o',", "", "MISSING_FIELD", "/order_id"},
            {",'currency':'CNY'", "", "MISSING_FIELD", "/currency"},
            {",'paid_at':'2026-01-01T00:00:00Z'", "", "MISSING_FIELD", "/paid_at"},
        }) {
            add(
                    cases,
                    new String[] {"POST", "/v1/payments"},
                    JSON,
                    PAYMENT.replace(change[0], change[1]),
                    400,
                    change[2],
                    change[3]);
        }
        return cases;
    }

    static List<Bad> lines() {
        final List<Bad> cases = new ArrayList<>();
        for (final String[] change : new String[][] {
            {"'amount'", "'lines':{},'amount'", "WRONG_TYPE", "/lines"},
            {"'amount'", "'lines':[7],'amount'", "WRONG_TYPE", "/lines/0"},
            {
                "'amount'",
                "'lines':[{'line_id':'1','sku':'A','amount':1},{'sku':'A','amount':1}],'amount'",
                "MISSING_FIELD",
                "/lines/1/line_id"
            },
            {"'amount'", "'lines':[{'line_id':'1','sku':'A','amount':1,'x':1}],'amount'", "UNKNOWN_FIELD", "/lines/0/x"
            },
            {
                "'amount'",
                "'lines':[{'line_id':'1','sku':'A','amount':1,'amount':1}],'amount'",
                "DUPLICATE_FIELD",
                "/lines/0/amount"
            },
            {
                "'amount'",
                "'lines':[{'line_id':'1','sku':'" + "茶".repeat(22) + "','amount':1}],'amount'",
                "INVALID_TEXT",
                "/lines/0/sku"
            },
            {"'amount'", "'lines':[{'line_id':'1','sku':'a\\nb','amount':1}],'amount'", "INVALID_TEXT", "/lines/0/sku"},
            {"'amount'", "'lines':[{'line_id':'1','sku':'\\ud800','amount':1}],'amount'", "INVALID_TEXT", "/lines/0/sku"
            },
            {
                "'amount'",
                "'lines':[{'line_id':'1','sku':'A','quantity':0,'amount':1}],'amount'",
                "OUT_OF_RANGE",
                "/lines/0/quantity"
            },
            {
                "'amount'",
                "'lines':[" + "{'line_id':'1','sku':'A','amount':0},".repeat(2000)
                        + "{'line_id':'1','sku':'A','amount':0}],'amount'",
                "TOO_MANY_ENTRIES",
                "/lines/2000"
            },
        }) {
            add(
                    cases,
                    new String[] {"POST", "/v1/payments"},
                    JSON,
                    PAYMENT.replace(change[0], change[1]),
                    400,
                    change[2],
                    change[3]);
        }
        return cases;
    }

    static List<Bad> campaigns() {
        final List<Bad> cases = new ArrayList<>();
        final String good = "{'id':'x','kind':'purchase-rebate','currency':'CNY','terms':{'rate_ppm':1}}";
        for (final String[] change : new String[][] {
            {"purchase-rebate", "lottery", "422", "KIND_UNKNOWN", "/kind"},
            {"'kind':'purchase-rebate',", "", "400", "MISSING_FIELD", "/kind"},
            {"'kind'", "'kind':'purchase-rebate','kind'", "400", "DUPLICATE_FIELD", "/kind"},
            {"'rate_ppm'", "'rate'", "400", "UNKNOWN_FIELD", "/terms/rate"},
            {"'rate_ppm':1", "'rate_ppm':1,'rate_ppm':1", "400", "DUPLICATE_FIELD", "/terms/rate_ppm"},
            {"'rate_ppm':1", "'rate_ppm':1000001", "400", "OUT_OF_RANGE", "/terms/rate_ppm"},
            {"'rate_ppm':1", "'tiers':[{'rate_ppm':1}]", "400", "MISSING_FIELD", "/terms/tiers/0/from_amount"},
            {"'rate_ppm':1", "'tiers':[{'from':1}]", "400", "UNKNOWN_FIELD", "/terms/tiers/0/from"},
            {"'rate_ppm':1", "'skus':['a'" + ",'a'".repeat(1_000) + "]", "400", "TOO_MANY_ENTRIES", "/terms/skus/1000"},
            {"'rate_ppm':1", "'skus':[1]", "400", "WRONG_TYPE", "/terms/skus/0"},
            {"'rate_ppm':1", "'skus':['']", "400", "INVALID_TEXT", "/terms/skus/0"},
            {"'terms'", "'budget':{'total':1},'terms'", "400", "UNKNOWN_FIELD", "/budget/total"},
            {"'terms'", "'funder':'bank','terms'", "400", "INVALID_VALUE", "/funder"},
            {"'terms'", "'priority':32768,'terms'", "400", "OUT_OF_RANGE", "/priority"},
            {"'terms'", "'instant_ppm':1000001,'terms'", "400", "OUT_OF_RANGE", "/instant_ppm"},
            {"'terms'", "'hold':{},'terms'", "400", "MISSING_FIELD", "/hold/policy"},
            {"'terms'", "'hold':{'policy':'SOON'},'terms'", "400", "INVALID_VALUE", "/hold/policy"},
            {"'terms'", "'hold':{'policy':'DAYS_AFTER_PAY'},'terms'", "400", "MISSING_FIELD", "/hold/days"},
            {"'terms'", "'hold':{'policy':'NEVER','days':3},'terms'", "400", "INVALID_VALUE", "/hold/days"},
            {"'terms'", "'hold':{'policy':'NEVER','x':3},'terms'", "400", "UNKNOWN_FIELD", "/hold/x"},
            {"'terms'", "'exclusive_group':'a b','terms'", "400", "INVALID_ID", "/exclusive_group"},
            {"'terms'", "'stores':['a b'],'terms'", "400", "INVALID_ID", "/stores/0"},
            {
                "'terms'",
                "'ends_at':'2025-01-01T00:00:00Z','starts_at':'2026-01-01T00:00:00Z','terms'",
                "422",
                "ENDS_BEFORE_START",
                "/ends_at"
            },
        }) {
            add(
                    cases,
                    new String[] {"POST", "/v1/campaigns"},
                    JSON,
                    good.replace(change[0], change[1]),
                    Integer.parseInt(change[2]),
                    change[3],
                    change[4]);
        }
        add(
                cases,
                new String[] {"PATCH", "/v1/campaigns/c1"},
                JSON,
                "{'id':'x','currency':'USD'}",
                400,
                "UNKNOWN_FIELD",
                "/currency");
        add(cases, new String[] {"PATCH", "/v1/campaigns/none"}, JSON, "{'id':'x'}", 404, "CAMPAIGN_UNKNOWN", null);
        return cases;
    }

    static List<Bad> definitions() {
        final List<Bad> cases = new ArrayList<>();
        final String[] merchants = {"POST", "/v1/merchants"};
        final String[] keys = {"POST", "/v1/keys"};
        add(cases, merchants, JSON, "{'id':'x','name':'a\\u0001b'}", 400, "INVALID_TEXT", "/name");
        add(cases, merchants, JSON, "{'id':'x','name':''}", 400, "INVALID_TEXT", "/name");
        add(cases, merchants, JSON, "{'id':'x','name':'" + "n".repeat(201) + "'}", 400, "INVALID_TEXT", "/name");
        add(
                cases,
                merchants,
                JSON,
                "{'id':'x','name':'n','utc_offset_minutes':841}",
                400,
                "OUT_OF_RANGE",
                "/utc_offset_minutes");
        final String window = "{'id':'x','name':'n','binding_mode':'WINDOW'}";
        add(cases, merchants, JSON, window, 400, "MISSING_FIELD", "/binding_days");
        add(
                cases,
                merchants,
                JSON,
                window.replace("WINDOW'", "FIRST_TOUCH','binding_days':3"),
                400,
                "INVALID_VALUE",
                "/binding_days");
        add(cases, merchants, JSON, window.replace("WINDOW", "NEVER"), 400, "INVALID_VALUE", "/binding_mode");
        add(
                cases,
                merchants,
                JSON,
                "{'id':'x','name':'n','reward_cap_ppm':1000001}",
                400,
                "OUT_OF_RANGE",
                "/reward_cap_ppm");
        add(cases, keys, JSON, "{'id':'x','merchant_id':'m1','role':'root'}", 400, "INVALID_VALUE", "/role");
        add(cases, keys, JSON, "{'id':'x','merchant_id':'m2','role':'read'}", 403, "ROLE_FORBIDS", null);
        return cases;
    }

    static List<Bad> paths() {
        final List<Bad> cases = new ArrayList<>();
        for (final String[] at : new String[][] {
            {"GET", "/v1/nothing", "404", "ROUTE_UNKNOWN", null},
            {"GET", "/", "404", "ROUTE_UNKNOWN", null},
            {"GET", "/v1/pools/", "400", "INVALID_ID", null},
            {"GET", "/v1/pools/" + ID_65, "400", "INVALID_ID", null},
            {"GET", "/v1/pools/a%20b", "400", "INVALID_ID", null},
            {"GET", "/v1/pools/%zz", "400", "INVALID_ID", null},
            {"GET", "/v1/pools/u1?x=1", "400", "PARAMETER_INVALID", "x"},
            {"GET", "/v1/pools/u1?min_sequence=-1", "400", "PARAMETER_INVALID", "min_sequence"},
            {"GET", "/v1/pools/nobody", "404", "MEMBER_UNKNOWN", null},
            {"GET", "/v1/campaigns/unknown", "404", "CAMPAIGN_UNKNOWN", null},
            {"GET", "/v1/campaigns?limit=0", "400", "PARAMETER_INVALID", "limit"},
            {"GET", "/v1/campaigns?limit=1001", "400", "PARAMETER_INVALID", "limit"},
            {"GET", "/v1/campaigns?limit=1&limit=2", "400", "PARAMETER_INVALID", "limit"},
            {"GET", "/v1/payments", "405", "METHOD_NOT_ALLOWED", null},
            {"PUT", "/v1/pools/u1", "405", "METHOD_NOT_ALLOWED", null},
            {"DELETE", "/v1/keys/none?merchant_id=m%202", "400", "PARAMETER_INVALID", "merchant_id"},
            {"DELETE", "/v1/keys/k1?merchant_id=m2", "403", "ROLE_FORBIDS", null},
            {"POST", "/v1/events?answers=some", "400", "PARAMETER_INVALID", "answers"},
        }) {
            cases.add(
                    new Bad(at[0], at[1], "application/x-ndjson", new byte[0], Integer.parseInt(at[2]), at[3], at[4]));
        }
        cases.add(new Bad(
                "POST",
                "/v1/events",
                JSON,
                "{}".getBytes(StandardCharsets.UTF_8),
                415,
                "UNSUPPORTED_MEDIA_TYPE",
                "Content-Type"));
        return cases;
    }

    private static void amount(
            final List<Bad> cases,
            final String path,
            final String good,
            final String at,
            final String with,
            final String[] wrong,
            final String pointer) {
        assertTrue(good.contains(at), at);
        final String body = good.replaceFirst(Pattern.quote(at), with.formatted(wrong[0]));
        add(cases, new String[] {"POST", path}, JSON, body, 400, wrong[1], pointer);
    }

    private static void add(
            final List<Bad> cases,
            final String[] route,
            final String type,
            final String body,
            final int status,
            final String code,
            final String pointer) {
        final byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        cases.add(new Bad(route[0], route[1], type, bytes, status, code, pointer));
    }
}
