package io.miaojie.api.scenario;

import io.miaojie.api.client.ApiClient;
import io.miaojie.api.client.BulkSender;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The load of one round, for a merchant of its own: payments and refunds in any order, orders of a flash sale that are
 * paid, cancelled or left, groups that twice as many want to join as have a seat, some of it sent twice, and a bulk
 * stream. Whatever gets no answer is sent again until it does. Then what the answers said is held against what the
 * server is: each id decided once, and for good.
 */
final class KillRound {
    private static final int CONNECTIONS = 64;
    private static final int MEMBERS = 40;
    private static final int PAYMENTS = 1_500;
    private static final int BUYERS = 300;
    private static final int STOCK = 120;
    private static final int PRICE = 999;
    private static final int GROUPS = 50;
    private static final int GROUP_SIZE = 3;
    private static final int GROUP_PRICE = 777;
    private static final int BLOCKS = 8;
    private static final int BLOCK_LINES = 200;
    private static final int REBATE_PPM = 30_000;
    private static final int COMMISSION_PPM = 10_000;
    private static final int PPM = 1_000_000;
    private static final long RETRY_MS = 250;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What is written once, and again until it is answered. */
    private record Write(String path, JsonObject body) {}

    private final Vertx vertx;
    private final ApiClient client;
    private final Random random;
    private final String paidAt = Instant.now().toString();
    private final Map<Write, ApiClient.Answer> answers = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final List<Supplier<Future<Void>>> tasks = new ArrayList<>();
    private final List<Buffer> blocks = new ArrayList<>();
    private final Map<String, Long> rewards = new TreeMap<>();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger sold = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final Map<String, AtomicInteger> seatsHeld = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> seatsPaid = new ConcurrentHashMap<>();
    private final AtomicInteger again = new AtomicInteger();
    private volatile boolean isGivenUp;

    /** Makes the merchant of the round, another than that of a round that was begun before, and opens its campaigns. */
    KillRound(final Vertx vertx, final ApiClient admin, final long seed, final int round) {
        this.vertx = vertx;
        this.random = new Random(seed * 1_000_003L + round);
        final String now = Long.toString(System.nanoTime(), Character.MAX_RADIX);
        final String merchant = "kill-" + round + "-" + now;
        admin.post("/v1/merchants", new JsonObject().put("id", merchant).put("name", merchant))
                .expectOk();
        final JsonObject key = new JsonObject()
                .put("id", "k" + now)
                .put("merchant_id", merchant)
                .put("role", "operate");
        this.client = admin.withKey(admin.post("/v1/keys", key).expectOk().getString("secret"));
        campaign("rebate", "purchase-rebate", new JsonObject().put("rate_ppm", REBATE_PPM));
        campaign("share", "share-commission", new JsonObject().put("level1_rate_ppm", COMMISSION_PPM));
        campaign("sale", "flash-sale", new JsonObject().put("price", PRICE).put("stock", STOCK));
        campaign(
                "group", "group-buy", new JsonObject().put("price", GROUP_PRICE).put("size", GROUP_SIZE));
        for (int i = 0; i < MEMBERS; i++) {
            final JsonObject member = new JsonObject().put("id", "m" + i);
            client.post("/v1/members", i == 0 ? member : member.put("referrer_id", "m" + i / 2))
                    .expectOk();
        }
        plan();
    }

    private void campaign(final String id, final String kind, final JsonObject terms) {
        final JsonObject body = new JsonObject()
                .put("id", id)
                .put("kind", kind)
                .put("currency", "CNY")
                .put("terms", terms);
        client.post("/v1/campaigns", body).expectOk();
    }

