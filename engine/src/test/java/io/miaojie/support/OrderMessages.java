package io.miaojie.support;

import static io.miaojie.support.Commands.bound;
import static io.miaojie.support.Commands.header;
import static io.miaojie.support.Commands.put;
import static io.miaojie.support.Commands.room;

import io.miaojie.wire.codec.ActionCommandEncoder;
import io.miaojie.wire.codec.AdvanceClockCommandEncoder;
import io.miaojie.wire.codec.AfterSaleCommandEncoder;
import io.miaojie.wire.codec.AfterSaleState;
import io.miaojie.wire.codec.CancelOrderCommandEncoder;
import io.miaojie.wire.codec.DeliveryCommandEncoder;
import io.miaojie.wire.codec.EnvelopeEncoder;
import io.miaojie.wire.codec.InstanceQueryEncoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.OrderQueryEncoder;
import io.miaojie.wire.codec.PlaceOrderCommandEncoder;
import io.miaojie.wire.codec.RefundCommandEncoder;
import io.miaojie.wire.codec.RefundStatus;
import java.util.List;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes the commands and queries about orders and time, as {@link Commands} does the others. */
public final class OrderMessages {
    private OrderMessages() {}

    /** A line of an order as a test words it. */
    public record Line(
            String id,
            String sku,
            String category,
            long amountMinor,
            int quantity,
            String campaignId,
            String action,
            String groupId) {
        public Line(
                final String id, final String sku, final String category, final long amountMinor, final int quantity) {
            this(id, sku, category, amountMinor, quantity, "", "", "");
        }
    }

    /** An action as a test words it: arguments in their order, null for one that is not given. */
    public record Acting(
            String id, String campaignId, int action, String memberId, String groupId, List<Long> arguments) {}

    /** A line of a refund or a delivery: an amount, or pieces. */
    public record Part(String lineId, long amount) {}

    /** A checkout as a test words it; {@code payWithinS} of 0: the default. */
    public record Placing(
            String id,
            String memberId,
            String currency,
            long shippingMinor,
            long spendMinor,
            int payWithinS,
            List<Line> lines) {}

    /** A refund as a test words it; the order, or the refund order that it closes. */
    public record Refunding(
            String id,
            String orderId,
            String refundOrderId,
            String currency,
            long amountMinor,
            boolean isGoodwill,
            RefundStatus status,
            List<Part> lines) {
        public static Refunding of(final String id, final String orderId, final long amountMinor, final Part... lines) {
            return new Refunding(id, orderId, "", "CNY", amountMinor, false, RefundStatus.SUCCESS, List.of(lines));
        }
    }

    public static UnsafeBuffer placeOrder(
            final int key, final Placing placing, final String clerkId, final String token, final long atNs) {
        final UnsafeBuffer buffer = room();
        final PlaceOrderCommandEncoder command = new PlaceOrderCommandEncoder().wrapAndApplyHeader(buffer, 0, header());
        at(buffer, atNs);
        command.shippingMinor(placing.shippingMinor())
                .poolSpendMinor(placing.spendMinor())
                .payWithinS(placing.payWithinS())
                .currency(Commands.currency(placing.currency()));
        final PlaceOrderCommandEncoder.LinesEncoder group =
                command.linesCount(placing.lines().size());
        placing.lines().forEach(line -> {
            group.next().amountMinor(line.amountMinor()).quantity(line.quantity());
            put(group::putLineId, line.id());
            put(group::putSku, line.sku());
            put(group::putCategory, line.category());
            put(group::putSellerId, "");
            put(group::putCampaignId, line.campaignId());
            put(group::putAction, line.action());
            put(group::putGroupId, line.groupId());
        });
        put(command::putId, placing.id());
        put(command::putMemberId, placing.memberId());
        put(command::putChannel, "");
        put(command::putStoreId, "");
        put(command::putClerkId, clerkId);
        put(command::putShareToken, token);
        put(command::putMetadata, "");
        return bound(buffer, key, placing.id(), command.encodedLength());
    }

    public static UnsafeBuffer cancelOrder(final int key, final String requestId, final String orderId) {
        final UnsafeBuffer buffer = room();
        final CancelOrderCommandEncoder command =
                new CancelOrderCommandEncoder().wrapAndApplyHeader(buffer, 0, header());
        put(command::putRequestId, requestId);
        put(command::putOrderId, orderId);
        return bound(buffer, key, requestId, command.encodedLength());
    }

