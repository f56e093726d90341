package io.miaojie.simulation;

import io.miaojie.simulation.World.Order;
import io.miaojie.simulation.World.OrderLine;
import io.miaojie.simulation.World.RefundOrder;
import io.miaojie.simulation.World.Shop;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.RefundOrderState;
import io.miaojie.wire.codec.RefundResult;
import io.miaojie.wire.codec.RefundStatus;
import java.util.List;

/** Refunds and deliveries: facts that are added to sums, whenever they come. Returns a refund result. */
final class NaiveRefunds {
    private static final String WHOLE = "v-1 L0 ";
    private static final int ALL_PIECES = 1_000_000;

    private final World world;
    private final NaiveClaws claws;
    private final NaiveSales sales;
    private final NaiveRisk risk;

    NaiveRefunds(final World world, final NaiveClaws claws, final NaiveSales sales, final NaiveRisk risk) {
        this.world = world;
        this.claws = claws;
        this.sales = sales;
        this.risk = risk;
    }

    int refund(final Deed.Refund deed, final List<String> skips) {
        final Shop shop = Allowed.ingest(world, deed.head());
        if (!deed.refundOrder().isEmpty()) {
            return close(shop, deed, skips);
        }
        if (deed.status() != RefundStatus.SUCCESS) {
            return nothing(skips, "REFUND_NOT_SUCCESSFUL");
        }
        if (deed.amount() > World.MOST) {
            return nothing(skips, "AMOUNT_OVERFLOW");
        }
        if (deed.order().isEmpty()) {
            return nothing(skips, "ORDER_UNKNOWN");
        }
        final Order known = shop.orders.get(deed.order());
        if (known != null && known.currency != null && !known.currency.equals(deed.currency())) {
            return nothing(skips, "CURRENCY_MISMATCH");
        }
        final Order order = orderOf(shop, deed.order());
        order.currency = deed.currency();
        if (order.refunded == 0) {
            risk.seeRefund(order);
        }
        add(order, deed, skips);
        if (order.state == OrderState.PARKED) {
            return RefundResult.PARKED.value();
        }
        if (order.refunded > order.captured) {
            skips.add(WHOLE + "EXCEEDS_PAID");
        }
        claws.settle(order);
        sales.refunded(order);
        return RefundResult.SETTLED.value();
    }

    private static int nothing(final List<String> skips, final String code) {
        skips.add(WHOLE + code);
        return RefundResult.RECORDED.value();
    }

    /** Adds a refund to the sums of its order: by line as far as it names them, the rest is open. */
    private static void add(final Order order, final Deed.Refund deed, final List<String> skips) {
        final long named = deed.parts().stream().mapToLong(Deed.Part::amount).sum();
        final boolean isMatching = named <= deed.amount();
        if (!isMatching) {
            skips.add(WHOLE + "LINES_MISMATCH");
        }
        order.refunded = plus(order.refunded, deed.amount());
        if (deed.isGoodwill()) {
            order.goodwill = plus(order.goodwill, deed.amount());
            return;
        }
        boolean isUnknown = false;
        for (final Deed.Part part : isMatching ? deed.parts() : List.<Deed.Part>of()) {
            final OrderLine line = line(order, part.line());
            isUnknown |= line.quantity == 0;
            line.refunded = plus(line.refunded, part.amount());
        }
        order.openRefund = plus(order.openRefund, deed.amount() - (isMatching ? named : 0));
        if (isUnknown && order.state != OrderState.PARKED) {
            skips.add(WHOLE + "LINE_UNKNOWN");
        }
    }

    private static long plus(final long sum, final long more) {
        return Math.min(World.MOST, sum + more);
    }

    int deliver(final Deed.Deliver deed, final List<String> skips) {
        final Shop shop = Allowed.ingest(world, deed.head());
        if (deed.order().isEmpty()) {
            return nothing(skips, "ORDER_UNKNOWN");
        }
        final Order order = orderOf(shop, deed.order());
        final boolean isParked = order.state == OrderState.PARKED;
        if (order.isDelivered) {
            skips.add(WHOLE + "DELIVERED_ALREADY");
        }
        order.isDeliveredWhole |= deed.parts().isEmpty();
        boolean isUnknown = false;
        for (final Deed.Part part : deed.parts()) {
            final OrderLine line = line(order, part.line());
            isUnknown |= line.quantity == 0;
            line.delivered += part.amount() == 0 ? ALL_PIECES : (int) part.amount();
        }
        if (isUnknown && !isParked) {
            skips.add(WHOLE + "LINE_UNKNOWN");
        }
        if (isParked) {
            return RefundResult.PARKED.value();
        }
        claws.settle(order);
        sales.refunded(order);
        return RefundResult.SETTLED.value();
    }

    private Order orderOf(final Shop shop, final String id) {
        final Order known = shop.orders.get(id);
        return world.touch(known == null ? NaiveOrders.make(world, shop, id) : known);
    }

    /** Parked refunds in another currency were of something else. */
    static void forget(final Order order) {
        order.refunded = 0;
        order.goodwill = 0;
        order.openRefund = 0;
        order.lines.forEach(line -> line.refunded = 0);
    }

    /** Returns the line of this id; one that nobody ordered is kept until somebody does. */
    static OrderLine line(final Order order, final String id) {
        final OrderLine known = order.lines.stream()
                .filter(line -> line.id.equals(id))
                .findFirst()
                .orElse(null);
        if (known != null) {
            return known;
        }
        final OrderLine line = new OrderLine();
        line.id = id;
        order.lines.add(line);
        return line;
    }

    private int close(final Shop shop, final Deed.Refund deed, final List<String> skips) {
        final RefundOrder refundOrder = shop.refundOrders.get(deed.refundOrder());
        if (refundOrder == null) {
            return nothing(skips, "REFUND_ORDER_UNKNOWN");
        }
        world.touch(refundOrder);
        if (refundOrder.state != RefundOrderState.SUCCEEDED.value()) {
            refundOrder.state = switch (deed.status()) {
                case SUCCESS -> RefundOrderState.SUCCEEDED.value();
                case PROCESSING -> RefundOrderState.SUBMITTED.value();
                default -> RefundOrderState.ABNORMAL.value();
            };
        }
        return RefundResult.RECORDED.value();
    }
}