    private void plan() {
        for (int i = 0; i < PAYMENTS; i++) {
            final int amount = 100 + random.nextInt(20_000);
            final int member = random.nextInt(MEMBERS);
            final int refunded = random.nextInt(10) < 3 ? 1 + random.nextInt(amount) : 0;
            final Write payment = new Write("/v1/payments", payment("p" + i, "o" + i, "m" + member, amount));
            tasks.add(() -> write(payment).mapEmpty());
            if (random.nextInt(5) == 0) {
                tasks.add(() -> write(payment).mapEmpty());
            }
            if (refunded > 0) {
                final Write refund = new Write("/v1/refunds", refund("r" + i, "o" + i, refunded));
                tasks.add(() -> write(refund).mapEmpty());
            }
            earn(member, amount - refunded);
        }
        for (int i = 0; i < BUYERS; i++) {
            final int buyer = i;
            final int member = random.nextInt(MEMBERS);
            final int end = random.nextInt(10);
            tasks.add(() -> buy(buyer, member, end));
        }
        for (int i = 0; i < GROUPS; i++) {
            final int group = i;
            final int unpaid = random.nextInt(2 * GROUP_SIZE);
            tasks.add(() -> gather(group, unpaid));
        }
        Collections.shuffle(tasks, random);
        for (int i = 0; i < BLOCKS; i++) {
            final Buffer block = Buffer.buffer();
            for (int line = 0; line < BLOCK_LINES; line++) {
                final String id = i + "-" + line;
                final int amount = 100 + random.nextInt(20_000);
                final int member = random.nextInt(MEMBERS);
                block.appendBuffer(payment("b" + id, "bo" + id, "m" + member, amount)
                                .put("type", "payment")
                                .toBuffer())
                        .appendString("\n");
                earn(member, amount);
            }
            blocks.add(block);
        }
    }

    private JsonObject payment(final String id, final String order, final String member, final int amount) {
        return new JsonObject()
                .put("id", id)
                .put("order_id", order)
                .put("member_id", member)
                .put("amount", amount)
                .put("currency", "CNY")
                .put("paid_at", paidAt);
    }

    private static JsonObject refund(final String id, final String order, final int amount) {
        return new JsonObject()
                .put("id", id)
                .put("order_id", order)
                .put("amount", amount)
                .put("currency", "CNY");
    }

    /** What an order leaves behind when all that is known of it is in: floored shares of its net amount. */
    private synchronized void earn(final int member, final int netMinor) {
        rewards.merge("m" + member, (long) netMinor * REBATE_PPM / PPM, Long::sum);
        if (member > 0) {
            rewards.merge("m" + member / 2, (long) netMinor * COMMISSION_PPM / PPM, Long::sum);
        }
    }

    private static JsonObject order(final String id, final int member, final JsonObject campaign) {
        final JsonObject line = new JsonObject()
                .put("line_id", "1")
                .put("sku", "tea")
                .put("quantity", 1)
                .put("campaign", campaign);
        return new JsonObject()
                .put("id", id)
                .put("member_id", "m" + member)
                .put("currency", "CNY")
                .put("lines", new JsonArray().add(line));
    }

    private Future<Void> buy(final int buyer, final int member, final int end) {
        final JsonObject sale = new JsonObject().put("id", "sale").put("action", "reserve");
        return write(new Write("/v1/orders", order("fo" + buyer, member, sale))).compose(placed -> {
            if (placed.status() != 200) {
                hold(placed.status() == 409, placed);
                return Future.succeededFuture();
            }
            held.incrementAndGet();
            if (end < 6) {
                return pay(buyer, member);
            }
            return end < 8 ? cancel(buyer) : Future.succeededFuture();
        });
    }

    private Future<Void> pay(final int buyer, final int member) {
        final JsonObject body = payment("fp" + buyer, "fo" + buyer, "m" + member, PRICE);
        return write(new Write("/v1/payments", body)).map(paid -> {
            hold("CAPTURED".equals(paid.body().getString("status")), paid);
            sold.incrementAndGet();
            earn(member, PRICE);
            return null;
        });
    }

    private Future<Void> cancel(final int buyer) {
        final JsonObject body = new JsonObject().put("id", "fc" + buyer);
        return write(new Write("/v1/orders/fo" + buyer + "/cancel", body)).map(done -> {
            hold(done.status() == 200, done);
            cancelled.incrementAndGet();
            return null;
        });
    }

    /** A leader opens a group and pays; then more come, all at once, than it has seats. One of them never pays. */
    private Future<Void> gather(final int group, final int unpaid) {
        final JsonObject opening = new JsonObject().put("id", "group").put("action", "join");
        return write(new Write("/v1/orders", order("go" + group + "-0", group % MEMBERS, opening)))
                .compose(opened -> {
                    hold(opened.status() == 200, opened);
                    final String id =
                            opened.body().getJsonArray("seats").getJsonObject(0).getString("group_id");
                    seatsHeld.put(id, new AtomicInteger(1));
                    seatsPaid.put(id, new AtomicInteger());
                    return paySeat(id, group, 0).compose(paid -> crowd(id, group, unpaid));
                });
    }