    public static UnsafeBuffer afterSale(
            final int key, final String requestId, final String orderId, final AfterSaleState state) {
        final UnsafeBuffer buffer = room();
        final AfterSaleCommandEncoder command = new AfterSaleCommandEncoder().wrapAndApplyHeader(buffer, 0, header());
        command.state(state);
        put(command::putRequestId, requestId);
        put(command::putOrderId, orderId);
        return bound(buffer, key, requestId, command.encodedLength());
    }

    public static UnsafeBuffer refund(final int key, final Refunding refund) {
        final UnsafeBuffer buffer = room();
        final RefundCommandEncoder command = new RefundCommandEncoder().wrapAndApplyHeader(buffer, 0, header());
        command.amountMinor(refund.amountMinor())
                .currency(Commands.currency(refund.currency()))
                .refundStatus(refund.status())
                .goodwill((short) (refund.isGoodwill() ? 1 : 0));
        final RefundCommandEncoder.LinesEncoder group =
                command.linesCount(refund.lines().size());
        refund.lines().forEach(line -> put(group.next().amountMinor(line.amount())::putLineId, line.lineId()));
        put(command::putId, refund.id());
        put(command::putSource, "");
        put(command::putOrderId, refund.orderId());
        put(command::putPaymentId, "");
        put(command::putRefundOrderId, refund.refundOrderId());
        put(command::putMetadata, "");
        return bound(buffer, key, refund.id(), command.encodedLength());
    }

    /** Encodes a delivery; no lines: of all. */
    public static UnsafeBuffer deliver(final int key, final String id, final String orderId, final List<Part> lines) {
        final UnsafeBuffer buffer = room();
        final DeliveryCommandEncoder command = new DeliveryCommandEncoder().wrapAndApplyHeader(buffer, 0, header());
        final DeliveryCommandEncoder.LinesEncoder group = command.linesCount(lines.size());
        lines.forEach(line -> put(group.next().quantity((int) line.amount())::putLineId, line.lineId()));
        put(command::putId, id);
        put(command::putSource, "");
        put(command::putOrderId, orderId);
        return bound(buffer, key, id, command.encodedLength());
    }

    /** Encodes a move of a sandbox's clock: by a time, or when that is 0, to one. */
    public static UnsafeBuffer advanceClock(final int key, final String id, final long byNs, final long toNs) {
        final UnsafeBuffer buffer = room();
        final AdvanceClockCommandEncoder command =
                new AdvanceClockCommandEncoder().wrapAndApplyHeader(buffer, 0, header());
        command.advanceNs(byNs).toNs(toNs);
        put(command::putId, id);
        return bound(buffer, key, id, command.encodedLength());
    }

    public static UnsafeBuffer act(final int key, final Acting acting) {
        final UnsafeBuffer buffer = room();
        final ActionCommandEncoder command = new ActionCommandEncoder().wrapAndApplyHeader(buffer, 0, header());
        command.action((short) acting.action());
        final int given =
                (int) acting.arguments().stream().filter(Objects::nonNull).count();
        final ActionCommandEncoder.ArgumentsEncoder group = command.argumentsCount(given);
        for (int i = 0; i < acting.arguments().size(); i++) {
            if (acting.arguments().get(i) != null) {
                group.next().argument((short) i).value(acting.arguments().get(i));
                put(group::putText, "");
            }
        }
        put(command::putId, acting.id());
        put(command::putCampaignId, acting.campaignId());
        put(command::putMemberId, acting.memberId());
        put(command::putGroupId, acting.groupId());
        put(command::putActor, "tester");
        return bound(buffer, key, acting.id(), command.encodedLength());
    }

    /** Asks for a campaign, or with an id for one instance of it. */
    public static UnsafeBuffer instanceQuery(final int key, final String campaignId, final String instanceId) {
        final UnsafeBuffer buffer = room();
        final InstanceQueryEncoder query = new InstanceQueryEncoder().wrapAndApplyHeader(buffer, 0, header());
        put(query::putCampaignId, campaignId);
        put(query::putInstanceId, instanceId);
        return Commands.unbound(buffer, key, query.encodedLength());
    }

    public static UnsafeBuffer orderQuery(final int key, final String orderId) {
        final UnsafeBuffer buffer = room();
        final OrderQueryEncoder query = new OrderQueryEncoder().wrapAndApplyHeader(buffer, 0, header());
        put(query::putOrderId, orderId);
        return Commands.unbound(buffer, key, query.encodedLength());
    }

    private static void at(final UnsafeBuffer buffer, final long atNs) {
        new EnvelopeEncoder().wrap(buffer, MessageHeaderEncoder.ENCODED_LENGTH).atNs(atNs);
    }
}
