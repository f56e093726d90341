package io.miaojie.api.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.edge.EdgeLimits;
import io.miaojie.api.feed.FeedLimits;
import io.miaojie.api.support.Caller;
import io.miaojie.api.support.GivenIds;
import io.miaojie.api.support.SseConnection;
import io.miaojie.api.support.TestServer;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectsWriter;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.WithdrawalState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Everybody sees every event of their merchant once, in order, from wherever they begin; nobody holds up another. */
@Timeout(60)
class FeedTest {
    private final TestServer server = TestServer.start(
            1, EdgeLimits.defaults().withFeed(new FeedLimits(20, 64, 1L << 20, 16 * 1024, 50, 2_000, 200)));
    private Caller admin;
    private Caller other;

    @BeforeEach
    void merchants() {
        server.merchant("m1");
        admin = server.key("m1", "k1", "admin");
        server.merchant("m2");
        other = server.key("m2", "k2", "admin");
    }

    @AfterEach
    void stop() {
        server.close();
        assertEquals(0, server.gate().log().openCursors(), "a cursor was left open");
    }

    @Test
    void tellsWhatWasDecidedInOneEnvelope() {
        campaign(admin, "c1");
        pay(admin, "p1", "u1");
        final JsonObject page = page(admin, "?wait_s=0");
        final JsonArray events = page.getJsonArray("events");
        assertEquals(List.of("merchant.created", "key.created", "campaign.opened", "payment.settled"), types(page));
        final JsonObject paid = events.getJsonObject(3);
        assertEquals("7-0", paid.getString("id"));
        assertEquals("2026-01-01T00:00:07Z", paid.getString("occurred_at"));
        assertEquals(new JsonObject().put("type", "payment").put("id", "p1"), paid.getJsonObject("cause"));
        assertEquals("u1", paid.getJsonObject("data").getString("member_id"));
        assertEquals(
                "c1",
                paid.getJsonObject("data")
                        .getJsonArray("grants")
                        .getJsonObject(0)
                        .getString("campaign_id"));
        assertEquals("7", page.getString("next_cursor"));
        assertEquals(List.of(), types(page(admin, "?wait_s=0&after=7")));
    }

    @Test
    void aCampaignIsFollowedToItsEnd() {
        campaign(admin, "c1");
        TestServer.expect(200, admin.patch("/v1/campaigns/c1", "{'id':'r1','terms':{'rate_ppm':5}}"));
        TestServer.expect(200, admin.post("/v1/campaigns/c1/pause", "{'id':'r2'}"));
        TestServer.expect(200, admin.post("/v1/campaigns/c1/close", "{'id':'r3'}"));
        server.gate().closeByTick(0);
        TestServer.expect(200, admin.delete("/v1/keys/k1"));
        final Caller again = server.key("m1", "k3", "read");
        final JsonObject page = page(again, "?wait_s=0&types=campaign.opened,campaign.changed,campaign.closed");
        assertEquals(
                List.of(
                        "campaign.opened",
                        "campaign.changed",
                        "campaign.changed",
                        "campaign.closed",
                        "campaign.closed"),
                types(page));
        assertEquals(
                "tick",
                page.getJsonArray("events")
                        .getJsonObject(4)
                        .getJsonObject("cause")
                        .getString("type"));
        assertEquals(List.of("key.revoked"), types(page(again, "?wait_s=0&types=key.revoked")));
        assertEquals(5, types(page(again, "?wait_s=0&campaign_id=c1")).size());
    }

