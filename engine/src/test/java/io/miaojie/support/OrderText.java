package io.miaojie.support;

import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.RefundOrderState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Reads single values out of the answer to a query for an order. */
final class OrderText {
    private OrderText() {}

    /** Reads {@code O1.order}, its state, or one of its sums. */
    static String order(final EffectsReader reader, final String what) {
        while (reader.next()) {
            if (reader.type() == EffectType.ORDER) {
                return switch (what) {
                    case "order" -> OrderState.get((short) reader.orderState()).name();
                    case "payable" -> Long.toString(reader.payableMinor());
                    case "captured" -> Long.toString(reader.capturedMinor());
                    case "refunded" -> Long.toString(reader.refundedMinor());
                    case "returned" -> Long.toString(reader.poolReturnedMinor());
                    case "frozen" -> Integer.toString(reader.orderFlags() & 1);
                    default -> Integer.toString(reader.orderFlags() >>> 1);
                };
            }
        }
        return "none";
    }

    /** Reads {@code O1.back}: amount, reason, state and sequence of the payment, of each refund order of the order. */
    static String back(final EffectsReader reader, final IntFunction<String> names, final Set<Integer> codes) {
        final List<String> back = new ArrayList<>();
        while (reader.next()) {
            if (reader.type() == EffectType.REFUND_ORDER) {
                codes.add(reader.reason());
                back.add(reader.amountMinor() + ":" + names.apply(reader.reason()) + ":"
                        + RefundOrderState.get((short) reader.refundOrderState()) + ":" + reader.paymentSequence());
            }
        }
        return String.join(",", back);
    }

    /** Reads {@code O1.goesback}: amount and reason of each refund order of the order, the newest first. */
    static String goesBack(final EffectsReader reader, final IntFunction<String> names, final Set<Integer> codes) {
        final String[] back = back(reader, names, codes).split(",");
        return Arrays.stream(back)
                .map(one -> one.isEmpty() ? "none" : one.split(":")[0] + ":" + one.split(":")[1])
                .collect(Collectors.joining(","));
    }

    /** Reads {@code O1.C1.credited}, or {@code O1.C1/2.credited} of level 2. */
    static String grant(final EffectsReader reader, final String[] path, final IntFunction<String> versions) {
        final String[] whose = path[1].split("/");
        final int level = whose.length > 1 ? Integer.parseInt(whose[1]) : 0;
        while (reader.next()) {
            if (reader.type() == EffectType.GRANT
                    && reader.level() == level
                    && whose[0].equals(versions.apply(reader.version()))) {
                return switch (path[2]) {
                    case "credited" -> Long.toString(reader.creditedMinor());
                    case "clawed" -> Long.toString(reader.clawedMinor());
                    case "held" -> Long.toString(reader.pendingMinor());
                    case "instant" -> Long.toString(reader.instantMinor());
                    case "drawn" -> Long.toString(reader.drawn());
                    default -> Boolean.toString(reader.isReleased());
                };
            }
        }
        return "none";
    }
}
