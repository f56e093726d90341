package io.miaojie.api.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.edge.EdgeLimits;
import io.miaojie.api.support.Caller;
import io.miaojie.api.support.Contract;
import io.miaojie.api.support.RealServer;
import io.miaojie.api.support.TestServer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every write of the contract, with bodies that are right or almost so, in one story against a real server: it always
 * answers, never with a fault of its own, and what the edge refuses leaves no record. The long pass is
 * {@code -Dfuzz.requests=1000000}, another story {@code -Dfuzz.seed=2}.
 */
@Tag("postgres")
@Timeout(3_600)
class ContractFuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 3_000);
    private static final Contract CONTRACT = Contract.read();
    private static final int REFUSED_BY_THE_EDGE = 400;

    @TempDir
    private static Path directory;

    private final Map<Integer, Integer> answers = new TreeMap<>();

    @Test
    void noBodyMakesAFault() {
        final Random random = new Random(SEED);
        final BodyMaker bodies = new BodyMaker(CONTRACT, random);
        final List<String> operations = CONTRACT.operations().stream()
                .filter(operation -> CONTRACT.request(operation) != null)
                .sorted()
                .toList();
        try (RealServer server = RealServer.sandbox(directory, EdgeLimits.defaults())) {
            TestServer.expect(200, server.node().post("/v1/merchants", "{'id':'m1','name':'Tea'}"));
            final Caller shop = server.key("m1", "k1", "admin");
            for (int i = 0; i < REQUESTS; i++) {
                final String operation = operations.get(random.nextInt(operations.size()));
                final Caller caller = CONTRACT.roles(operation).contains("admin") ? shop : server.node();
                final String body = bodies.body(operation);
                final String path = path(operation.split(" ")[1], bodies);
                final long before = server.writeCount();
                final HttpResponse<String> response = send(caller, operation, path, body);
                final String what = "seed=" + SEED + " request=" + i + " " + operation + " " + path + "\n"
                        + body.substring(0, Math.min(2_000, body.length())) + "\n-> " + response.statusCode()
                        + response.body();
                answers.merge(response.statusCode(), 1, Integer::sum);
                assertTrue(response.statusCode() < 500, what);
                if (response.statusCode() == REFUSED_BY_THE_EDGE) {
                    assertTrue(new JsonObject(response.body()).containsKey("code"), what);
                    assertEquals(before, server.writeCount(), what);
                }
            }
            TestServer.expect(200, server.node().get("/health/ready"));
        }
        assertTrue(answers.get(200) > REQUESTS / 50 && answers.get(400) > REQUESTS / 10, "one-sided: " + answers);
    }

    private static HttpResponse<String> send(
            final Caller caller, final String operation, final String path, final String body) {
        final String type = path.equals("/v1/events") ? "application/x-ndjson" : "application/json";
        return caller.send(caller.request(path)
                .header("Content-Type", type)
                .method(operation.split(" ")[0], BodyPublishers.ofString(body)));
    }

    private static String path(final String path, final BodyMaker bodies) {
        final StringBuilder filled = new StringBuilder();
        for (final String segment : path.substring(1).split("/")) {
            filled.append('/').append(segment.startsWith("{") ? bodies.id() : segment);
        }
        return filled.toString();
    }
}