    private Future<Void> crowd(final String id, final int group, final int unpaid) {
        final JsonObject joining = new JsonObject().put("id", "group").put("action", "join");
        joining.put("group_id", id);
        final List<Future<Void>> all = new ArrayList<>();
        for (int i = 1; i <= 2 * GROUP_SIZE; i++) {
            final int place = i;
            final JsonObject order = order("go" + group + "-" + place, (group + place) % MEMBERS, joining);
            all.add(write(new Write("/v1/orders", order)).compose(joined -> {
                hold(joined.status() == 200 || joined.status() == 409, joined);
                if (joined.status() != 200) {
                    return Future.succeededFuture();
                }
                seatsHeld.get(id).incrementAndGet();
                return place == unpaid ? Future.succeededFuture() : paySeat(id, group, place);
            }));
        }
        return Future.all(all).mapEmpty();
    }

    private Future<Void> paySeat(final String id, final int group, final int place) {
        final int member = (group + place) % MEMBERS;
        final String order = "go" + group + "-" + place;
        return write(new Write("/v1/payments", payment("gp" + order, order, "m" + member, GROUP_PRICE)))
                .map(paid -> {
                    hold("CAPTURED".equals(paid.body().getString("status")), paid);
                    seatsPaid.get(id).incrementAndGet();
                    earn(member, GROUP_PRICE);
                    return null;
                });
    }

    private void hold(final boolean holds, final ApiClient.Answer answer) {
        if (!holds) {
            wrong.add(answer.toString());
        }
    }

    /** Sends until it is answered; whoever was answered first is right. */
    private Future<ApiClient.Answer> write(final Write write) {
        return insist(write).map(answer -> {
            final ApiClient.Answer first = answers.putIfAbsent(write, answer);
            agree(write, first == null ? answer : first, answer);
            return answer;
        });
    }

    private Future<ApiClient.Answer> insist(final Write write) {
        return client.send(HttpMethod.POST, write.path(), write.body().toBuffer())
                .transform(sent -> {
                    if (isGivenUp) {
                        return Future.failedFuture("the server does not come back");
                    }
                    if (sent.succeeded() && sent.result().status() != 503) {
                        return Future.succeededFuture(sent.result());
                    }
                    again.incrementAndGet();
                    final Promise<ApiClient.Answer> later = Promise.promise();
                    vertx.setTimer(RETRY_MS, due -> insist(write).onComplete(later));
                    return later.future();
                });
    }

    /** Returns what was decided: of a refusal, without the name of the request that asked. */
    private static JsonObject decided(final ApiClient.Answer answer) {
        final JsonObject body = answer.body().copy();
        body.remove("request_id");
        return body;
    }

    private void agree(final Write write, final ApiClient.Answer first, final ApiClient.Answer answer) {
        final boolean isSame = first.sequence() == answer.sequence()
                && first.status() == answer.status()
                && decided(first).equals(decided(answer));
        if (!isSame) {
            wrong.add(write + " was answered " + first + " and then " + answer);
        }
    }

    /** Nobody will ever answer: whoever waits for that fails. */
    void giveUp() {
        isGivenUp = true;
    }

    /** Runs the load to its end, however often the server dies meanwhile. */
    void run() throws InterruptedException {
        final Thread bulk = new Thread(() -> blocks.forEach(this::sendBlock), "bulk");
        bulk.start();
        each(tasks);
        bulk.join();
    }

    private void sendBlock(final Buffer block) {
        final JsonObject summary = new BulkSender(client, BulkSender.Answers.REFUSED, PATIENCE)
                .send(block, line -> wrong.add(line.encode()));
        if (summary.getInteger("refused") != 0) {
            wrong.add(summary.encode());
        }
    }

