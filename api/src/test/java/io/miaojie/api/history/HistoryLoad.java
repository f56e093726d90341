package io.miaojie.api.history;

import io.miaojie.api.client.ApiClient;
import io.miaojie.api.history.Answer.Said;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Callers of one merchant that pay, withdraw, adjust and read at the same few pools, each one thing after the other,
 * and what each was told and when. What got no answer is sent again until it does.
 */
final class HistoryLoad {
    private static final int CALLERS = 32;
    private static final int MEMBERS = 6;
    private static final long RETRY_MS = 100;
    private static final int UNAVAILABLE = 503;
    private static final int CONFLICT = 409;
    private static final int DONE = 200;

    private final Vertx vertx;
    private final ApiClient client;
    private final String paidAt = Instant.now().toString();
    private final Collection<Call> calls = new ConcurrentLinkedQueue<>();
    private final long seed;

    /** Makes the merchant, its rebate and its members. */
    HistoryLoad(final Vertx vertx, final ApiClient admin, final long seed, final int round) {
        this.vertx = vertx;
        this.seed = seed + round;
        final String merchant = "history-" + round;
        admin.post("/v1/merchants", new JsonObject().put("id", merchant).put("name", merchant))
                .expectOk();
        final JsonObject key = new JsonObject()
                .put("id", "key-of-" + merchant)
                .put("merchant_id", merchant)
                .put("role", "operate");
        client = admin.withKey(admin.post("/v1/keys", key).expectOk().getString("secret"));
        client.post(
                        "/v1/campaigns",
                        new JsonObject()
                                .put("id", "rebate")
                                .put("kind", "purchase-rebate")
                                .put("currency", "CNY")
                                .put("hold", new JsonObject().put("policy", "NONE"))
                                .put("terms", new JsonObject().put("rate_ppm", Bank.REWARD_PPM)))
                .expectOk();
        for (int i = 0; i < MEMBERS; i++) {
            client.post("/v1/members", new JsonObject().put("id", "m" + i)).expectOk();
        }
    }

    /** Lets every caller do so many things and returns what was recorded. */
    List<Call> run(final int operationsOfEach) {
        final List<Future<Void>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(goOn(new Random(seed * CALLERS + i), i, operationsOfEach));
        }
        Future.all(callers).await();
        return List.copyOf(calls);
    }

    private Future<Void> goOn(final Random random, final int caller, final int left) {
        if (left == 0) {
            return Future.succeededFuture();
        }
        final Operation operation = operation(random, caller + "-" + left);
        final boolean isSentAgain = operation instanceof Operation.Write && random.nextInt(10) == 0;
        return insist(operation)
                .compose(ignored -> isSentAgain ? insist(operation) : Future.succeededFuture())
                .compose(ignored -> goOn(random, caller, left - 1));
    }

    private static Operation operation(final Random random, final String id) {
        final String member = "m" + random.nextInt(MEMBERS);
        final long amount = 100 + random.nextInt(20_000);
        return switch (random.nextInt(8)) {
            case 0, 1 -> new Operation.Pay("p" + id, member, amount);
            case 2, 3 -> new Operation.Withdraw("w" + id, member, 1 + amount / 10);
            case 4 -> new Operation.Adjust("a" + id, member, random.nextBoolean() ? amount / 10 : -amount / 5);
            case 5 -> new Operation.ReadBank();
            default -> new Operation.ReadPool(member);
        };
    }

    /** Sends until it is answered; each attempt is a call of its own. One that was turned away has not happened. */
    private Future<Void> insist(final Operation operation) {
        final long startNs = System.nanoTime();
        return send(operation).transform(sent -> {
            final long endNs = System.nanoTime();
            final boolean isAnswered = sent.succeeded()
                    && (sent.result().status() == DONE || sent.result().status() == CONFLICT);
            if (isAnswered) {
                calls.add(new Call(operation, startNs, endNs, answer(operation, sent.result())));
                return Future.succeededFuture();
            }
            if (sent.failed()) {
                calls.add(Call.unanswered(operation, startNs));
            } else if (sent.result().status() != UNAVAILABLE) {
                return Future.failedFuture(operation + " was answered " + sent.result());
            }
            final Promise<Void> later = Promise.promise();
            vertx.setTimer(RETRY_MS, due -> insist(operation).onComplete(later));
            return later.future();
        });
    }

    private Future<ApiClient.Answer> send(final Operation operation) {
        if (operation instanceof final Operation.ReadPool read) {
            return client.send(HttpMethod.GET, "/v1/pools/" + read.member(), null);
        } else if (operation instanceof Operation.ReadBank) {
            return client.send(HttpMethod.GET, "/v1/accounts", null);
        }
        final Operation.Write write = (Operation.Write) operation;
        final JsonObject body = new JsonObject()
                .put("id", write.id())
                .put("member_id", write.member())
                .put("amount", write.amount())
                .put("currency", "CNY");
        if (write instanceof Operation.Pay) {
            return post("/v1/payments", body.put("order_id", "o" + write.id()).put("paid_at", paidAt));
        } else if (write instanceof Operation.Withdraw) {
            return post("/v1/withdrawals", body.put("method", "wechat"));
        }
        return post(
                "/v1/adjustments",
                body.put("bucket", "withdrawable")
                        .put("reason", "counted again")
                        .put("actor", "anna"));
    }

    private Future<ApiClient.Answer> post(final String path, final JsonObject body) {
        final Buffer bytes = body.toBuffer();
        return client.send(HttpMethod.POST, path, bytes);
    }

    private static Answer answer(final Operation operation, final ApiClient.Answer answer) {
        return new Answer(answer.sequence(), answer.replayed(), said(operation, answer));
    }

    private static Said said(final Operation operation, final ApiClient.Answer answer) {
        if (answer.status() == CONFLICT) {
            return Said.refused(answer.body().getString("code"));
        }
        if (operation instanceof Operation.ReadBank) {
            final long sum = answer.body().getJsonArray("accounts").stream()
                    .mapToLong(account -> ((JsonObject) account).getLong("balance"))
                    .sum();
            return new Said(Said.OK, sum, 0);
        }
        final JsonArray pools = answer.body().getJsonArray("pools");
        final JsonObject pool = pools.isEmpty() ? new JsonObject() : pools.getJsonObject(0);
        return new Said(Said.OK, pool.getLong("withdrawable", 0L), pool.getLong("locked", 0L));
    }
}
