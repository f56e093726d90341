package io.miaojie.api.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.problem.EdgeCode;
import io.miaojie.api.support.Caller;
import io.miaojie.api.support.Contract;
import io.miaojie.api.support.TestServer;
import io.miaojie.wire.CodeCategory;
import io.miaojie.wire.ResultCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract and the server say the same: every route, parameter, example, code, and every answer. */
@Timeout(60)
class ContractTest {
    /** HTTP never answers these: what exists under an id has bound the id, so another such write is ID_REUSED. */
    private static final Set<ResultCode> NEVER_ANSWERED = Set.of(
            ResultCode.NEEDS_HISTORY,
            ResultCode.SHARD_OPENED_ALREADY,
            ResultCode.SHARD_NOT_OPENED,
            ResultCode.ENTRY_UNKNOWN,
            ResultCode.MERCHANT_EXISTS,
            ResultCode.KEY_EXISTS,
            ResultCode.CAMPAIGN_EXISTS,
            ResultCode.TARGET_EXISTS,
            ResultCode.WITHDRAWAL_EXISTS);

    private static final Contract CONTRACT = Contract.read();
    private static final List<Route> ROUTES = new Routes(null).all();

    @Test
    void everyRouteIsInTheContractAndNothingElseIs() {
        assertEquals(
                ROUTES.stream()
                        .map(route -> route.method() + " " + route.path())
                        .collect(Collectors.toCollection(TreeSet::new)),
                new TreeSet<>(CONTRACT.operations()));
    }

    @Test
    void everyRouteTakesTheParametersOfTheContract() {
        for (final Route route : ROUTES) {
            assertEquals(
                    new TreeSet<>(route.parameters()),
                    parameters(route.method() + " " + route.path()),
                    route.method() + " " + route.path());
        }
    }

    /** An operation that names no roles fails here: the contract has no default. */
    @Test
    void everyRouteTakesTheRolesOfTheContract() {
        for (final Route route : ROUTES) {
            final String operation = route.method() + " " + route.path();
            assertEquals(route.access().roleNames(), CONTRACT.roles(operation), operation);
        }
    }

