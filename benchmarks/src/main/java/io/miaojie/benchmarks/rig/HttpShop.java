package io.miaojie.benchmarks.rig;

import io.miaojie.benchmarks.Draws;
import io.miaojie.benchmarks.Rebates;
import io.miaojie.benchmarks.Rewards;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;

/**
 * A shop behind HTTP whose payments earn a rebate and two levels of commission, held for a week: opened, filled with
 * members who were brought by others, and checked at the end.
 */
public final class HttpShop implements AutoCloseable {
    private static final int BLOCK_LINES = 2_000;
    private static final int CHECKED_MAX = 200;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(120);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Vertx vertx;
    private final Rewards rates;
    private final IntUnaryOperator parents;
    private final String key;
    private final Api api;

    /**
     * Opens the shop and registers its members.
     *
     * @param rewards how many members, and the rates
     * @param parents who brought a member, -1: nobody
     */
    public HttpShop(final URI server, final String adminKey, final Rewards rewards, final IntUnaryOperator parents) {
        this.vertx = Vertx.vertx();
        this.rates = rewards;
        this.parents = parents;
        this.key = openMerchant(server, adminKey);
        this.api = new Api(vertx, server, key);
        api.post("/v1/campaigns", campaign(Rebates.id(0), Rebates.KIND, new JsonObject().put("rate_ppm", ratePpm(0))));
        api.post(
                "/v1/campaigns",
                campaign(
                        "commission",
                        Rewards.COMMISSION,
                        new JsonObject().put("level1_rate_ppm", ratePpm(1)).put("level2_rate_ppm", ratePpm(2))));
        registerMembers();
    }

    /** Returns the key that payments are sent with. */
    public String key() {
        return key;
    }

    /** Returns what the server says of itself. */
    public long journalBytes() {
        return Metrics.read(api).journalBytes();
    }

    /** Returns the records that are forced but not in Postgres yet. */
    public long lagRecords() {
        return Metrics.read(api).lagRecords();
    }

    /** Waits until Postgres has every record; a server without Postgres never gets there. */
    public void awaitProjected() {
        final long giveUpAtNs = System.nanoTime() + PATIENCE_NS;
        final long last = Metrics.read(api).durableSequence();
        while (Metrics.read(api).projectedSequence() < last) {
            if (System.nanoTime() - giveUpAtNs > 0) {
                throw new IllegalStateException("Postgres has not caught up: sequence=" + last);
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /**
     * Holds what both campaigns granted, and single pools, against a plain calculation.
     *
     * @param payments how many there were
     * @param buyers who made each
     */
    public void check(final int payments, final IntUnaryOperator buyers) {
        final long[] pools = new long[rates.members()];
        final long[] granted = new long[rates.grants()];
        for (int i = 0; i < payments; i++) {
            int member = buyers.applyAsInt(i);
            for (int grant = 0; grant < granted.length && member >= 0; grant++) {
                final long reward = rates.rewardMinor(grant, Draws.amountMinor(i));
                granted[grant] += reward;
                pools[member] += reward;
                member = parents.applyAsInt(member);
            }
        }
        equal("rebates", granted[0], granted(Rebates.id(0)));
        equal("commissions", granted[1] + granted[2], granted("commission"));
        final int step = Math.max(1, pools.length / CHECKED_MAX);
        for (int member = 0; member < pools.length; member += step) {
            if (pools[member] > 0) {
                equal("pool of member " + member, pools[member], spendable(member));
            }
        }
    }

    @Override
    public void close() {
        api.close();
        vertx.close().await();
    }

    private long ratePpm(final int grant) {
        return rates.ratePpm(grant);
    }

    private String openMerchant(final URI server, final String adminKey) {
        try (Api admin = new Api(vertx, server, adminKey)) {
            final String id = "bench";
            admin.post("/v1/merchants", new JsonObject().put("id", id).put("name", "Bench"));
            return admin.post(
                            "/v1/keys",
                            new JsonObject()
                                    .put("id", id + "-key")
                                    .put("merchant_id", id)
                                    .put("role", "operate"))
                    .getString("secret");
        }
    }

    private static JsonObject campaign(final String id, final String kind, final JsonObject terms) {
        return new JsonObject()
                .put("id", id)
                .put("kind", kind)
                .put("currency", "CNY")
                .put("hold", new JsonObject().put("policy", "DAYS_AFTER_PAY").put("days", 7))
                .put("instant_ppm", 1_000_000)
                .put("terms", terms);
    }

    private void registerMembers() {
        for (int first = 0; first < rates.members(); first += BLOCK_LINES) {
            final int end = Math.min(rates.members(), first + BLOCK_LINES);
            final Buffer block = Buffer.buffer();
            for (int member = first; member < end; member++) {
                final int parent = parents.applyAsInt(member);
                block.appendString("{\"type\":\"member\",\"id\":\"" + Rewards.memberId(member) + "\""
                        + (parent < 0 ? "" : ",\"referrer_id\":\"" + Rewards.memberId(parent) + "\"")
                        + "}\n");
            }
            equal("members registered", end - first, ingest(block).getLong("done"));
        }
    }

    private JsonObject ingest(final Buffer block) {
        try {
            return api.ingest(block).await(PATIENCE_NS, TimeUnit.NANOSECONDS);
        } catch (final TimeoutException e) {
            throw new IllegalStateException("members were not registered in time", e);
        }
    }

    private long granted(final String campaign) {
        return new JsonObject(api.get("/v1/campaigns/" + campaign))
                .getJsonObject("granted")
                .getLong("amount");
    }

    private long spendable(final int member) {
        return new JsonObject(api.get("/v1/pools/" + Rewards.memberId(member)))
                .getJsonArray("pools")
                .getJsonObject(0)
                .getLong("spendable");
    }

    private static void equal(final String what, final long expected, final long actual) {
        if (expected != actual) {
            throw new IllegalStateException("wrong result: " + what + " expected=" + expected + " actual=" + actual);
        }
    }
}
