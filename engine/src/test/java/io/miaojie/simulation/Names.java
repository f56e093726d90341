package io.miaojie.simulation;

import io.miaojie.wire.EngineId;

/** How both sides name what a record changed, so that their words can be compared. */
final class Names {
    private Names() {}

    static String pool(final int member, final int currency) {
        return "pool m" + member + " " + currency;
    }

    static String buckets(final long[] buckets) {
        return "p=" + buckets[0] + " s=" + buckets[1] + " w=" + buckets[2] + " l=" + buckets[3] + " d=" + buckets[4];
    }

    /** Names a grant by its order, or without one by its member. */
    static String grant(final int order, final int member, final int version, final int level) {
        return "grant " + (order < 0 ? "m" + member : "o" + order) + " v" + version + " L" + level;
    }

    static String order(final int order) {
        return "order o" + order;
    }

    static String line(final long due, final long net, final boolean isDelivered) {
        return "due=" + due + " net=" + net + " delivered=" + isDelivered;
    }

    static String review(final int order) {
        return "review o" + order;
    }

    static String refundOrder(final long sequence, final int ordinal) {
        return "refund-order " + sequence + "." + ordinal;
    }

    /** Returns the id by which the outside world names a refund order of shard 1. */
    static String refundOrderId(final long sequence, final int ordinal) {
        return EngineId.of(EngineId.REFUND_ORDER, 1, sequence, ordinal);
    }

    /** Returns the id by which the outside world names a group of shard 1. */
    static String groupId(final long sequence, final int ordinal) {
        return EngineId.of(EngineId.GROUP, 1, sequence, ordinal);
    }

    static String withdrawal(final int index) {
        return "withdrawal " + index;
    }

    static String member(final int index) {
        return "member m" + index;
    }

    static String campaign(final int version) {
        return "campaign v" + version;
    }

    static String link(final int index) {
        return "link " + index;
    }
}
