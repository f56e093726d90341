package io.miaojie.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.support.Caller;
import io.miaojie.api.support.ServerProcess;
import io.miaojie.api.support.SseConnection;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the journal no longer keeps is answered, told, streamed and verified as if it did. */
@Tag("postgres")
@Timeout(300)
class OldHistoryTest {
    private static final int PAYMENTS = 20;
    private static final int EVENTS_OF_SHOP = 3;

    private final int port = ServerProcess.freePort();
    private final List<String> answers = new ArrayList<>();
    private Caller shop;

    @TempDir
    private Path directory;

    @Test
    void whatHasLeftTheJournalIsStillThere() throws IOException, InterruptedException {
        final List<Object> told = new ArrayList<>();
        serving(() -> {
            open();
            pay(1);
            told.addAll(events());
        });
        assertEquals(EVENTS_OF_SHOP + PAYMENTS, told.size());
        serving(() -> pay(4));
        serving(() -> pay(7));
        assertTrue(Files.exists(firstFile()));
        serving(() -> readBack(told));
        final Process verify = ServerProcess.start(List.of(), "verify", "--data-dir", directory.toString());
        final String output = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, verify.waitFor(), output);
        assertTrue(output.contains("those before are in Postgres"), output);
        assertFalse(Files.exists(firstFile()));
    }

    private void readBack(final List<Object> told) throws IOException {
        while (Files.exists(firstFile())) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < PAYMENTS; i++) {
            final HttpResponse<String> repeat = shop.post("/v1/payments", payment(1, i));
            assertEquals(
                    "true", repeat.headers().firstValue("Idempotent-Replayed").orElse(""));
            assertEquals(answers.get(i), repeat.body());
        }
        final JsonObject conflict = new JsonObject(
                shop.post("/v1/payments", payment(1, 3).replace("1000", "1001")).body());
        assertEquals("ID_REUSED", conflict.getString("code"));
        assertEquals("/amount", conflict.getString("pointer"), conflict::encode);
        final List<Object> all = events();
        assertEquals(told, all.subList(0, told.size()), "byte for byte what was told then");
        assertEquals(EVENTS_OF_SHOP + 3 * PAYMENTS, all.size());
        try (SseConnection stream =
                new SseConnection(port, shop.secret(), "/v1/stream?types=payment.settled&after=0", null)) {
            for (int i = 0; i < 3 * PAYMENTS; i++) {
                assertEquals(
                        all.get(EVENTS_OF_SHOP + i).toString(), stream.next().data());
            }
        }
    }

    /** Something to do while a server runs. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private void serving(final Work work) throws IOException {
        final ServerProcess server = serve();
        try {
            work.run();
            assertEquals(0, server.stop(), server::output);
        } finally {
            server.close();
        }
    }

    private ServerProcess serve() {
        return ServerProcess.serve(directory, port, "--sandbox", "--clock", "events", "--journal-days", "1");
    }

    private void open() {
        final Caller admin = new Caller(port, ServerProcess.ADMIN_KEY);
        admin.post("/v1/merchants", "{'id':'shop','name':'Shop'}");
        shop = admin.with(new JsonObject(admin.post("/v1/keys", "{'id':'k1','merchant_id':'shop','role':'operate'}")
                        .body())
                .getString("secret"));
        final HttpResponse<String> opened = shop.post(
                "/v1/campaigns",
                "{'id':'c1','kind':'purchase-rebate','currency':'CNY','actor':'ann','terms':{'rate_ppm':10000}}");
        assertEquals(200, opened.statusCode(), opened::body);
    }

    private void pay(final int day) {
        for (int i = 0; i < PAYMENTS; i++) {
            final HttpResponse<String> paid = shop.post("/v1/payments", payment(day, i));
            assertEquals(200, paid.statusCode(), paid::body);
            answers.add(paid.body());
        }
    }

    private List<Object> events() {
        return new JsonObject(shop.get("/v1/outcomes?wait_s=0&after=0").body())
                .getJsonArray("events").stream().toList();
    }

    private Path firstFile() {
        return directory.resolve("shard-0/journal/cycle-0000000001");
    }

    private static String payment(final int day, final int index) {
        return "{'id':'p" + day + "-" + index + "','order_id':'o" + day + "-" + index
                + "','member_id':'u1','amount':1000,'currency':'CNY','paid_at':'2026-11-0" + day + "T10:00:00+08:00'}";
    }
}