    /** One tick: a release and an expiry of the first merchant, an order of the second, a withdrawal of the first. */
    @Test
    void whatTimersDidIsToldToEachMerchantOnItsOwn() throws IOException {
        campaign(admin, "c1");
        campaign(other, "c2");
        final String before = page(admin, "?wait_s=0").getString("next_cursor");
        server.gate().tick(FeedTest::firings);
        final JsonObject page = page(admin, "?wait_s=0&after=" + before);
        assertEquals(List.of("grant.released", "grant.expired", "withdrawal.query_due"), types(page));
        final JsonObject released = page.getJsonArray("events").getJsonObject(0);
        assertEquals(
                new JsonObject().put("type", "tick").put("id", "8"), released.getJsonObject("cause"), released::encode);
        assertEquals("o1", released.getJsonObject("data").getString("order_id"));
        final JsonObject pool =
                released.getJsonObject("data").getJsonArray("pools").getJsonObject(0);
        assertEquals("anna", pool.getString("member_id"));
        assertEquals(70, pool.getLong("withdrawable"));
        assertEquals(1, released.getJsonObject("data").getJsonArray("pools").size());
        final JsonObject expired = page.getJsonArray("events").getJsonObject(1).getJsonObject("data");
        assertEquals(30, expired.getJsonArray("grants").getJsonObject(0).getLong("clawed_amount"));
        assertEquals("ben", expired.getString("member_id"));
        final JsonObject flagged = page.getJsonArray("events").getJsonObject(2);
        assertEquals("8-3", flagged.getString("id"));
        assertTrue(flagged.getJsonObject("data").getJsonObject("withdrawal").getBoolean("query_due"));

        final JsonObject theirs = page(other, "?wait_s=0&after=" + before);
        assertEquals(List.of("order.expired"), types(theirs));
        final JsonObject order = theirs.getJsonArray("events").getJsonObject(0).getJsonObject("data");
        assertEquals("anna", order.getString("member_id"));
        assertEquals("EXPIRED", order.getJsonObject("order").getString("state"));
        assertEquals(1, order.getJsonArray("pools").size());
        assertEquals(
                "JPY", order.getJsonArray("pools").getJsonObject(0).getString("currency"), "the pool of their own");

        assertEquals(List.of("grant.expired"), types(page(admin, "?wait_s=0&member_id=ben&after=" + before)));
        assertEquals(
                2,
                types(page(admin, "?wait_s=0&campaign_id=c1&after=" + before)).size());
        final JsonObject first = page(admin, "?wait_s=0&limit=1&after=" + before);
        assertEquals("8-0", first.getString("next_cursor"));
        assertEquals(
                List.of("grant.expired", "withdrawal.query_due"),
                types(page(admin, "?wait_s=0&after=" + first.getString("next_cursor"))));
        try (SseConnection stream = stream(admin, "", "0-8-1")) {
            assertEquals("withdrawal.query_due", stream.next().type());
            pay(admin, "p1", "u1");
            assertEquals("p1", payment(stream.next()));
        }
    }

    private static void firings(final EffectsWriter effects) {
        effects.note(EffectNote.CURRENCY, 156, 0);
        effects.pool(0, GivenIds.of("anna"), new long[] {0, 0, 70, 0, 0}, 0);
        effects.pool(1, GivenIds.of("ben"), new long[] {0, 0, 0, 0, 0}, 0);
        effects.note(EffectNote.CURRENCY, 392, 0);
        effects.pool(2, GivenIds.of("anna"), new long[] {0, 5, 0, 0, 0}, 0);
        effects.orderHead(OrderState.PAID.value(), false, 4, 0, GivenIds.of("o1"));
        effects.orderRest(100, 100, 0, 0, 0, 0);
        effects.orderTimes(0, 0, 0);
        effects.grantHead(0, true, 0, 0, 70);
        effects.grantRest(0, 0, 0, 0, 0, 0, 0);
        effects.grantHead(1, false, 0, 1, 30);
        effects.grantRest(0, 0, 0, 30, 30, 0, 0);
        effects.orderHead(OrderState.EXPIRED.value(), false, 5, 2, GivenIds.of("o2"));
        effects.orderRest(100, 0, 0, 0, 0, 0);
        effects.orderTimes(0, 0, 0);
        effects.withdrawalHead(WithdrawalState.PROCESSING.value(), true, 0, 3, 0);
        effects.withdrawalRest(20, 0, 0);
        effects.note(EffectNote.ORDER_EXPIRED, 5, 1, new UnsafeBuffer(text("anna")), 0, 4);
        effects.note(EffectNote.QUERY_DUE, 0, 0);
    }