    static Stream<Contract.Example> examples() {
        return CONTRACT.examples().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleHoldsAgainstItsSchema(final Contract.Example example) {
        assertEquals("", CONTRACT.faults(example.schema(), example.value()), example.place());
    }

    /** Generators take an integer without a format for 32 bits. */
    @Test
    void everySequenceAndAmountSaysThatItMayPass32Bits() {
        final List<String> short32 = new ArrayList<>();
        int checkedCount = 0;
        for (final String name : CONTRACT.names("schemas")) {
            final JsonObject schema = CONTRACT.component("schemas", name);
            for (final Map.Entry<String, Object> field : schema.getJsonObject("properties", new JsonObject())) {
                final JsonObject type = (JsonObject) field.getValue();
                if (field.getKey().endsWith("sequence") && "integer".equals(type.getString("type"))) {
                    checkedCount++;
                    if (!"int64".equals(type.getString("format"))) {
                        short32.add(name + "." + field.getKey());
                    }
                }
            }
        }
        assertEquals(List.of(), short32);
        assertTrue(checkedCount >= 3, "checkedCount=" + checkedCount);
        assertEquals("int64", CONTRACT.component("schemas", "Amount").getString("format"));
    }

    @Test
    void theSchemasRefuseWhatTheyShould() {
        final JsonObject payment = new JsonObject("{\"$ref\":\"#/components/schemas/NewPayment\"}");
        assertNotEquals("", CONTRACT.faults(payment, new JsonObject("{\"id\":\"p1\"}")));
        assertTrue(
                CONTRACT.examples().size() >= 30,
                "examples " + CONTRACT.examples().size());
    }

    @Test
    void everyCodeThatRefusesIsInTheContract() {
        final Set<String> told = new HashSet<>();
        CONTRACT.component("schemas", "Code").getJsonArray("examples").forEach(code -> told.add((String) code));
        for (final EdgeCode code : EdgeCode.values()) {
            assertTrue(told.contains(code.name()), code.name());
        }
        for (final ResultCode code : ResultCode.values()) {
            if (code.category() != CodeCategory.DONE) {
                assertEquals(!NEVER_ANSWERED.contains(code), told.contains(code.name()), code.name());
            }
        }
    }

    @Test
    void everyAnswerHoldsAgainstTheContract() {
        try (TestServer server = TestServer.start()) {
            final Caller node = server.node();
            check("POST /v1/merchants", node.post("/v1/merchants", "{'id':'m1','name':'Tea House'}"));
            final HttpResponse<String> key = node.post("/v1/keys", "{'id':'k1','merchant_id':'m1','role':'admin'}");
            check("POST /v1/keys", key);
            final Caller admin = node.with(new JsonObject(key.body()).getString("secret"));
            check("GET /v1/campaign-kinds", admin.get("/v1/campaign-kinds"));
            check(
                    "POST /v1/campaigns",
                    admin.post(
                            "/v1/campaigns",
                            """
                    {'id':'c1','kind':'purchase-rebate','currency':'CNY','funder':'seller:s1','stores':['s1'],
                     'terms':{'tiers':[{'from_amount':0,'rate_ppm':1},{'from_amount':9,'fixed_amount':2}],
                     'skus':['\\u8336']},'budget':{'amount':5,'per_day':4},'metadata':{'a':[1.50,null]},
                     'starts_at':'2026-01-01T00:00:00+08:00','ends_at':'2026-01-02T00:00:00.5+08:00'}"""));
            check("PATCH /v1/campaigns/{id}", admin.patch("/v1/campaigns/c1", "{'id':'r1','terms':{'rate_ppm':5}}"));
            check("POST /v1/campaigns/{id}/pause", admin.post("/v1/campaigns/c1/pause", "{'id':'r2'}"));
            check("POST /v1/campaigns/{id}/activate", admin.post("/v1/campaigns/c1/activate", "{'id':'r3'}"));
            check("GET /v1/campaigns", admin.get("/v1/campaigns"));
            check("GET /v1/campaigns/{id}", admin.get("/v1/campaigns/c1"));
            final String payment = "{'id':'p1','order_id':'o1','member_id':'u1','amount':5,'currency':'CNY',"
                    + "'paid_at':'2026-01-01T00:00:00Z'}";
            check("POST /v1/payments", admin.post("/v1/payments", payment));
            check(
                    "POST /v1/payments",
                    admin.post("/v1/payments", payment.replace("p1", "p2").replace("u1", "u2")));
            check("GET /v1/pools/{member_id}", admin.get("/v1/pools/u1"));
            checkMoney(admin);
            final String event = payment.replace("{", "{'type':'payment',");
            for (final String line : admin.events("", event + "\n{}\n").body().split("\n")) {
                check("POST /v1/events", line);
            }
            check("GET /v1/audit", node.get("/v1/audit"));
            check("GET /v1/outcomes", admin.get("/v1/outcomes?wait_s=0"));
            check("POST /v1/campaigns/{id}/close", admin.post("/v1/campaigns/c1/close", "{'id':'r4'}"));
            check("DELETE /v1/keys/{id}", admin.delete("/v1/keys/k1"));
            check("GET /health/live", node.get("/health/live"));
            check("GET /health/ready", node.get("/health/ready"));
            final HttpResponse<String> refused = admin.get("/v1/pools/u1");
            assertEquals("", CONTRACT.faults(problem(), new JsonObject(refused.body())));
        }
    }

    private static void checkMoney(final Caller admin) {
        for (final String[] write : new String[][] {
            {
                "POST /v1/orders",
                "{'id':'O2','member_id':'u1','currency':'CNY','pool_spend':3,'lines':[{'line_id':'1','sku':'A',"
                        + "'quantity':2,'unit_price':5}]}"
            },
            {"POST /v1/orders/{id}/cancel", "{'id':'r1'}"},
            {"POST /v1/orders/{id}/after-sale", "{'id':'r1','state':'OPEN'}"},
            {"POST /v1/refunds", "{'id':'r1','order_id':'o1','amount':1,'currency':'CNY'}"},
            {"POST /v1/deliveries", "{'id':'d1','order_id':'o1'}"},
            {"POST /v1/members", "{'id':'u1','identities':[{'type':'phone','value':'+86 1'}],'roles':['koc']}"},
            {"PUT /v1/members/{id}/referrer", "{'id':'r1','referrer_id':null,'actor':'anna'}"},
            {"POST /v1/link-targets", "{'id':'t1','url':'https://shop.example/tea?x=1'}"},
            {"POST /v1/share-links", "{'id':'l1','owner_id':'u1','target':'t1'}"},
            {"POST /v1/touches", "{'id':'t1','token':'abc','visitor_id':'v1'}"},
            {"POST /v1/withdrawals", "{'id':'w1','member_id':'u1','amount':1,'currency':'CNY','method':'wechat'}"},
            {"POST /v1/withdrawals/{id}/decision", "{'id':'r1','decision':'approve','actor':'anna'}"},
            {"POST /v1/withdrawals/{id}/submit", "{'id':'r1'}"},
            {"POST /v1/withdrawals/{id}/channel-result", "{'id':'r1','channel_state':'SUCCESS'}"},
            {
                "POST /v1/adjustments",
                "{'id':'a1','member_id':'u1','bucket':'pending','amount':-1,'currency':'CNY','reason':'x','actor':'a'}"
            },
            {"POST /v1/fundings", "{'id':'f1','funder':'seller:m7','amount':1,'currency':'CNY','mode':'prepaid'}"},
            {"POST /v1/payout-terms", "{'id':'pt1','currency':'CNY','fee_ppm':6000,'actor':'anna'}"},
            {"POST /v1/sandbox/clock", "{'id':'k1','advance':'PT24H'}"},
            {"PUT /v1/risk-rules", "{'id':'r1','actor':'anna','rules':[]}"},
            {"POST /v1/orders/{id}/review", "{'id':'v1','verdict':'reject','actor':'anna','reason':'x'}"}
        }) {
            final String[] route = write[0].split(" ");
            final String path = route[1].replace("{id}", "x1");
            check(write[0], route[0].equals("PUT") ? admin.put(path, write[1]) : admin.post(path, write[1]));
        }
        check("GET /v1/orders/{id}", admin.get("/v1/orders/o1"));
        check("GET /v1/members/{id}", admin.get("/v1/members/u1"));
        check("GET /v1/withdrawals/{id}", admin.get("/v1/withdrawals/w1"));
        check("GET /v1/accounts", admin.get("/v1/accounts"));
        check("GET /v1/accounts", admin.get("/v1/accounts?cursor=1&limit=1"));
        check("GET /v1/risk-rules", admin.get("/v1/risk-rules?min_sequence=1"));
        check("GET /v1/pools/{member_id}/entries", admin.get("/v1/pools/u1/entries?currency=CNY"));
        check("GET /v1/orders/{id}/timeline", admin.get("/v1/orders/o1/timeline?order=oldest"));
        check("GET /v1/refund-orders", admin.get("/v1/refund-orders?state=OPEN&limit=1&cursor=1.0"));
        check("GET /v1/discrepancies", admin.get("/v1/discrepancies?code=LINES_MISMATCH"));
        check("GET /v1/withdrawals", admin.get("/v1/withdrawals?state=REQUESTED"));
        check("GET /v1/members/{id}/referrals", admin.get("/v1/members/u7/referrals?min_sequence=1"));
    }

    private static void check(final String operation, final HttpResponse<String> response) {
        TestServer.expect(200, response);
        check(operation, response.body());
    }

    private static void check(final String operation, final String body) {
        assertEquals("", CONTRACT.faults(CONTRACT.answerSchema(operation), new JsonObject(body)), operation + body);
    }

    private static JsonObject problem() {
        return new JsonObject("{\"$ref\":\"#/components/schemas/Problem\"}");
    }

    private static Set<String> parameters(final String operation) {
        final Set<String> names = new TreeSet<>();
        final JsonArray parameters = CONTRACT.operation(operation).getJsonArray("parameters", new JsonArray());
        for (int i = 0; i < parameters.size(); i++) {
            final JsonObject parameter = CONTRACT.resolved(parameters.getJsonObject(i));
            if ("query".equals(parameter.getString("in"))) {
                names.add(parameter.getString("name"));
            }
        }
        return names;
    }
}
