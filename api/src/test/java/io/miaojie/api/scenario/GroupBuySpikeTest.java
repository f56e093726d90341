package io.miaojie.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.client.ApiClient;
import io.miaojie.api.support.SandboxRun;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three times as many payers as seats for each group, all at once; leaders who never pay, quit before the success, or
 * after it; last payments at the very instant of the deadline: no group is overfull, and whoever paid has a seat of a
 * success or all of the money back, once. The build has 10 groups, unless {@code group.count} says otherwise.
 */
@Tag("postgres")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GroupBuySpikeTest {
    private static final int GROUPS = Integer.getInteger("group.count", 10);
    private static final int SIZE = 5;
    private static final int PRICE = 700;
    private static final int CONNECTIONS = 64;
    private static final int STAGES = 5;

    /** What becomes of a group: of its leader, or in the end of its last payment. */
    private static final int LEADER_STAYS = 0;

    private static final int LEADER_NEVER_PAYS = 1;
    private static final int LEADER_QUITS_EARLY = 2;
    private static final int LEADER_QUITS_LATE = 3;
    private static final int LAST_PAYS_AT_THE_DEADLINE = 4;

    @TempDir
    private Path dataDir;

    private final Map<String, Integer> paid = new ConcurrentHashMap<>();
    private final Map<String, Integer> quit = new ConcurrentHashMap<>();
    private final Map<String, String> groupOf = new HashMap<>();
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();
    private SandboxRun run;
    private ApiClient client;

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void noGroupIsOverfullAndEveryPayerHasASeatOrTheMoney() throws Exception {
        run = new SandboxRun(dataDir, "shop", "CNY", false);
        client = run.client(CONNECTIONS);
        open();
        crowd();
        quitAfterSuccess();
        tie();
        final Map<String, Integer> back = refundOrders();
        int seated = 0;
        int refunded = 0;
        for (final Map.Entry<String, Integer> payment : paid.entrySet()) {
            final String order = payment.getKey();
            final JsonObject state =
                    client.get("/v1/orders/" + order).expectOk().getJsonObject("order");
            final int returned = back.getOrDefault(order, 0) + quit.getOrDefault(order, 0);
            final boolean isSeated = state.getString("state").equals("PAID");
            assertEquals(isSeated ? 0 : payment.getValue(), returned, () -> order + " " + state.encode());
            seated += isSeated ? 1 : 0;
            refunded += isSeated ? 0 : 1;
        }
        assertTrue(seated >= SIZE && refunded > 0, "seated=" + seated + " refunded=" + refunded);
        assertEquals(Set.of("GROUP_FULL", "GROUP_NOT_FORMING"), refusals, "what payers without a seat are told");
        noGroupIsOverfullAtAnySequence();
        groupsEndAsTheyShould();
        theFeedTellsWhatBecameOfGroups();
        ordersNameTheirGroups();
        assertTrue(run.stopAndVerify().contains("invariants"), "verify");
    }

    private void open() {
        for (int group = 0; group < GROUPS; group++) {
            for (int payer = 0; payer <= 3 * SIZE; payer++) {
                client.post("/v1/members", new JsonObject().put("id", member(group, payer)))
                        .expectOk();
            }
        }
        final JsonObject terms =
                new JsonObject().put("size", SIZE).put("price", PRICE).put("duration_minutes", 60);
        client.post(
                        "/v1/campaigns",
                        new JsonObject()
                                .put("id", "gb1")
                                .put("kind", "group-buy")
                                .put("currency", "CNY")
                                .put("terms", terms))
                .expectOk();
        for (int group = 0; group < GROUPS; group++) {
            final JsonObject answer = client.post("/v1/orders", order(order(group, 0), member(group, 0), null))
                    .expectOk();
            final JsonObject seat = answer.getJsonArray("seats").getJsonObject(0);
            assertEquals("HELD", seat.getString("state"), answer::encode);
            groupOf.put(order(group, 0), seat.getString("group_id"));
            if (stage(group) != LEADER_NEVER_PAYS) {
                pay(order(group, 0)).await();
            }
        }
    }

    /** All payers of all groups at once; of a group that waits for its deadline one less than it needs pays. */
    private void crowd() {
        final List<Future<?>> callers = new ArrayList<>();
        for (int payer = 1; payer <= 3 * SIZE; payer++) {
            for (int group = 0; group < GROUPS; group++) {
                final String order = order(group, payer);
                final boolean isTied = stage(group) == LAST_PAYS_AT_THE_DEADLINE;
                if (isTied && payer >= SIZE) {
                    continue;
                }
                final boolean pays = !isTied || payer < SIZE - 1;
                callers.add(join(group, payer).compose(isHeld -> isHeld && pays ? pay(order) : done()));
            }
        }
        for (int group = 0; group < GROUPS; group++) {
            if (stage(group) == LEADER_QUITS_EARLY) {
                callers.add(refund(order(group, 0)));
            }
        }
        Future.all(callers).await();
    }

    private void quitAfterSuccess() {
        for (int group = 0; group < GROUPS; group++) {
            if (stage(group) == LEADER_QUITS_LATE) {
                assertEquals("SUCCESS", group(group).getString("state"));
                refund(order(group, 0)).await();
                assertEquals("SUCCESS", group(group).getString("state"));
                assertEquals(1, group(group).getJsonObject("counters").getInteger("refunded"));
            }
        }
    }

    /** The clock goes past the deadline while the last payments come. */
    private void tie() {
        final List<Future<?>> callers = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            if (group == GROUPS / 2) {
                final JsonObject move = new JsonObject().put("id", "k1").put("advance", "PT1H");
                callers.add(client.send(HttpMethod.POST, "/v1/sandbox/clock", move.toBuffer())
                        .map(answer -> answer.expectOk()));
            }
            if (stage(group) == LAST_PAYS_AT_THE_DEADLINE) {
                callers.add(pay(order(group, SIZE - 1)));
            }
        }
        Future.all(callers).await();
    }

    private Future<Boolean> join(final int group, final int payer) {
        final JsonObject order = order(order(group, payer), member(group, payer), groupOf.get(order(group, 0)));
        return client.send(HttpMethod.POST, "/v1/orders", order.toBuffer()).map(answer -> {
            if (answer.status() != 200) {
                refusals.add(answer.body().getString("code"));
            }
            return answer.status() == 200;
        });
    }

    private Future<Void> pay(final String order) {
        final JsonObject payment = new JsonObject()
                .put("id", "p" + order)
                .put("order_id", order)
                .put("amount", PRICE)
                .put("currency", "CNY")
                .put("paid_at", Instant.now().toString());
        return client.send(HttpMethod.POST, "/v1/payments", payment.toBuffer()).map(answer -> {
            answer.expectOk();
            paid.put(order, PRICE);
            return null;
        });
    }

    private Future<Void> refund(final String order) {
        final JsonObject refund = new JsonObject()
                .put("id", "r" + order)
                .put("order_id", order)
                .put("amount", PRICE)
                .put("currency", "CNY")
                .put("status", "SUCCESS");
        return client.send(HttpMethod.POST, "/v1/refunds", refund.toBuffer()).map(answer -> {
            answer.expectOk();
            quit.put(order, PRICE);
            return null;
        });
    }

    /** Returns what refund orders give back, by order. */
    private Map<String, Integer> refundOrders() {
        final Map<String, Integer> sums = new HashMap<>();
        final long last = client.get("/v1/campaigns/gb1/live").sequence();
        final JsonArray all = SandboxRun.list(client, "/v1/refund-orders?limit=1000&min_sequence=" + last)
                .getJsonArray("refund_orders");
        for (int i = 0; i < all.size(); i++) {
            final JsonObject one = all.getJsonObject(i);
            sums.merge(one.getString("order_id"), one.getInteger("amount"), Integer::sum);
        }
        return sums;
    }

    private void noGroupIsOverfullAtAnySequence() {
        int seen = 0;
        String after = "0";
        JsonArray events;
        do {
            final JsonObject page = client.get(
                            "/v1/outcomes?wait_s=0&limit=1000&types=order.placed,payment.settled&after=" + after)
                    .expectOk();
            events = page.getJsonArray("events");
            for (int i = 0; i < events.size(); i++) {
                final JsonArray groups =
                        events.getJsonObject(i).getJsonObject("data").getJsonArray("campaigns", new JsonArray());
                for (int g = 0; g < groups.size(); g++) {
                    final JsonObject counters = groups.getJsonObject(g).getJsonObject("counters");
                    final int taken = counters.getInteger("held")
                            + counters.getInteger("paid")
                            + counters.getInteger("subsidised")
                            + counters.getInteger("refunded");
                    assertTrue(taken <= counters.getInteger("seats"), counters::encode);
                    seen += groups.getJsonObject(g).containsKey("group_id") ? 1 : 0;
                }
            }
            after = page.getString("next_cursor");
        } while (!events.isEmpty());
        assertTrue(seen >= GROUPS * SIZE, "seen=" + seen);
    }

    private void groupsEndAsTheyShould() {
        final Set<String> listed = new HashSet<>();
        final JsonArray instances =
                client.get("/v1/campaigns/gb1/instances?limit=1000").expectOk().getJsonArray("instances");
        for (int i = 0; i < instances.size(); i++) {
            listed.add(instances.getJsonObject(i).getString("id"));
        }
        assertEquals(new HashSet<>(groupOf.values()), listed);
        for (int group = 0; group < GROUPS; group++) {
            final JsonObject instance = group(group);
            final String state = instance.getString("state");
            final Set<String> may =
                    switch (stage(group)) {
                        case LEADER_STAYS, LEADER_QUITS_LATE -> Set.of("SUCCESS");
                        case LEADER_NEVER_PAYS -> Set.of("ABANDONED");
                        default -> Set.of("SUCCESS", "FAILED_EXPIRED", "CANCELLED");
                    };
            assertTrue(may.contains(state), instance::encode);
            final int left = instance.getJsonObject("counters").getInteger("paid")
                    + instance.getJsonObject("counters").getInteger("held");
            assertTrue(state.equals("SUCCESS") || left == 0, instance::encode);
        }
    }

    /** The last state that the feed told of a group is the one it has; a leader who quits is told of. */
    private void theFeedTellsWhatBecameOfGroups() {
        final Map<String, String> states = new HashMap<>();
        final Set<String> ledAnew = new HashSet<>();
        final JsonObject page = client.get(
                        "/v1/outcomes?wait_s=0&limit=1000&after=0&types=group.state_changed,group.leader_changed")
                .expectOk();
        final JsonArray events = page.getJsonArray("events");
        for (int i = 0; i < events.size(); i++) {
            final JsonObject data = events.getJsonObject(i).getJsonObject("data");
            if (events.getJsonObject(i).getString("type").equals("group.leader_changed")) {
                ledAnew.add(data.getString("group_id"));
            } else {
                final String before = states.put(data.getString("group_id"), data.getString("state"));
                assertEquals(before == null ? "OPENING" : before, data.getString("state_before"), data::encode);
            }
        }
        for (int group = 0; group < GROUPS; group++) {
            final String id = groupOf.get(order(group, 0));
            assertEquals(group(group).getString("state"), states.get(id), id);
            final boolean isOther = !member(group, 0).equals(group(group).getString("owner"));
            assertEquals(isOther, ledAnew.contains(id), id);
        }
    }

    private void ordersNameTheirGroups() {
        for (int group = 0; group < GROUPS; group++) {
            final JsonObject order = client.get("/v1/orders/" + order(group, 0)).expectOk();
            final JsonObject seat = order.getJsonArray("seats").getJsonObject(0);
            assertEquals(groupOf.get(order(group, 0)), seat.getString("group_id"), order::encode);
        }
    }

    private JsonObject group(final int group) {
        return client.get("/v1/campaigns/gb1/instances/" + groupOf.get(order(group, 0)))
                .expectOk();
    }

    private static int stage(final int group) {
        return group % STAGES;
    }

    private static String order(final int group, final int payer) {
        return "o" + group + "-" + payer;
    }

    private static String member(final int group, final int payer) {
        return "u" + group + "-" + payer;
    }

    private static Future<Void> done() {
        return Future.succeededFuture();
    }

    private static JsonObject order(final String id, final String member, final String groupId) {
        final JsonObject campaign = new JsonObject().put("id", "gb1").put("action", "join");
        if (groupId != null) {
            campaign.put("group_id", groupId);
        }
        final JsonObject line = new JsonObject()
                .put("line_id", "1")
                .put("sku", "tea")
                .put("quantity", 1)
                .put("campaign", campaign);
        return new JsonObject()
                .put("id", id)
                .put("member_id", member)
                .put("currency", "CNY")
                .put("lines", new JsonArray().add(line));
    }
}