    private void each(final List<Supplier<Future<Void>>> some) {
        final AtomicInteger next = new AtomicInteger();
        final List<Future<Void>> callers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            final Promise<Void> done = Promise.promise();
            take(some, next, done);
            callers.add(done.future());
        }
        Future.all(callers).await();
    }

    private static void take(
            final List<Supplier<Future<Void>>> some, final AtomicInteger next, final Promise<Void> done) {
        final int index = next.getAndIncrement();
        if (index >= some.size()) {
            done.complete();
        } else {
            some.get(index).get().onComplete(ended -> {
                if (ended.failed()) {
                    done.fail(ended.cause());
                } else {
                    take(some, next, done);
                }
            });
        }
    }

    /** Sends everything that was answered again: each must be a repeat of the same answer. */
    void sendAgain() {
        final List<Supplier<Future<Void>>> repeats = new ArrayList<>();
        answers.forEach((write, first) -> repeats.add(() -> insist(write).map(answer -> {
            hold(answer.replayed(), answer);
            agree(write, first, answer);
            return null;
        })));
        each(repeats);
        for (final Buffer block : blocks) {
            final JsonObject summary = new BulkSender(client, BulkSender.Answers.SUMMARY, PATIENCE)
                    .send(block, line -> wrong.add(line.encode()));
            if (summary.getInteger("repeated") != BLOCK_LINES) {
                wrong.add("bulk was not repeated: " + summary.encode());
            }
        }
    }

    /** Returns what is not as it must be: answers, pools, accounts, stock; empty: nothing. */
    List<String> violations() {
        final Map<Long, Write> bySequence = new HashMap<>();
        answers.forEach((write, answer) -> {
            final Write other = bySequence.put(answer.sequence(), write);
            if (other != null) {
                wrong.add("one sequence for two: " + write + " and " + other);
            }
        });
        long inPools = 0;
        for (int i = 0; i < MEMBERS; i++) {
            final JsonArray pools = client.get("/v1/pools/m" + i).expectOk().getJsonArray("pools");
            final long found = pools.isEmpty() ? 0 : pools.getJsonObject(0).getLong("available");
            expect("pool of m" + i, rewards.getOrDefault("m" + i, 0L), found);
            inPools += found;
        }
        final long owed = client.get("/v1/accounts").expectOk().getJsonArray("accounts").stream()
                .mapToLong(account -> ((JsonObject) account).getLong("balance"))
                .sum();
        expect("sum of accounts", -inPools, owed);
        final JsonObject counters =
                client.get("/v1/campaigns/sale/live").expectOk().getJsonObject("counters");
        expect("sold", sold.get(), counters.getLong("sold"));
        expect("reserved", held.get() - sold.get() - cancelled.get(), counters.getLong("reserved"));
        expect("available", STOCK - held.get() + cancelled.get(), counters.getLong("available"));
        groupsAreWhatWasTold();
        return List.copyOf(wrong);
    }

    private void groupsAreWhatWasTold() {
        int successes = 0;
        for (final String id : seatsHeld.keySet()) {
            final JsonObject group =
                    client.get("/v1/campaigns/group/instances/" + id).expectOk();
            final int paid = seatsPaid.get(id).get();
            final int held = seatsHeld.get(id).get();
            expect("paid in " + id, paid, group.getJsonObject("counters").getLong("paid"));
            expect("held in " + id, held - paid, group.getJsonObject("counters").getLong("held"));
            expect("seats of " + id, GROUP_SIZE, Math.max(GROUP_SIZE, held));
            final boolean isSuccess = paid == GROUP_SIZE;
            expect(id + " is a success", isSuccess ? 1 : 0, "SUCCESS".equals(group.getString("state")) ? 1 : 0);
            successes += isSuccess ? 1 : 0;
        }
        expect("groups", GROUPS, seatsHeld.size());
        final JsonObject counters =
                client.get("/v1/campaigns/group/live").expectOk().getJsonObject("counters");
        expect("successes", successes, counters.getLong("succeeded"));
    }

    private void expect(final String what, final long expected, final long found) {
        if (expected != found) {
            wrong.add(what + " expected=" + expected + " found=" + found);
        }
    }

    /** Returns how many writes were answered, and how many attempts were not. */
    String figures() {
        return "answered=" + answers.size() + " bulkLines=" + BLOCKS * BLOCK_LINES + " sentAgain=" + again.get()
                + " sold=" + sold.get() + " groups=" + seatsPaid.size();
    }
}
