package io.miaojie.benchmarks.rig;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.agrona.IoUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What others wait while many groups end in one instant: payments on a planned clock, before it and across it.
 *
 * <pre>
 *   groups opened and paid   |||  |  |||||||||||||            each an order and a payment, in bulk
 *   end of the campaign           |                    |      the deadline of all of them
 *   payments, planned clock    |-------|       |-----| |---------|
 *   compared                    warm-up        p99     p99, from a second before the instant until the last has ended
 * </pre>
 *
 * <p>A server that has run for a while has ended groups before, and its compilers rest: so does a smaller campaign in
 * the warm-up, which goes on until they do.
 *
 * <p>A run holds only if each group's order has its refund order in the end. Server, payers and Postgres share the
 * machine.
 */
@Command(
        name = "group-expiry",
        mixinStandardHelpOptions = true,
        description = "Measure what payments wait while many groups end in one instant, on loopback.")
public final class GroupExpiry implements Callable<Integer> {
    private static final int BLOCK_GROUPS = 500;
    private static final int WARM_UP_PER_S = 1_000;
    private static final int WARM_UP_MOST_S = 60;

    /** Share of one core below which compilers are at rest. */
    private static final double AT_REST = 0.05;

    private static final int PRICE = 500;
    private static final double MICROS = 1_000;
    private static final long POLL_MS = 50;
    private static final long GIVE_UP_S = 120;

    @Spec
    private CommandSpec spec;

    @Option(names = "--groups", defaultValue = "100000", description = "Groups (default: ${DEFAULT-VALUE}).")
    private int groups;

    @Option(names = "--open-s", defaultValue = "40", description = "Time to open them in (default: ${DEFAULT-VALUE}).")
    private int openS;

    @Option(
            names = "--warm-up-groups",
            defaultValue = "25000",
            description = "Groups that end before (default: ${DEFAULT-VALUE}).")
    private int warmUpGroups;

    @Option(names = "--rate", defaultValue = "200", description = "Payments a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--turn-s", defaultValue = "10", description = "Seconds of a turn (default: ${DEFAULT-VALUE}).")
    private int turnS;

    @Mixin
    private ServerProgram program;

    /** A campaign whose groups all end in one instant. */
    private record Ending(String campaign, int groups, Instant at) {}