    private static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void aKeySeesItsOwnMerchantOnly() {
        pay(admin, "p1", "u1");
        pay(other, "p2", "u1");
        assertEquals(List.of("p1"), payments(page(admin, "?wait_s=0&types=payment.settled")));
        assertEquals(List.of("p2"), payments(page(other, "?wait_s=0&types=payment.settled")));
        assertEquals(List.of("p2"), payments(page(other, "?wait_s=0&member_id=u1")));
        assertEquals(403, server.node().get("/v1/outcomes").statusCode());
        assertEquals(403, server.key("m1", "k9", "ingest").get("/v1/outcomes").statusCode());
    }

    @Test
    void pagesFollowOnEachOtherWhateverTheFilter() {
        for (int i = 0; i < 130; i++) {
            pay(i % 3 == 0 ? other : admin, "p" + i, i % 2 == 0 ? "even" : "odd");
        }
        final List<String> seen = new ArrayList<>();
        String cursor = "0";
        int pages = 0;
        while (seen.size() < 43 && pages++ < 100) {
            final JsonObject page = page(admin, "?wait_s=0&limit=5&member_id=even&after=" + cursor);
            assertTrue(page.getJsonArray("events").size() <= 5);
            seen.addAll(payments(page));
            cursor = page.getString("next_cursor");
        }
        assertEquals(
                IntStream.range(0, 130)
                        .filter(i -> i % 3 != 0 && i % 2 == 0)
                        .mapToObj(i -> "p" + i)
                        .toList(),
                seen);
    }

    @Test
    void aPollWaitsForWhatComes() {
        final String cursor = page(admin, "?wait_s=0").getString("next_cursor");
        final CompletableFuture<JsonObject> poll =
                CompletableFuture.supplyAsync(() -> page(admin, "?wait_s=30&after=" + cursor));
        await(() -> gauge("miaojie_feed_readers") == 1);
        pay(other, "p0", "u1");
        pay(admin, "p1", "u1");
        assertEquals(List.of("p1"), payments(poll.join()));
    }

    @Test
    void aPollWithoutEventsIsAnsweredInTime() {
        final JsonObject page = page(admin, "?wait_s=1&after=5");
        assertEquals(List.of(), types(page));
        assertEquals("5", page.getString("next_cursor"));
    }

    @Test
    void nothingIsToldBeforeItIsDurable() throws IOException {
        try (SseConnection stream = stream(admin, "", null)) {
            server.gate().log().holdBack();
            pay(admin, "p1", "u1");
            assertEquals(List.of(), types(page(admin, "?wait_s=1&after=5")));
            server.gate().log().force();
            assertEquals("p1", payment(stream.next()));
        }
    }

