package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.settlement.part.Grants;
import io.miaojie.settlement.part.OrderSums;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.RefundOrders;
import io.miaojie.wire.EffectsWriter;
import io.miaojie.wire.IdSource;

/** The orders that one record touched, with their grants and refund orders. A part of {@link Effects}. */
final class OrderEffects {
    private static final int EXPECTED = 64;
    private static final int NO_ORDER = -1;
    private static final int ORDER_MAX = 350;
    private static final int GRANT_MAX = 100;
    private static final int REFUND_ORDER_MAX = 50;
    private static final int MADE = 1;
    private static final int PLAIN = 1 << 1;
    private static final int FLAG_FROZEN = 1;
    private static final int FLAG_DELIVERED = 1 << 1;

    private final Orders orders;
    private final Grants grants;
    private final Campaigns campaigns;
    private final RefundOrders refundOrders;
    private final Touched touchedPools;
    private final Touched touchedOrders = new Touched(EXPECTED);
    private final Touched touchedGrants = new Touched(EXPECTED);
    private final Touched touchedRefundOrders = new Touched(EXPECTED);

    private int namedOrder;

    OrderEffects(final State state, final Touched touchedPools) {
        this.orders = state.orders();
        this.grants = state.grants();
        this.campaigns = state.campaigns();
        this.refundOrders = state.refundOrders();
        this.touchedPools = touchedPools;
    }

    void clear(final int named) {
        namedOrder = named;
        touchedOrders.clear();
        touchedGrants.clear();
        touchedRefundOrders.clear();
    }

    /** Names the order that the command names, once it is made. */
    void name(final int order) {
        namedOrder = order;
    }

    /** Tells of an order that changes. */
    void touch(final int order) {
        touchedOrders.touch(order);
    }

    /**
     * Tells of an order that the record makes.
     *
     * @param isPlain the payment that makes it tells all there is: it is written in short
     */
    void touchMade(final int order, final boolean isPlain) {
        touchedOrders.raise(touchedOrders.touch(order), isPlain ? MADE | PLAIN : MADE, 0);
    }

    /** Tells of a grant that changes, and with it of its order and its pool. */
    void touchGrant(final int grant, final int pool, final long creditedByMinor, final long clawedByMinor) {
        final int order = touchedOrders.touch(grants.order(grant));
        final int place = touchedGrants.touch(grant);
        touchedGrants.raise(place, creditedByMinor, clawedByMinor);
        touchedGrants.setLinks(place, order, touchedPools.touch(pool));
    }

    /** Tells of a grant that the record makes, and with it of its order and its pool. */
    void addGrant(final int order, final int grant, final int pool, final long creditedMinor) {
        touchedGrants.add(grant, creditedMinor, 0, touchedOrders.touch(order), touchedPools.touch(pool));
    }

    /** Tells of a refund order that is made or changes its state, and with it of its order. */
    void touchRefundOrder(final int refundOrder) {
        touchedOrders.touch(refundOrders.order(refundOrder));
        touchedRefundOrders.touch(refundOrder);
    }

    /** Returns what the entries take at most. */
    int lengthMax() {
        return touchedOrders.count() * ORDER_MAX
                + touchedGrants.count() * GRANT_MAX
                + touchedRefundOrders.count() * REFUND_ORDER_MAX;
    }

    void write(final EffectsWriter writer) {
        for (int i = 0; i < touchedOrders.count(); i++) {
            final int order = touchedOrders.row(i);
            writeOrder(writer, order, (int) touchedOrders.first(i));
            for (int g = 0; g < touchedGrants.count(); g++) {
                if (touchedGrants.firstLink(g) == i) {
                    writeGrant(writer, g);
                }
            }
            for (int r = 0; r < touchedRefundOrders.count(); r++) {
                if (refundOrders.order(touchedRefundOrders.row(r)) == order) {
                    writeRefundOrder(writer, touchedRefundOrders.row(r));
                }
            }
        }
    }

    private void writeOrder(final EffectsWriter writer, final int order, final int how) {
        if (order == NO_ORDER) {
            writer.order(0, false, NO_ORDER, NO_ORDER);
            return;
        }
        final int state = orders.state(order).value();
        final int member = orders.member(order);
        if ((how & PLAIN) != 0) {
            writer.order(state, true, order, member);
            return;
        }
        writer.orderHead(state, (how & MADE) != 0, order, member, order == namedOrder ? IdSource.NONE : orders);
        writeSums(writer, order, orders.sumsOf(order));
    }

    private void writeSums(final EffectsWriter writer, final int order, final int row) {
        final OrderSums sums = orders.sums();
        final long capturedMinor = orders.capturedMinor(order);
        final boolean isPlaced = orders.has(order, Orders.PLACED);
        final long holdUntilNs = sums.get(row, OrderSums.HOLD_UNTIL_NS);
        writer.orderRest(
                isPlaced ? sums.get(row, OrderSums.PAYABLE) : capturedMinor,
                capturedMinor,
                Math.min(capturedMinor, sums.get(row, OrderSums.REFUNDED)),
                sums.get(row, OrderSums.POOL_SPENDABLE),
                sums.get(row, OrderSums.POOL_WITHDRAWABLE),
                sums.get(row, OrderSums.POOL_RETURNED));
        final int flags = (orders.has(order, Orders.FROZEN) ? FLAG_FROZEN : 0)
                | (orders.has(order, Orders.DELIVERED) ? FLAG_DELIVERED : 0);
        writer.orderTimes(isPlaced ? PlaceOrder.payByNs(holdUntilNs) : 0, holdUntilNs, flags);
    }

    private void writeGrant(final EffectsWriter writer, final int place) {
        final int grant = touchedGrants.row(place);
        final long[] segment = grants.segment(grant);
        final int begin = grants.begin(grant);
        final int version = Grants.version(segment, begin);
        final int pool = touchedGrants.secondLink(place);
        final boolean isReleased = Grants.has(segment, begin, Grants.RELEASED);
        final long creditedMinor = Grants.creditedMinor(segment, begin);
        final long clawedMinor = grants.clawedMinor(grant);
        final long pendingMinor = GrantMoney.pendingMinor(
                campaigns.version(version).definition().hold(),
                Grants.has(segment, begin, Grants.SUSPENDED),
                isReleased,
                creditedMinor,
                clawedMinor);
        final long releaseAtNs = Grants.releaseAtNs(segment, begin);
        final long drawn = grants.drawn(grant);
        final boolean isPlain = touchedGrants.first(place) == creditedMinor
                && pendingMinor == 0
                && !isReleased
                && clawedMinor == 0
                && releaseAtNs == 0
                && drawn == 0;
        if (isPlain) {
            writer.grant(Grants.level(segment, begin), version, pool, creditedMinor);
            return;
        }
        writer.grantHead(Grants.level(segment, begin), isReleased, version, pool, creditedMinor);
        writer.grantRest(
                touchedGrants.first(place),
                pendingMinor,
                isReleased ? 0 : creditedMinor - clawedMinor - pendingMinor,
                clawedMinor,
                touchedGrants.second(place),
                releaseAtNs,
                drawn);
    }

    private void writeRefundOrder(final EffectsWriter writer, final int row) {
        writer.refundOrder(
                refundOrders.state(row),
                refundOrders.sequence(row),
                refundOrders.ordinal(row),
                refundOrders.amountMinor(row),
                refundOrders.reason(row),
                refundOrders.currency(row),
                refundOrders.paymentSequence(row));
    }
}