    private final AtomicLong endedNs = new AtomicLong();
    private final AtomicReference<Throwable> fault = new AtomicReference<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Path directory = Files.createTempDirectory("miaojie-bench-");
        final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try (ServerProcess server = program.start(directory)) {
            final JsonObject report = run(vertx, server, server.awaitReady());
            final PrintWriter out = spec.commandLine().getOut();
            report.forEach(entry -> out.printf("%-26s %s%n", entry.getKey(), entry.getValue()));
            out.flush();
            return 0;
        } finally {
            vertx.close().await();
            IoUtil.delete(directory.toFile(), true);
        }
    }

    private JsonObject run(final Vertx vertx, final ServerProcess process, final URI server)
            throws InterruptedException {
        final String key = Shop.open(vertx, server, ServerProcess.ADMIN_KEY, "bench");
        try (Api api = new Api(vertx, server, key);
                PlannedPayments payments = new PlannedPayments(vertx, server, key)) {
            warmUp(api, payments, process);
            final Ending ending = new Ending("gb1", groups, Instant.now().plusSeconds(openS + turnS + 5L));
            final long openNs = open(api, ending);
            awaitProjected(api);
            if (Instant.now().plusSeconds(turnS).isAfter(ending.at())) {
                throw new IllegalStateException("the groups were not open in time: seconds=" + openNs / 1_000_000_000);
            }
            final Histogram before = payments.send(rate, turnS);
            awaitInstant(ending.at().minusSeconds(1));
            final long instantNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            final Thread watch = new Thread(() -> watch(api, ending), "watch");
            watch.start();
            final Histogram during = payments.send(rate, turnS);
            watch.join();
            if (fault.get() != null) {
                throw new IllegalStateException("the groups have not ended", fault.get());
            }
            final long endedMs = TimeUnit.NANOSECONDS.toMillis(endedNs.get() - instantNs);
            return report(before, during, openNs, endedMs);
        }
    }

    /** Pays, with a smaller campaign that ends meanwhile, until the compilers of the server rest. */
    private void warmUp(final Api api, final PlannedPayments payments, final ServerProcess server) {
        payments.send(WARM_UP_PER_S, turnS);
        final Ending ending = new Ending("gb0", warmUpGroups, Instant.now().plusSeconds(turnS));
        open(api, ending);
        final double restNs = AT_REST * turnS * TimeUnit.SECONDS.toNanos(1);
        boolean isAtRest = false;
        for (int s = 0; s < WARM_UP_MOST_S && (!isAtRest || seatsPaid(api, ending) > 0); s += turnS) {
            final long beforeNs = server.compilersNs();
            payments.send(WARM_UP_PER_S, turnS);
            isAtRest = server.compilersNs() - beforeNs < restNs;
        }
    }

    /** Opens the groups in bulk, each with an order and its payment; returns how long that took. */
    private static long open(final Api api, final Ending ending) {
        final JsonObject terms =
                new JsonObject().put("size", 3).put("price", PRICE).put("duration_minutes", 600);
        api.post(
                "/v1/campaigns",
                new JsonObject()
                        .put("id", ending.campaign())
                        .put("kind", "group-buy")
                        .put("currency", "CNY")
                        .put("ends_at", ending.at().toString())
                        .put("terms", terms));
        final long startNs = System.nanoTime();
        final String paidAt = Instant.now().toString();
        for (int first = 0; first < ending.groups(); first += BLOCK_GROUPS) {
            final Buffer lines = Buffer.buffer();
            for (int group = first; group < Math.min(ending.groups(), first + BLOCK_GROUPS); group++) {
                final String order = ending.campaign() + "-" + group;
                lines.appendBuffer(order(ending, order, group).toBuffer()).appendString("\n");
                lines.appendBuffer(payment(order, paidAt).toBuffer()).appendString("\n");
            }
            final JsonObject summary = await(api.ingest(lines));
            if (summary.getInteger("refused") > 0) {
                throw new IllegalStateException("a group was not opened: " + summary);
            }
        }
        return System.nanoTime() - startNs;
    }

    private static JsonObject order(final Ending ending, final String order, final int group) {
        final JsonObject line = new JsonObject()
                .put("line_id", "1")
                .put("sku", "A")
                .put("quantity", 1)
                .put("campaign", new JsonObject().put("id", ending.campaign()).put("action", "join"));
        return new JsonObject()
                .put("type", "order")
                .put("id", order)
                .put("member_id", PlannedPayments.member(group))
                .put("currency", "CNY")
                .put("lines", new JsonArray().add(line));
    }

    private static JsonObject payment(final String order, final String paidAt) {
        return new JsonObject()
                .put("type", "payment")
                .put("id", "pay-" + order)
                .put("order_id", order)
                .put("amount", PRICE)
                .put("currency", "CNY")
                .put("paid_at", paidAt);
    }

    /** Looks until no seat is paid any more: each order of each group has been given back. */
    private void watch(final Api api, final Ending ending) {
        final long giveUpAtNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(GIVE_UP_S);
        try {
            while (seatsPaid(api, ending) > 0) {
                if (System.nanoTime() > giveUpAtNs) {
                    throw new IllegalStateException("not within " + GIVE_UP_S + " s");
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MS));
            }
            endedNs.set(System.nanoTime());
        } catch (final RuntimeException e) {
            fault.set(e);
        }
    }

    private static JsonObject await(final Future<JsonObject> answer) {
        try {
            return answer.await(GIVE_UP_S, TimeUnit.SECONDS);
        } catch (final TimeoutException e) {
            throw new IllegalStateException("no answer in time", e);
        }
    }

    private static long seatsPaid(final Api api, final Ending ending) {
        return new JsonObject(api.get("/v1/campaigns/" + ending.campaign() + "/live"))
                .getJsonObject("counters")
                .getLong("paid");
    }

    private static void awaitProjected(final Api api) {
        while (Metrics.read(api).lagRecords() > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MS));
        }
    }

    private static void awaitInstant(final Instant instant) {
        while (Instant.now().isBefore(instant)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private JsonObject report(final Histogram before, final Histogram during, final long openNs, final long endedMs) {
        return new JsonObject()
                .put("bench", "group-expiry")
                .put("groups", groups)
                .put("warm_up_groups", warmUpGroups)
                .put("payments_per_s", rate)
                .put("turn_s", turnS)
                .put("opened_per_s", groups * 1_000L / Math.max(1, TimeUnit.NANOSECONDS.toMillis(openNs)))
                .put("ended_ms", endedMs)
                .put("p50_ms_before", ms(before, 50))
                .put("p50_ms_across", ms(during, 50))
                .put("p99_ms_before", ms(before, 99))
                .put("p99_ms_across", ms(during, 99))
                .put("max_ms_before", ms(before, 100))
                .put("max_ms_across", ms(during, 100))
                .put("machine", Machine.describe());
    }

    private static double ms(final Histogram us, final double percentile) {
        return us.getValueAtPercentile(percentile) / MICROS;
    }
}