    @Test
    void aStreamGoesOnWhereItsClientLeftOff() throws IOException {
        String lastId = "0-5";
        final List<String> seen = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 40; i++) {
                pay(admin, "p" + (round * 40 + i), "u1");
            }
            try (SseConnection stream = stream(admin, "?types=payment.settled", lastId)) {
                for (int i = 0; i < 37 - round; i++) {
                    seen.add(payment(stream.next()));
                }
                lastId = stream.lastEventId();
            }
        }
        assertEquals(IntStream.range(0, seen.size()).mapToObj(i -> "p" + i).toList(), seen);
    }

    /** Readers of the same and of other wants, who come at any moment: each sees all of its own, once, in order. */
    @Test
    void readersWhoComeAndGoSeeTheirOwnOnce() throws Exception {
        final ExecutorService readers = Executors.newCachedThreadPool();
        final List<CompletableFuture<List<String>>> seen = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            pay(i % 4 == 3 ? other : admin, "p" + i, "u" + i % 3);
            if (i % 6 == 0) {
                final String filter = i % 12 == 0 ? "types=payment.settled" : "member_id=u1&types=payment.settled";
                final SseConnection stream = stream(admin, "?" + filter, "0-5");
                final int count = i % 12 == 0 ? 45 : 15;
                seen.add(CompletableFuture.supplyAsync(
                        () -> {
                            try (stream) {
                                return IntStream.range(0, count)
                                        .mapToObj(next -> payment(stream.next()))
                                        .toList();
                            } catch (final IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        readers));
            }
        }
        final List<String> all = IntStream.range(0, 60)
                .filter(i -> i % 4 != 3)
                .mapToObj(i -> "p" + i)
                .toList();
        final List<String> ofOne = IntStream.range(0, 60)
                .filter(i -> i % 4 != 3 && i % 3 == 1)
                .mapToObj(i -> "p" + i)
                .toList();
        for (int i = 0; i < seen.size(); i++) {
            assertEquals(i % 2 == 0 ? all : ofOne, seen.get(i).get(30, TimeUnit.SECONDS));
        }
        readers.shutdown();
        await(() -> gauge("miaojie_feed_readers") == 0);
    }

    @Test
    void aStreamWithoutAPlaceBeginsNow() throws IOException {
        pay(admin, "p1", "u1");
        try (SseConnection stream = stream(admin, "", null)) {
            pay(admin, "p2", "u1");
            assertEquals("p2", payment(stream.next()));
        }
    }

    @Test
    void aHeartbeatMovesTheIdOn() throws IOException {
        try (SseConnection stream = stream(admin, "?member_id=nobody", "0-5")) {
            pay(admin, "p1", "u1");
            pay(admin, "p2", "nobody");
            final SseConnection.Event event = stream.next();
            assertEquals("p2", payment(event));
            assertEquals("0-7", event.id());
        }
    }

    @Test
    void aPlaceThatIsGoneIsAReset() throws IOException {
        for (int i = 0; i < 10; i++) {
            pay(admin, "p" + i, "u1");
        }
        server.gate().log().forgetBefore(10);
        try (SseConnection stream = stream(admin, "", "0-7")) {
            final SseConnection.Event reset = stream.next();
            assertEquals("reset", reset.type());
            assertEquals("0-9", new JsonObject(reset.data()).getString("resume_at"));
            assertEquals("p4", payment(stream.next()));
        }
        try (SseConnection stream = stream(admin, "", "0-900")) {
            assertEquals("reset", stream.next().type());
            pay(admin, "p99", "u1");
            assertEquals("p99", payment(stream.next()));
        }
        final HttpResponse<String> poll = admin.get("/v1/outcomes?after=7");
        assertEquals(410, poll.statusCode());
        assertEquals("POSITION_GONE", new JsonObject(poll.body()).getString("code"));
    }

    @Test
    void whoDoesNotReadIsLetGoAndOthersAreNot() throws IOException {
        try (SseConnection lazy = stream(admin, "", null);
                SseConnection keen = stream(admin, "?types=payment.settled", null)) {
            final CompletableFuture<List<String>> seen = CompletableFuture.supplyAsync(() -> IntStream.range(0, 20_000)
                    .mapToObj(i -> payment(keen.next()))
                    .toList());
            for (int i = 0; i < 20_000; i += 1_000) {
                TestServer.expect(200, admin.events("?answers=summary", lines(i, i + 1_000)));
            }
            assertEquals(IntStream.range(0, 20_000).mapToObj(i -> "p" + i).toList(), seen.join());
            await(() -> gauge("miaojie_feed_dropped_readers_total") == 1);
            SseConnection.Event last = lazy.next();
            SseConnection.Event before = last;
            while (last != null) {
                before = last;
                last = lazy.next();
            }
            assertEquals("reset", before.type());
            final String left = lazy.lastEventId();
            try (SseConnection again = stream(admin, "?types=payment.settled", left)) {
                final int taken = Integer.parseInt(left.substring(2)) - 5;
                assertTrue(taken > 0, left);
                assertEquals("p" + taken, payment(again.next()));
            }
        }
    }

    @Test
    void thereAreOnlySoManyReaders() throws IOException {
        final List<SseConnection> streams = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            streams.add(stream(admin, "", null));
        }
        final HttpResponse<String> refused = admin.get("/v1/stream");
        assertEquals(503, refused.statusCode());
        assertEquals("FEED_FULL", new JsonObject(refused.body()).getString("code"));
        for (final SseConnection stream : streams) {
            stream.close();
        }
        await(() -> gauge("miaojie_feed_readers") == 0);
        stream(admin, "", null).close();
    }

    @Test
    void aServerThatStopsEndsItsStreamsAndAnswersItsPolls() throws IOException {
        try (SseConnection stream = stream(admin, "", null)) {
            final CompletableFuture<JsonObject> poll =
                    CompletableFuture.supplyAsync(() -> page(admin, "?wait_s=30&after=5"));
            await(() -> gauge("miaojie_feed_readers") == 2);
            server.closeFeed();
            assertEquals(List.of(), types(poll.join()));
            assertNull(stream.next());
        }
    }

    @Test
    void aRevokedKeyReadsNoFurther() throws IOException {
        final Caller reader = server.key("m1", "k7", "read");
        final String cursor = page(reader, "?wait_s=0").getString("next_cursor");
        try (SseConnection stream = stream(reader, "?types=payment.settled", null)) {
            final CompletableFuture<HttpResponse<String>> poll = CompletableFuture.supplyAsync(
                    () -> reader.get("/v1/outcomes?types=payment.settled&wait_s=30&after=" + cursor));
            await(() -> gauge("miaojie_feed_readers") == 2);
            TestServer.expect(200, admin.delete("/v1/keys/k7"));
            assertNull(stream.next());
            assertEquals(401, poll.join().statusCode());
        }
    }

    @Test
    void refusesParametersThatMakeNoSense() {
        for (final String query : List.of("after=x", "types=nothing", "wait_s=61", "limit=0", "member_id=*+", "x=1")) {
            assertEquals(400, admin.get("/v1/outcomes?" + query).statusCode(), query);
        }
    }

    private SseConnection stream(final Caller caller, final String query, final String lastId) throws IOException {
        return new SseConnection(server.port(), caller.secret(), "/v1/stream" + query, lastId);
    }

    private JsonObject page(final Caller caller, final String query) {
        final HttpResponse<String> answer = caller.get("/v1/outcomes" + query);
        TestServer.expect(200, answer);
        return new JsonObject(answer.body());
    }

    private double gauge(final String name) {
        return server.node()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> types(final JsonObject page) {
        return page.getJsonArray("events").stream()
                .map(event -> ((JsonObject) event).getString("type"))
                .toList();
    }

    private static List<String> payments(final JsonObject page) {
        return page.getJsonArray("events").stream()
                .map(event -> ((JsonObject) event).getJsonObject("data").getString("id"))
                .toList();
    }

    private static String payment(final SseConnection.Event event) {
        return new JsonObject(event.data()).getJsonObject("data").getString("id");
    }

    private static void campaign(final Caller caller, final String id) {
        TestServer.expect(
                200,
                caller.post(
                        "/v1/campaigns",
                        "{'id':'" + id + "','kind':'purchase-rebate','currency':'CNY','terms':{'rate_ppm':10000},"
                                + "'metadata':{\n'a':\r\n1}}"));
    }

    private static void pay(final Caller caller, final String id, final String memberId) {
        TestServer.expect(200, caller.post("/v1/payments", payment(id, memberId)));
    }

    private static String lines(final int from, final int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> payment("p" + i, "u1").replace("{'id'", "{'type':'payment','id'"))
                .collect(Collectors.joining("\n"));
    }

    private static String payment(final String id, final String memberId) {
        return "{'id':'" + id + "','order_id':'o-" + id + "','member_id':'" + memberId
                + "','amount':100,'currency':'CNY','paid_at':'2026-01-01T00:00:00Z'}";
    }

    private static void await(final BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
