package io.miaojie.simulation;

import io.miaojie.simulation.World.Order;
import io.miaojie.simulation.World.OrderLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What of each line of an order is paid, and what is left of it: a function of the order's sums. */
final class NaiveNet {
    private NaiveNet() {}

    /** Returns what is paid of each line: all that is due, or the captured cash in proportion. */
    static long[] paid(final Order order) {
        final List<Long> due = order.lines.stream().map(line -> line.due).toList();
        return Sums.spread(Math.min(order.captured, sum(due)), due);
    }

    /** Returns what refunds leave of each line. Refunds for goodwill leave all of it. */
    static long[] net(final Order order) {
        final long[] left = paid(order);
        long open = order.openRefund;
        for (int i = 0; i < left.length; i++) {
            final OrderLine line = order.lines.get(i);
            final long taken = Math.min(line.refunded, left[i]);
            left[i] -= taken;
            open += line.refunded - taken;
        }
        final List<Long> weights = new ArrayList<>();
        Arrays.stream(left).forEach(weights::add);
        final long[] spread = Sums.spread(Math.min(open, sum(weights)), weights);
        for (int i = 0; i < left.length; i++) {
            left[i] -= spread[i];
        }
        return left;
    }

    private static long sum(final List<Long> amounts) {
        return amounts.stream().mapToLong(Long::longValue).sum();
    }
}
