package io.miaojie.benchmarks.rig;

import io.miaojie.benchmarks.Rebates;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** One bulk ingest into a shop of its own, from opening it to checking what its pools hold. */
final class IngestRun {
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int CHECKED_MEMBERS_MAX = 1_000;

    private final Vertx vertx;
    private final URI server;
    private final String adminKey;
    private final LongSupplier serverCpuNs;
    private final IngestPlan plan;
    private final IngestLines lines;
    private final long giveUpAtNs;

    IngestRun(
            final Vertx vertx,
            final URI server,
            final String adminKey,
            final LongSupplier serverCpuNs,
            final IngestPlan plan) {
        this.vertx = vertx;
        this.server = server;
        this.adminKey = adminKey;
        this.serverCpuNs = serverCpuNs;
        this.plan = plan;
        this.lines = new IngestLines(
                plan.members(), Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        this.giveUpAtNs = System.nanoTime() + plan.patience().toNanos();
    }

    IngestReport run() {
        final String key = Shop.open(vertx, server, adminKey, "bench-" + System.currentTimeMillis());
        final List<Api> connections = new ArrayList<>();
        for (int i = 0; i < plan.connections(); i++) {
            connections.add(new Api(vertx, server, key));
        }
        try {
            awaitProjected(connections.get(0), send(connections, blocks(0, plan.warmUpPayments())));
            final IngestReport report = measure(connections);
            check(connections.get(0));
            return report;
        } finally {
            connections.forEach(Api::close);
        }
    }

    private IngestReport measure(final List<Api> connections) {
        final List<Buffer> blocks = blocks(plan.warmUpPayments(), plan.payments());
        final Api first = connections.get(0);
        final long journalBytes = Metrics.read(first).journalBytes();
        final long clientNs = clientCpuNs();
        final long serverNs = serverCpuNs.getAsLong();
        final long startNs = System.nanoTime();
        final long lastSequence = send(connections, blocks);
        final long burstEndNs = System.nanoTime();
        final long clientEndNs = clientCpuNs();
        final long serverEndNs = serverCpuNs.getAsLong();
        final long lagRecords = Metrics.read(first).lagRecords();
        awaitProjected(first, lastSequence);
        return new IngestReport(
                plan,
                lines.lineLength(),
                burstEndNs - startNs,
                System.nanoTime() - burstEndNs,
                lagRecords,
                Metrics.read(first).journalBytes() - journalBytes,
                clientEndNs - clientNs,
                serverNs < 0 ? -1 : serverEndNs - serverNs);
    }

    private List<Buffer> blocks(final int first, final int count) {
        final List<Buffer> blocks = new ArrayList<>();
        for (int i = first; i < first + count; i += plan.blockLines()) {
            blocks.add(lines.block(i, Math.min(plan.blockLines(), first + count - i)));
        }
        return blocks;
    }

    /** Sends the blocks on the connections in turn and returns the sequence of the last record. */
    private long send(final List<Api> connections, final List<Buffer> blocks) {
        final List<Future<Lane.Sum>> lanes = new ArrayList<>();
        for (int i = 0; i < connections.size(); i++) {
            final List<Buffer> share = new ArrayList<>();
            for (int block = i; block < blocks.size(); block += connections.size()) {
                share.add(blocks.get(block));
            }
            final Lane lane = new Lane(connections.get(i), share.iterator(), plan.underWayMax());
            lanes.add(Future.future(end -> vertx.runOnContext(now -> lane.send().onComplete(end))));
        }
        try {
            Future.all(lanes).await(giveUpAtNs - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (final TimeoutException e) {
            throw new IllegalStateException("not all answered within " + plan.patience(), e);
        }
        return lanes.stream()
                .mapToLong(lane -> lane.result().lastSequence())
                .max()
                .orElse(0);
    }

    private void awaitProjected(final Api api, final long sequence) {
        while (Metrics.read(api).projectedSequence() < sequence) {
            if (giveUpAtNs - System.nanoTime() < 0) {
                throw new IllegalStateException("Postgres has not caught up within " + plan.patience());
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** Holds what the campaigns granted, which is what all pools hold together, and single pools against plain sums. */
    private void check(final Api api) {
        final long[] pools = lines.expectedPoolsMinor(plan.warmUpPayments() + plan.payments());
        long granted = 0;
        for (int i = 0; i < Rebates.COUNT; i++) {
            final JsonObject campaign = new JsonObject(api.get("/v1/campaigns/" + Rebates.id(i)));
            granted += campaign.getJsonObject("granted").getLong("amount");
        }
        equal("pools in all", Arrays.stream(pools).sum(), granted);
        final int step = Math.max(1, pools.length / CHECKED_MEMBERS_MAX);
        for (int member = 0; member < pools.length; member += step) {
            if (pools[member] > 0) {
                equal("pool of member " + member, pools[member], spendable(api, member));
            }
        }
    }

    private static long spendable(final Api api, final int member) {
        final JsonArray pools =
                new JsonObject(api.get("/v1/pools/" + IngestLines.memberId(member))).getJsonArray("pools");
        return pools.getJsonObject(0).getLong("spendable");
    }

    private static void equal(final String what, final long expected, final long actual) {
        if (expected != actual) {
            throw new IllegalStateException("wrong result: " + what + " expected=" + expected + " actual=" + actual);
        }
    }

    private static long clientCpuNs() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }
}
