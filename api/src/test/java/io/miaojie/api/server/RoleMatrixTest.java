package io.miaojie.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.edge.EdgeLimits;
import io.miaojie.api.edge.GuessLimits;
import io.miaojie.api.support.Caller;
import io.miaojie.api.support.Contract;
import io.miaojie.api.support.RawConnection;
import io.miaojie.api.support.RealServer;
import io.miaojie.api.support.TestServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation of the contract with every sort of key, on what is its merchant's and what is another's. Requests are
 * the contract's own examples, so a new operation is in the matrix as soon as it is in the contract.
 */
@Tag("postgres")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RoleMatrixTest {
    private static final Contract CONTRACT = Contract.read();
    private static final List<String> ROLES = List.of("read", "ingest", "operate", "admin");

    /** What a place in a path stands for, by the segment before it: an id out of the examples. */
    private static final Map<String, String> IN_PATHS = Map.of(
            "keys", "victim",
            "campaigns", "tea-3",
            "actions", "restock",
            "instances", "O1",
            "orders", "O1",
            "members", "u88",
            "withdrawals", "w1",
            "pools", "u88",
            "s", "none");

    private static final Map<String, String> IN_QUERIES = Map.of("currency", "CNY", "wait_s", "0");

    /** Lists of a foreign object, which say that there is nothing; everything else is 404. */
    private static final Map<String, String> OF_FOREIGN = Map.of(
            "GET /v1/campaigns/{id}/demand", "demand",
            "GET /v1/campaigns/{id}/instances", "instances",
            "GET /v1/members/{id}/referrals", "referrals",
            "GET /v1/pools/{member_id}/entries", "entries");

    @TempDir
    private static Path directory;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, Caller> callers = new TreeMap<>();
    private RealServer server;
    private Caller foreign;

    /** One answer; of a stream, which has no end, no body. */
    private record Heard(int status, String body) {
        String code() {
            return new JsonObject(body).getString("code");
        }

        /** Returns the only list of the answer and what is in it, else the whole answer. */
        String list() {
            final JsonObject object = new JsonObject(body);
            return object.fieldNames().stream()
                    .filter(name -> object.getValue(name) instanceof JsonArray)
                    .map(name -> name + "=" + object.getJsonArray(name).encode())
                    .collect(Collectors.collectingAndThen(
                            Collectors.joining("+"), lists -> lists.contains("+") || lists.isEmpty() ? body : lists));
        }
    }

    @BeforeAll
    void openTwoShopsAndLetOneTellItsStory() {
        server = RealServer.sandbox(
                directory, EdgeLimits.defaults().withGuesses(new GuessLimits(Integer.MAX_VALUE, 1, 10)));
        final Caller node = server.node();
        for (final String merchant : List.of("m1", "m2")) {
            TestServer.expect(200, node.post("/v1/merchants", "{'id':'" + merchant + "','name':'Tea'}"));
        }
        ROLES.forEach(role -> callers.put(role, server.key("m1", "k-" + role, role)));
        callers.put("revoked", server.key("m1", "k-gone", "admin"));
        TestServer.expect(200, node.delete("/v1/keys/k-gone?merchant_id=m1"));
        callers.put("none", node.with(null));
        callers.put("garbage", node.with("mj_" + "x".repeat(43)));
        callers.put("node", node);
        foreign = server.key("m2", "k-foreign", "admin");
        server.key("m1", "victim", "read");
        tell("POST /v1/campaigns", "POST /v1/members");
        TestServer.expect(
                200,
                callers.get("admin")
                        .post(
                                "/v1/adjustments",
                                "{'id':'a1','member_id':'u88','bucket':'withdrawable','amount':500,'currency':'CNY',"
                                        + "'reason':'opening','actor':'anna'}"));
        tell("POST /v1/orders", "POST /v1/payments", "POST /v1/link-targets", "POST /v1/withdrawals");
    }

    private void tell(final String... operations) {
        for (final String operation : operations) {
            final Heard heard = send(callers.get("admin"), operation, "");
            assertEquals(200, heard.status, operation + heard.body);
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void whoMayNotIsToldSoAndNothingIsWritten() {
        final long before = server.writeCount();
        int refusedCount = 0;
        for (final String operation : CONTRACT.operations()) {
            final Set<String> roles = CONTRACT.roles(operation);
            for (final Map.Entry<String, Caller> caller : callers.entrySet()) {
                final String refusal = roles.isEmpty() ? null : refusal(caller.getKey(), roles);
                if (refusal != null) {
                    final Heard heard = send(caller.getValue(), operation, "");
                    assertEquals(refusal, heard.status + " " + heard.code(), () -> caller.getKey() + " " + operation);
                    refusedCount++;
                }
            }
        }
        assertEquals(before, server.writeCount());
        assertTrue(refusedCount > 250, "refusedCount=" + refusedCount);
    }

    @Test
    @Order(2)
    void whatIsAnotherMerchantsIsNotFoundAndStaysAsItIs() {
        final String before = view(callers.get("admin"));
        final Map<String, String> told = new TreeMap<>();
        for (final String operation : CONTRACT.operations()) {
            if (!CONTRACT.roles(operation).isEmpty() && operation.contains("{")) {
                final Heard heard = send(foreign, operation, "-foreign" + told.size());
                told.put(operation, heard.status + " " + (heard.status == 404 ? "" : heard.list()));
            }
        }
        told.values().removeIf("404 "::equals);
        OF_FOREIGN.forEach((operation, list) -> assertEquals("200 " + list + "=[]", told.remove(operation), operation));
        assertEquals(Map.of(), told);
        for (final String operation : CONTRACT.operations()) {
            if (!CONTRACT.roles(operation).isEmpty() && !operation.equals("POST /v1/sandbox/clock")) {
                final Heard heard = send(foreign, operation, "-foreign");
                assertTrue(heard.status < 500, operation + heard.body);
            }
        }
        assertEquals(403, foreign.delete("/v1/keys/victim?merchant_id=m1").statusCode());
        assertEquals(before, view(callers.get("admin")));
    }

    @Test
    @Order(3)
    void whoMayIsNeverToldThatItMayNot() {
        for (final String operation : CONTRACT.operations()) {
            for (final Map.Entry<String, Caller> caller : callers.entrySet()) {
                if (CONTRACT.roles(operation).contains(caller.getKey())
                        || CONTRACT.roles(operation).isEmpty()) {
                    final Heard heard = send(caller.getValue(), operation, "-" + caller.getKey());
                    assertTrue(heard.status < 500, operation + heard.body);
                    assertTrue(heard.status != 401 && heard.status != 403, caller.getKey() + operation + heard.body);
                }
            }
        }
    }

    /** The key is checked with the head; what arrives later is held to it once more, in the order of the log. */
    @Test
    @Order(4)
    void aWriteWhoseBodyArrivesAfterTheRevocationIsNotTaken() throws IOException {
        final Caller late = server.key("m1", "k-late", "ingest");
        final byte[] body = "{\"id\":\"d9\",\"order_id\":\"O1\"}".getBytes(StandardCharsets.US_ASCII);
        try (RawConnection connection = new RawConnection(server.port(), late.secret())) {
            connection.write(connection
                    .head("POST", "/v1/deliveries", "application/json", body.length)
                    .getBytes(StandardCharsets.US_ASCII));
            TestServer.expect(200, server.node().delete("/v1/keys/k-late?merchant_id=m1"));
            connection.write(body);
            final RawConnection.Response response = connection.read();
            assertEquals(403, response.status(), response.body());
            assertEquals("KEY_REVOKED", new JsonObject(response.body()).getString("code"));
        }
    }

    private static String refusal(final String caller, final Set<String> roles) {
        return switch (caller) {
            case "none" -> "401 KEY_MISSING";
            case "garbage", "revoked" -> "401 KEY_INVALID";
            default -> roles.contains(caller) ? null : "403 ROLE_FORBIDS";
        };
    }

    /** Everything that a merchant can read of itself, without what moves when others write. */
    private String view(final Caller caller) {
        final List<String> view = new ArrayList<>();
        for (final String operation : CONTRACT.operations()) {
            if (operation.startsWith("GET /v1") && !operation.equals("GET /v1/stream")) {
                final Heard heard = send(caller, operation, "");
                final JsonObject body = new JsonObject(heard.body);
                Stream.of("as_of_sequence", "next", "next_cursor", "request_id").forEach(body::remove);
                view.add(operation + " " + heard.status + " " + body.encodePrettily());
            }
        }
        assertTrue(view.stream().filter(line -> line.contains(" 200 {")).count() > 15, view.toString());
        return String.join("\n", view);
    }

    private Heard send(final Caller caller, final String operation, final String suffix) {
        final String[] parts = operation.split(" ");
        final Object example = CONTRACT.request(operation);
        final HttpRequest.Builder request = caller.request(path(parts[1]) + query(operation));
        if (example == null) {
            request.method(parts[0], HttpRequest.BodyPublishers.noBody());
        } else {
            final String type = parts[1].equals("/v1/events") ? "application/x-ndjson" : "application/json";
            request.header("Content-Type", type)
                    .method(parts[0], HttpRequest.BodyPublishers.ofString(body(example, suffix)));
        }
        try {
            final HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                final boolean isStream = parts[1].equals("/v1/stream") && response.statusCode() == 200;
                return new Heard(
                        response.statusCode(), isStream ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (final IOException | InterruptedException e) {
            throw new IllegalStateException(operation, e);
        }
    }

    private static String body(final Object example, final String suffix) {
        final JsonObject body = ((JsonObject) example).copy();
        return body.put("id", body.getString("id") + suffix).encode();
    }

    private static String path(final String path) {
        final String[] segments = path.split("/");
        for (int i = 1; i < segments.length; i++) {
            if (segments[i].startsWith("{")) {
                segments[i] = IN_PATHS.get(segments[i - 1]);
            }
        }
        return String.join("/", segments);
    }

    private String query(final String operation) {
        final JsonArray parameters = CONTRACT.operation(operation).getJsonArray("parameters", new JsonArray());
        return parameters.stream()
                .map(entry -> CONTRACT.resolved((JsonObject) entry))
                .filter(parameter -> "query".equals(parameter.getString("in")))
                .map(parameter -> parameter.getString("name"))
                .filter(name -> IN_QUERIES.containsKey(name) || name.equals("min_sequence"))
                .map(name -> name + "=" + IN_QUERIES.getOrDefault(name, Long.toString(server.lastSequence())))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining("&"), text -> text.isEmpty() ? "" : "?" + text));
    }
}
