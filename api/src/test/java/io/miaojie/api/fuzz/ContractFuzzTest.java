package io.miaojie.api.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.edge.EdgeLimits;
import io.miaojie.api.support.Caller;
import io.miaojie.api.support.Contract;
import io.miaojie.api.support.RealServer;
import io.miaojie.api.support.TestServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
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
 * Every operation of the contract, with paths, queries, headers and bodies that are right or almost so, in one story
 * against a real server: it always answers, never with a fault of its own; a refusal that names no record has left
 * none, and a read leaves none. The long pass is {@code -Dfuzz.requests=1000000}, another story {@code -Dfuzz.seed=2}.
 */
@Tag("postgres")
@Timeout(3_600)
class ContractFuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 3_000);
    private static final Contract CONTRACT = Contract.read();
    private static final int REFUSED = 400;

    /** A longer body is cut: beyond 64 MiB nobody is answered, the connection ends. */
    private static final int BODY_MAX = 32 << 20;

    /** One answer; of a stream, which has no end, no body. */
    private record Heard(int status, boolean namesRecord, String body) {
        /** Tells whether a table is full, as some are in a long story. */
        boolean isFull() {
            return status == 503 && body.contains("_FULL\"");
        }
    }

    @TempDir
    private static Path directory;

    private final Map<Integer, Integer> answers = new TreeMap<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void noRequestMakesAFault() {
        final Random random = new Random(SEED);
        final BodyMaker bodies = new BodyMaker(CONTRACT, random);
        final HeadMaker heads = new HeadMaker(CONTRACT, bodies, random);
        final List<String> operations = CONTRACT.operations().stream().sorted().toList();
        try (RealServer server = RealServer.sandbox(directory, EdgeLimits.defaults())) {
            TestServer.expect(200, server.node().post("/v1/merchants", "{'id':'m1','name':'Tea'}"));
            final Caller shop = server.key("m1", "k1", "admin");
            for (int i = 0; i < REQUESTS; i++) {
                final String operation = operations.get(random.nextInt(operations.size()));
                final Caller caller = CONTRACT.roles(operation).contains("admin") ? shop : server.node();
                final String whole = CONTRACT.request(operation) == null ? "" : bodies.body(operation);
                final String body = whole.substring(0, Math.min(BODY_MAX, whole.length()));
                final String path = heads.path(operation);
                final HttpRequest.Builder request = request(caller, operation, path, body);
                heads.addHeaders(request);
                final long before = server.writeCount();
                final String asked = "seed=" + SEED + " request=" + i + " " + operation + " " + path + "\n"
                        + body.substring(0, Math.min(2_000, body.length()));
                final Heard heard = send(request.build(), asked);
                answers.merge(heard.status, 1, Integer::sum);
                final String what = asked + "\n-> " + heard;
                assertTrue(heard.status < 500 || heard.isFull(), what);
                if (heard.status >= REFUSED) {
                    assertTrue(new JsonObject(heard.body).containsKey("code"), what);
                }
                if (isReadAlone(operation) || heard.isFull() || heard.status >= REFUSED && !heard.namesRecord) {
                    assertEquals(before, server.writeCount(), what);
                }
            }
            TestServer.expect(200, server.node().get("/health/ready"));
        }
        assertTrue(answers.get(200) > REQUESTS / 50 && answers.get(400) > REQUESTS / 10, "one-sided: " + answers);
    }

    /** A short link that is followed leaves a touch. */
    private static boolean isReadAlone(final String operation) {
        return operation.startsWith("GET ") && !operation.startsWith("GET /s/");
    }

    private Heard send(final HttpRequest request, final String asked) {
        try {
            final HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            final boolean isStream = response.headers()
                    .firstValue("Content-Type")
                    .filter(type -> type.startsWith("text/event-stream"))
                    .isPresent();
            try (InputStream body = response.body()) {
                return new Heard(
                        response.statusCode(),
                        response.headers().firstValue("Miaojie-Sequence").isPresent(),
                        isStream ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (final IOException | InterruptedException noAnswer) {
            throw new AssertionError(asked, noAnswer);
        }
    }

    private static HttpRequest.Builder request(
            final Caller caller, final String operation, final String path, final String body) {
        final HttpRequest.Builder request = caller.request(path);
        if (!body.isEmpty()) {
            request.header("Content-Type", path.startsWith("/v1/events") ? "application/x-ndjson" : "application/json");
        }
        return request.method(operation.split(" ")[0], BodyPublishers.ofString(body));
    }
}
