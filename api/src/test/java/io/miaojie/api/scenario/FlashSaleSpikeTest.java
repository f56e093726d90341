package io.miaojie.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.client.ApiClient;
import io.miaojie.api.client.BulkSender;
import io.miaojie.api.support.SandboxRun;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * More buyers than pieces, all at once over 256 connections: exactly the stock is sold, every answer is right, and what
 * goes in comes out at every sequence. The build sends {@code flash.buyers} of them, 20,000 unless said otherwise; in
 * full: {@code mvn -pl api -am test -Dtest=FlashSaleSpikeTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dflash.buyers=100000}.
 */
@Tag("postgres")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FlashSaleSpikeTest {
    private static final Logger LOG = LoggerFactory.getLogger(FlashSaleSpikeTest.class);
    private static final int BUYERS = Integer.getInteger("flash.buyers", 20_000);
    private static final int STOCK = 100;
    private static final int CONNECTIONS = 256;
    private static final int PRICE = 999;
    private static final int WAVES_MAX = 20;

    @TempDir
    private Path dataDir;

    private final Map<String, LongAdder> codes = new ConcurrentHashMap<>();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final Set<String> sold = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private SandboxRun run;
    private ApiClient client;
    private int repeatedPercent;
    private int unpaidPercent;

    @AfterEach
    void stop() {
        run.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "30, 30"})
    void sellsExactlyTheStock(final int repeated, final int unpaid) throws Exception {
        repeatedPercent = repeated;
        unpaidPercent = unpaid;
        run = new SandboxRun(dataDir, "shop", "CNY", false);
        client = run.client(CONNECTIONS);
        open();
        final long begunNs = System.nanoTime();
        wave(0, BUYERS);
        final long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNs);
        LOG.info("buyers={} tookMs={} perSecond={} codes={}", BUYERS, tookMs, BUYERS * 1_000L / tookMs, codes);
        for (int wave = 1; sold.size() < STOCK && wave < WAVES_MAX; wave++) {
            expireHolds(wave);
            wave(wave, Math.min(BUYERS, 2_000));
        }
        assertEquals(List.of(), new ArrayList<>(wrong));
        assertEquals(STOCK, sold.size());
        assertEquals(Set.of("OK", "SOLD_OUT", "MEMBER_LIMIT"), union(codes.keySet(), "MEMBER_LIMIT"));
        expireHolds(WAVES_MAX);
        final JsonObject counters = live();
        assertEquals(STOCK, counters.getInteger("sold"), counters::encode);
        assertEquals(0, counters.getInteger("available") + counters.getInteger("reserved"), counters::encode);
        conservesAtEachSequence();
        instancesAreWhatWasSold();
        final String output = run.stopAndVerify();
        assertTrue(output.contains("invariants"), output);
    }

    private void open() {
        final List<JsonObject> members = new ArrayList<>();
        for (int i = 0; i < BUYERS; i++) {
            members.add(new JsonObject().put("type", "member").put("id", "u" + i));
        }
        for (int from = 0; from < BUYERS; from += 5_000) {
            final Buffer block = Buffer.buffer();
            members.subList(from, Math.min(BUYERS, from + 5_000))
                    .forEach(member -> block.appendString(member.encode()).appendString("\n"));
            final JsonObject summary = new BulkSender(client, BulkSender.Answers.REFUSED, Duration.ofMinutes(2))
                    .send(block, answer -> wrong.add(answer.encode()));
            assertEquals(0, summary.getInteger("refused"), summary::encode);
        }
        client.post(
                        "/v1/campaigns",
                        new JsonObject()
                                .put("id", "fs1")
                                .put("kind", "flash-sale")
                                .put("currency", "CNY")
                                .put(
                                        "terms",
                                        new JsonObject()
                                                .put("price", PRICE)
                                                .put("stock", STOCK)
                                                .put("per_member", 1)))
                .expectOk();
    }

    /** Every connection takes the next buyer until there is none. */
    private void wave(final int wave, final int buyers) {
        final AtomicInteger next = new AtomicInteger();
        final List<Future<Void>> callers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            final Promise<Void> done = Promise.promise();
            buyOn(wave, next, buyers, done);
            callers.add(done.future());
        }
        Future.all(callers).await();
    }

    private void buyOn(final int wave, final AtomicInteger next, final int buyers, final Promise<Void> done) {
        final int buyer = next.getAndIncrement();
        if (buyer >= buyers) {
            done.complete();
            return;
        }
        buy(wave, buyer).onComplete(bought -> {
            if (bought.failed()) {
                wrong.add(bought.cause().toString());
            }
            buyOn(wave, next, buyers, done);
        });
    }

    private Future<Void> buy(final int wave, final int buyer) {
        final String id = "o" + wave + "-" + buyer;
        final Buffer order = order(id, "u" + buyer);
        if (buyer % 100 < repeatedPercent) {
            final Future<ApiClient.Answer> again = client.send(HttpMethod.POST, "/v1/orders", order);
            return client.send(HttpMethod.POST, "/v1/orders", order)
                    .compose(first -> again.compose(second -> {
                        agree(first, second);
                        return onOrder(id, buyer, wave, first);
                    }));
        }
        return client.send(HttpMethod.POST, "/v1/orders", order).compose(answer -> onOrder(id, buyer, wave, answer));
    }

    /** Two clicks of one buyer are one order: same answer, one of them a repeat. */
    private void agree(final ApiClient.Answer first, final ApiClient.Answer second) {
        final boolean isSame = first.status() == second.status()
                && first.sequence() == second.sequence()
                && first.replayed() != second.replayed();
        if (!isSame) {
            wrong.add(first + " but " + second);
        }
    }

    private Future<Void> onOrder(final String id, final int buyer, final int wave, final ApiClient.Answer answer) {
        final boolean isHeld = answer.status() == 200;
        codes.computeIfAbsent(isHeld ? "OK" : answer.body().getString("code"), code -> new LongAdder())
                .increment();
        if (!isHeld) {
            if (answer.status() != 409) {
                wrong.add(answer.toString());
            }
            return Future.succeededFuture();
        }
        held.add(id);
        final JsonObject seat = answer.body().getJsonArray("seats").getJsonObject(0);
        final int payable = answer.body().getJsonObject("order").getInteger("payable");
        if (!seat.getString("state").equals("RESERVED") || payable != PRICE) {
            wrong.add(answer.toString());
        }
        final boolean pays = wave > 5 || (held.size() * 37 + buyer) % 100 >= unpaidPercent;
        return pays ? pay(id) : Future.succeededFuture();
    }

    private Future<Void> pay(final String order) {
        final JsonObject payment = new JsonObject()
                .put("id", "p" + order)
                .put("order_id", order)
                .put("amount", PRICE)
                .put("currency", "CNY")
                .put("paid_at", Instant.now().toString());
        return client.send(HttpMethod.POST, "/v1/payments", payment.toBuffer()).map(answer -> {
            if (answer.status() == 200 && "CAPTURED".equals(answer.body().getString("status"))) {
                sold.add(order);
            } else {
                wrong.add(answer.toString());
            }
            return null;
        });
    }

    private void expireHolds(final int wave) {
        client.post("/v1/sandbox/clock", new JsonObject().put("id", "k" + wave).put("advance", "PT1H"))
                .expectOk();
        final JsonObject counters = live();
        assertEquals(0, counters.getInteger("reserved"), counters::encode);
        assertEquals(sold.size(), counters.getInteger("sold"), counters::encode);
        assertEquals(STOCK - sold.size(), counters.getInteger("available"), counters::encode);
    }

    private JsonObject live() {
        return client.get("/v1/campaigns/fs1/live").expectOk().getJsonObject("counters");
    }

    /** Reads the counters behind every order and payment from the feed. */
    private void conservesAtEachSequence() {
        int seen = 0;
        String after = "0";
        JsonArray events;
        do {
            final JsonObject page = client.get(
                            "/v1/outcomes?wait_s=0&limit=1000&types=order.placed,payment.settled&after=" + after)
                    .expectOk();
            events = page.getJsonArray("events");
            for (int i = 0; i < events.size(); i++) {
                final JsonObject data = events.getJsonObject(i).getJsonObject("data");
                final JsonObject counters =
                        data.getJsonArray("campaigns").getJsonObject(0).getJsonObject("counters");
                final int out = counters.getInteger("available")
                        + counters.getInteger("reserved")
                        + counters.getInteger("sold");
                assertEquals(counters.getInteger("initial") + counters.getInteger("adjusted"), out, data::encode);
                assertTrue(counters.getInteger("available") >= 0, data::encode);
                seen++;
            }
            after = page.getString("next_cursor");
        } while (!events.isEmpty());
        assertEquals(held.size() + sold.size(), seen);
    }

    private void instancesAreWhatWasSold() {
        final Set<String> listed = new HashSet<>();
        final Set<String> owners = new HashSet<>();
        final JsonArray instances = SandboxRun.list(
                        client, "/v1/campaigns/fs1/instances?state=SOLD&limit=1000&min_sequence=" + last())
                .getJsonArray("instances");
        for (int i = 0; i < instances.size(); i++) {
            listed.add(instances.getJsonObject(i).getString("id"));
            owners.add(instances.getJsonObject(i).getString("owner"));
        }
        assertEquals(sold, listed);
        assertEquals(STOCK, owners.size(), "each member bought one");
        final String one = sold.iterator().next();
        final JsonObject instance =
                client.get("/v1/campaigns/fs1/instances/" + one).expectOk();
        assertEquals("SOLD", instance.getString("state"), instance::encode);
        assertEquals(instance.getInteger("need"), instance.getInteger("have"), instance::encode);
    }

    private long last() {
        return client.get("/v1/campaigns/fs1/live").sequence();
    }

    private static Set<String> union(final Set<String> some, final String more) {
        final Set<String> union = new HashSet<>(some);
        union.add(more);
        return union;
    }

    private static Buffer order(final String id, final String member) {
        final JsonObject line = new JsonObject()
                .put("line_id", "1")
                .put("sku", "tea")
                .put("quantity", 1)
                .put("campaign", new JsonObject().put("id", "fs1").put("action", "reserve"));
        return new JsonObject()
                .put("id", id)
                .put("member_id", member)
                .put("currency", "CNY")
                .put("lines", new JsonArray().add(line))
                .toBuffer();
    }
}
