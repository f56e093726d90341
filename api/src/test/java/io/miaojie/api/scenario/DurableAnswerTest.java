package io.miaojie.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.client.ApiClient;
import io.miaojie.api.support.PostgresApart;
import io.miaojie.api.support.ServerProcess;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the kernel saw: between the request of a payment and its answer stands a force that returned; and when the
 * device refuses a force, the payment is never answered as decided. Postgres stands apart: its forces are not traced,
 * so none is taken for one of the journal's, and none is refused.
 */
@Tag("strace")
@Tag("postgres")
@EnabledIf("straceIsInstalled")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DurableAnswerTest {
    private static final int PAYMENTS = 20;
    private static final Pattern FORCED = Pattern.compile("fdatasync(\\(\\d+\\)| resumed>\\)).*= 0$");

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    private Path directory;

    private PostgresApart postgres;

    @BeforeEach
    void open() {
        postgres = new PostgresApart(directory.resolve("postgres"));
    }

    @AfterEach
    void close() {
        vertx.close().await();
        postgres.close();
    }

    static boolean straceIsInstalled() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "strace")));
    }

    @Test
    void eachAnswerFollowsAReturnedForce() throws Exception {
        final Path trace = directory.resolve("trace");
        final Pattern ended;
        try (ServerProcess server = serve(List.of(
                "strace",
                "-D",
                "-f",
                "-s",
                "600",
                "-e",
                "trace=read,recvfrom,write,writev,sendto,sendmsg,fdatasync",
                "-o",
                trace.toString()))) {
            final ApiClient client = openShop(server);
            for (int i = 0; i < PAYMENTS; i++) {
                client.post("/v1/payments", payment(i)).expectOk();
            }
            ended = Pattern.compile("(?m)^" + server.pid() + " +\\+\\+\\+ exited with 0");
        }
        await(() -> ended.matcher(Files.readString(trace, StandardCharsets.ISO_8859_1))
                .find());
        final List<String> calls = Files.readAllLines(trace, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < PAYMENTS; i++) {
            final int request = indexOf(calls, 0, "\\\"id\\\":\\\"traced-" + i + "\\\"", "POST /v1/payments");
            final int answer = indexOf(calls, request + 1, "HTTP/1.1 200 OK", "Miaojie-Sequence");
            final long forces = calls.subList(request, answer).stream()
                    .filter(call -> FORCED.matcher(call).find())
                    .count();
            assertTrue(forces >= 1, "no returned force between request and answer of payment " + i);
        }
    }

    @Test
    void noAnswerRestsOnAForceThatFailed() {
        final ServerProcess server = serve(List.of(
                "strace",
                "-D",
                "-f",
                "-o",
                directory.resolve("trace").toString(),
                "-e",
                "trace=fdatasync",
                "-e",
                "inject=fdatasync:error=EIO:when=12+"));
        final ApiClient client = openShop(server);
        int answered = 0;
        boolean refused = false;
        for (int i = 0; i < PAYMENTS && !refused; i++) {
            try {
                refused = client.post("/v1/payments", payment(i)).status() != 200;
                answered += refused ? 0 : 1;
            } catch (final io.miaojie.api.client.ServerUnavailableException e) {
                refused = true;
            }
        }
        assertTrue(refused, "all payments were answered although the device refused to force");
        assertEquals(1, server.awaitExit(), server::output);
        assertTrue(server.output().contains("Input/output error"), server::output);
        final int expected = answered;
        try (ServerProcess again = serve(List.of())) {
            final ApiClient sender = new ApiClient(vertx, again.uri(), null, 1).withKey(key);
            for (int i = 0; i < expected; i++) {
                assertTrue(sender.post("/v1/payments", payment(i)).replayed(), "answered payment was lost: " + i);
            }
        }
    }

    private String key;

    private ServerProcess serve(final List<String> prefix) {
        return ServerProcess.serve(
                prefix, directory.resolve("data"), ServerProcess.freePort(), "--postgres-uri", postgres.uri());
    }

    private ApiClient openShop(final ServerProcess server) {
        final ApiClient admin = new ApiClient(vertx, server.uri(), ServerProcess.ADMIN_KEY, 1);
        admin.post("/v1/merchants", new JsonObject().put("id", "shop").put("name", "Shop"))
                .expectOk();
        key = admin.post(
                        "/v1/keys",
                        new JsonObject()
                                .put("id", "k1")
                                .put("merchant_id", "shop")
                                .put("role", "operate"))
                .expectOk()
                .getString("secret");
        return admin.withKey(key);
    }

    private final String paidAt = java.time.Instant.now().toString();

    private JsonObject payment(final int index) {
        return new JsonObject()
                .put("id", "traced-" + index)
                .put("order_id", "order-" + index)
                .put("member_id", "member")
                .put("amount", 100)
                .put("currency", "CNY")
                .put("paid_at", paidAt);
    }

    /** The tracer writes its last lines when its tracee is gone. */
    private static void await(final Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the tracer did not finish");
            }
        }
    }

    private static int indexOf(final List<String> calls, final int from, final String... parts) {
        for (int i = from; i < calls.size(); i++) {
            if (Stream.of(parts).allMatch(calls.get(i)::contains)) {
                return i;
            }
        }
        throw new AssertionError("no call with " + List.of(parts));
    }
}
