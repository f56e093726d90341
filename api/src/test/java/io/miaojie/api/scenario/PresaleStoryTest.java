package io.miaojie.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.client.ApiClient;
import io.miaojie.api.support.SandboxRun;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A presale as its merchant and its buyers see it through HTTP: booked, decided by itself, asked for, paid, missed. */
@Tag("postgres")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PresaleStoryTest {
    private static final int PRICE = 10_000;
    private static final int DEPOSIT = 1_000;

    @TempDir
    private Path dataDir;

    private SandboxRun run;
    private ApiClient client;
    private int payments;

    @BeforeEach
    void open() {
        run = new SandboxRun(dataDir, "maker", "CNY", false);
        client = run.client();
        member("u1", null);
        member("u2", "u1");
        member("u3", null);
    }

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void goesAheadAndAsksForBalances() throws Exception {
        define("ps1", terms().put("count_ladder", ladder("bookings", 2, 9_000, 3, 8_000)));
        client.post(
                        "/v1/campaigns",
                        new JsonObject()
                                .put("id", "share")
                                .put("kind", "share-commission")
                                .put("currency", "CNY")
                                .put("terms", new JsonObject().put("level1_rate_ppm", 100_000)))
                .expectOk();
        final JsonObject booked = book("ps1", "o1", "u1", "wx_mp", "north");
        assertEquals(
                new JsonArray()
                        .add(new JsonObject().put("instalment", "deposit").put("amount", DEPOSIT))
                        .add(new JsonObject().put("instalment", "balance").put("amount", PRICE - DEPOSIT)),
                booked.getJsonArray("instalments"));
        assertEquals("DEPOSIT_UNPAID", seat(booked).getString("state"));
        final JsonObject deposit = pay("o1", "deposit", DEPOSIT);
        assertEquals("CAPTURED", deposit.getString("status"));
        assertEquals(1, seat(deposit).getInteger("rank"));
        assertTrue(!deposit.getJsonObject("order").containsKey("pay_by"), deposit::encode);

        book("ps1", "o2", "u2", "wx_mp", "north");
        final JsonObject full = pay("o2", "full", PRICE);
        assertEquals(1_000, full.getJsonArray("grants").getJsonObject(0).getInteger("amount"), full::encode);
        book("ps1", "o3", "u3", "app", null);
        pay("o3", "deposit", DEPOSIT);
        book("ps1", "o4", "u3", "app", null);
        assertCounters("BOOKING", 3, 2_000);
        final JsonArray demand = SandboxRun.list(client, "/v1/campaigns/ps1/demand?min_sequence=" + last("ps1"))
                .getJsonArray("demand");
        assertEquals(
                3,
                demand.stream()
                        .mapToInt(row -> ((JsonObject) row).getInteger("booked"))
                        .sum());
        assertEquals("north", demand.getJsonObject(1).getString("region"), demand::encode);
        assertEquals(2, demand.getJsonObject(1).getInteger("booked"), demand::encode);
        assertEquals(null, demand.getJsonObject(0).getString("region"), demand::encode);

        advance("PT49H");
        assertCounters("BALANCE_WINDOW", 3, 2_000);
        final List<JsonObject> due = events("balance.due");
        assertEquals(
                List.of("o1", "o3"),
                due.stream().map(event -> event.getString("order_id")).toList());
        assertEquals(8_000 - DEPOSIT, due.get(0).getInteger("amount"), due::toString);
        assertEquals(PRICE - 8_000, pool("u2").getInteger("spendable"), "paid more than the others");
        assertEquals("AMOUNT_MISMATCH", pay("o1", "balance", PRICE - DEPOSIT).getString("status"));
        assertEquals("CAPTURED", pay("o1", "balance", 8_000 - DEPOSIT).getString("status"));
        advance("PT73H");
        assertEquals(
                List.of("o3"),
                events("deposit.forfeited").stream()
                        .map(event -> event.getString("order_id"))
                        .toList());
        assertCounters("DONE", 2, 0);
        final JsonObject instance = client.get("/v1/campaigns/ps1/instances/o3").expectOk();
        assertEquals("FORFEITED", instance.getString("state"), instance::encode);
        final JsonArray paid = SandboxRun.list(
                        client, "/v1/campaigns/ps1/instances?state=PAID&min_sequence=" + last("ps1"))
                .getJsonArray("instances");
        assertEquals(2, paid.size(), paid::encode);
        final String output = run.stopAndVerify();
        assertTrue(output.contains("invariants"), output);
    }

    @Test
    void givesEverythingBackWhenItIsCalledOff() throws Exception {
        define("ps1", terms());
        book("ps1", "o1", "u1", "app", "south");
        pay("o1", "deposit", DEPOSIT);
        book("ps1", "o2", "u2", "app", "south");
        pay("o2", "deposit", DEPOSIT);
        pay("o2", "balance", PRICE - DEPOSIT);
        final JsonObject acted = client.post(
                        "/v1/campaigns/ps1/actions/no_go",
                        new JsonObject().put("id", "no").put("actor", "ann"))
                .expectOk();
        assertEquals("NO_GO", acted.getJsonArray("campaigns").getJsonObject(0).getString("group_state"));
        final ApiClient.Answer again = client.post(
                "/v1/campaigns/ps1/actions/go",
                new JsonObject().put("id", "yes").put("actor", "ann"));
        assertEquals(409, again.status());
        assertEquals("PHASE_FORBIDS", again.body().getString("code"));
        advance("PT1M");
        assertCounters("DONE", 0, 0);
        final JsonArray back = SandboxRun.list(client, "/v1/refund-orders?min_sequence=" + last("ps1"))
                .getJsonArray("refund_orders");
        assertEquals(3, back.size(), back::encode);
        assertEquals(
                2 * DEPOSIT + PRICE - DEPOSIT,
                back.stream()
                        .mapToInt(one -> ((JsonObject) one).getInteger("amount"))
                        .sum());
        assertEquals(DEPOSIT, pool("u1").getInteger("spendable"), "an earnest goes back twice");
        final JsonObject order = client.get("/v1/orders/o1").expectOk();
        assertEquals("CANCELLED", order.getJsonObject("order").getString("state"), order::encode);
        run.stopAndVerify();
    }

    private static JsonObject terms() {
        return new JsonObject().put("price", PRICE).put("deposit", DEPOSIT).put("earnest", 1);
    }

    private static JsonArray ladder(
            final String step, final int first, final int firstPrice, final int second, final int secondPrice) {
        return new JsonArray()
                .add(new JsonObject().put(step, first).put("price", firstPrice))
                .add(new JsonObject().put(step, second).put("price", secondPrice));
    }

    private void define(final String id, final JsonObject terms) {
        final Instant now = Instant.now();
        client.post(
                        "/v1/campaigns",
                        new JsonObject()
                                .put("id", id)
                                .put("kind", "presale")
                                .put("currency", "CNY")
                                .put("starts_at", now.minus(Duration.ofHours(1)).toString())
                                .put("ends_at", now.plus(Duration.ofHours(48)).toString())
                                .put("terms", terms))
                .expectOk();
    }

    private void member(final String id, final String referrer) {
        final JsonObject member = new JsonObject().put("id", id);
        client.post("/v1/members", referrer == null ? member : member.put("referrer_id", referrer))
                .expectOk();
    }

    private JsonObject book(
            final String campaign, final String id, final String member, final String channel, final String region) {
        final JsonObject line = new JsonObject()
                .put("line_id", "1")
                .put("sku", "lamp")
                .put("quantity", 1)
                .put("campaign", new JsonObject().put("id", campaign).put("action", "book"));
        final JsonObject order = new JsonObject()
                .put("id", id)
                .put("member_id", member)
                .put("currency", "CNY")
                .put("channel", channel)
                .put("lines", new JsonArray().add(line));
        final boolean isSaid = region != null;
        return client.post("/v1/orders", isSaid ? order.put("metadata", new JsonObject().put("region", region)) : order)
                .expectOk();
    }

    private JsonObject pay(final String order, final String instalment, final int amount) {
        return client.post(
                        "/v1/payments",
                        new JsonObject()
                                .put("id", "p" + payments++)
                                .put("order_id", order)
                                .put("instalment", instalment)
                                .put("amount", amount)
                                .put("currency", "CNY")
                                .put("paid_at", Instant.now().toString()))
                .expectOk();
    }

    private void advance(final String by) {
        client.post(
                        "/v1/sandbox/clock",
                        new JsonObject().put("id", "clock-" + by).put("advance", by))
                .expectOk();
    }

    private void assertCounters(final String phase, final int booked, final int held) {
        final JsonObject live = client.get("/v1/campaigns/ps1/live").expectOk();
        assertEquals(phase, live.getString("group_state"), live::encode);
        assertEquals(booked, live.getJsonObject("counters").getInteger("booked"), live::encode);
        assertEquals(held, live.getJsonObject("counters").getInteger("deposits_held"), live::encode);
    }

    private List<JsonObject> events(final String type) {
        return client.get("/v1/outcomes?wait_s=0&types=" + type).expectOk().getJsonArray("events").stream()
                .map(event -> ((JsonObject) event).getJsonObject("data"))
                .toList();
    }

    private JsonObject pool(final String member) {
        return client.get("/v1/pools/" + member)
                .expectOk()
                .getJsonArray("pools")
                .getJsonObject(0);
    }

    private static JsonObject seat(final JsonObject answer) {
        return answer.getJsonArray("seats").getJsonObject(0);
    }

    private long last(final String campaign) {
        return client.get("/v1/campaigns/" + campaign + "/live").sequence();
    }
}
