package io.miaojie.api.demo;

import io.miaojie.api.client.ApiClient;
import io.miaojie.api.client.BulkSender;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The flash sale of the demonstration: many buyers ask for few pieces over all connections at once, every fourth who is
 * served cancels, the others pay. The counters are read while it goes on; at the end what the shop says it sold is held
 * against what its buyers were told.
 */
final class FlashSale {
    private static final int STOCK = 100;
    private static final int PRICE_MINOR = 1_990;
    private static final int BUYERS = 3_000;
    private static final int CONNECTIONS = 64;
    private static final int CANCELS_OF = 4;
    private static final long LOOK_EVERY_MS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LIVE = "/v1/campaigns/flash/live";

    private final ApiClient shop;
    private final PrintWriter out;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger paid = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final AtomicInteger soldOut = new AtomicInteger();
    private final AtomicInteger wrong = new AtomicInteger();

    FlashSale(final ApiClient shop, final PrintWriter out) {
        this.shop = shop;
        this.out = out;
    }

    /** Sells, and tells whether the counters are those that the buyers' answers come to. */
    boolean holds() {
        open();
        final long startNs = System.nanoTime();
        final Future<?> buying = buyOnAllConnections();
        String told = "";
        while (!buying.isComplete()) {
            final String now = counters();
            if (!now.equals(told)) {
                out.printf("flash sale  %,d asked: %s%n", Math.min(BUYERS, next.get()), now);
                out.flush();
            }
            told = now;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MS));
        }
        final long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
        final JsonObject end = live();
        final int sold = paid.get();
        out.printf(
                "flash sale  %,d buyers, %d pieces, %,d ms: %d sold, %d cancelled, %,d told SOLD_OUT, %d left%n",
                BUYERS, STOCK, tookMs, sold, cancelled.get(), soldOut.get(), end.getInteger("available"));
        return !buying.failed()
                && wrong.get() == 0
                && sold + cancelled.get() + soldOut.get() == BUYERS
                && end.getInteger("sold") == sold
                && end.getInteger("reserved") == 0
                && end.getInteger("available") == STOCK - sold;
    }

    private void open() {
        final Buffer buyers = Buffer.buffer();
        for (int i = 0; i < BUYERS; i++) {
            buyers.appendBuffer(new JsonObject()
                            .put("type", "member")
                            .put("id", buyer(i))
                            .toBuffer())
                    .appendByte((byte) '\n');
        }
        new BulkSender(shop, BulkSender.Answers.REFUSED, PATIENCE).send(buyers, refused -> wrong.incrementAndGet());
        final JsonObject terms =
                new JsonObject().put("price", PRICE_MINOR).put("stock", STOCK).put("per_member", 1);
        shop.post(
                        "/v1/campaigns",
                        new JsonObject()
                                .put("id", "flash")
                                .put("kind", "flash-sale")
                                .put("currency", Workload.CURRENCY)
                                .put("terms", terms))
                .expectOk();
    }

    private Future<?> buyOnAllConnections() {
        final List<Future<Void>> connections = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            final Promise<Void> done = Promise.promise();
            buyOn(done);
            connections.add(done.future());
        }
        return Future.join(connections);
    }

    /** Takes the next buyer until there is none. */
    private void buyOn(final Promise<Void> done) {
        final int buyer = next.getAndIncrement();
        if (buyer >= BUYERS) {
            done.complete();
            return;
        }
        buy(buyer).onFailure(lost -> wrong.incrementAndGet()).onComplete(bought -> buyOn(done));
    }

    private Future<Void> buy(final int buyer) {
        return shop.send(HttpMethod.POST, "/v1/orders", order(buyer)).compose(answer -> {
            if (answer.status() != 200) {
                count(soldOut, "SOLD_OUT".equals(answer.body().getString("code")));
                return Future.succeededFuture();
            }
            return served.getAndIncrement() % CANCELS_OF == CANCELS_OF - 1 ? cancel(buyer) : pay(buyer);
        });
    }

    private Future<Void> pay(final int buyer) {
        final JsonObject payment = new JsonObject()
                .put("id", "flash-p-" + buyer)
                .put("order_id", orderId(buyer))
                .put("amount", PRICE_MINOR)
                .put("currency", Workload.CURRENCY)
                .put("paid_at", Instant.now().toString());
        return shop.send(HttpMethod.POST, "/v1/payments", payment.toBuffer()).map(answer -> {
            count(
                    paid,
                    answer.status() == 200 && "CAPTURED".equals(answer.body().getString("status")));
            return null;
        });
    }

    private Future<Void> cancel(final int buyer) {
        final JsonObject request = new JsonObject().put("id", "flash-c-" + buyer);
        return shop.send(HttpMethod.POST, "/v1/orders/" + orderId(buyer) + "/cancel", request.toBuffer())
                .map(answer -> {
                    count(cancelled, answer.status() == 200);
                    return null;
                });
    }

    private void count(final AtomicInteger counter, final boolean isAsExpected) {
        (isAsExpected ? counter : wrong).incrementAndGet();
    }

    private JsonObject live() {
        return shop.get(LIVE).expectOk().getJsonObject("counters");
    }

    private String counters() {
        final JsonObject live = live();
        return "%d available, %d reserved, %d sold"
                .formatted(live.getInteger("available"), live.getInteger("reserved"), live.getInteger("sold"));
    }

    private static Buffer order(final int buyer) {
        final JsonObject line = new JsonObject()
                .put("line_id", "1")
                .put("sku", "tea")
                .put("quantity", 1)
                .put("campaign", new JsonObject().put("id", "flash").put("action", "reserve"));
        return new JsonObject()
                .put("id", orderId(buyer))
                .put("member_id", buyer(buyer))
                .put("currency", Workload.CURRENCY)
                .put("lines", new JsonArray().add(line))
                .toBuffer();
    }

    private static String buyer(final int buyer) {
        return "flash-" + buyer;
    }

    private static String orderId(final int buyer) {
        return "flash-o-" + buyer;
    }
}
