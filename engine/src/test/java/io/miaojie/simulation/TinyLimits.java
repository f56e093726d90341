package io.miaojie.simulation;

import io.miaojie.settlement.PeopleLimits;
import io.miaojie.settlement.StateLimits;

/** Bounds of tables: roomy ones, and such that one table is soon full. */
enum TinyLimits {
    MEMBERS,
    POOLS,
    ORDERS,
    PARKED,
    REFUND_ORDERS,
    GRANTS,
    KEYS,
    MERCHANTS,
    API_KEYS,
    CAMPAIGNS,
    COUNTERS,
    IDENTITIES,
    LINKS,
    WITHDRAWALS;

    private static final int TINY = 3;
    private static final int ROOMY = 5_000;

    /** Bounds that no story reaches. */
    static StateLimits roomy() {
        return limits(null);
    }

    StateLimits limits() {
        return limits(this);
    }

    private static StateLimits limits(final TinyLimits tiny) {
        return new StateLimits(
                of(tiny, MEMBERS),
                of(tiny, POOLS),
                orders(tiny),
                of(tiny, GRANTS),
                tiny == KEYS ? 100 * TINY : ROOMY,
                tiny == MERCHANTS ? TINY : ROOMY / 100,
                of(tiny, API_KEYS),
                of(tiny, CAMPAIGNS),
                tiny == COUNTERS ? 1 : ROOMY,
                new PeopleLimits(
                        of(tiny, IDENTITIES),
                        of(tiny, LINKS),
                        of(tiny, LINKS),
                        ROOMY,
                        tiny == WITHDRAWALS ? TINY / 2 : ROOMY));
    }

    /** Parked orders are bounded by a part of all orders, refund orders by as many as those. */
    private static int orders(final TinyLimits tiny) {
        if (tiny == ORDERS || tiny == REFUND_ORDERS) {
            return 2 * TINY;
        }
        return tiny == PARKED ? 20 * TINY : ROOMY;
    }

    private static int of(final TinyLimits tiny, final TinyLimits table) {
        return tiny == table ? TINY : ROOMY;
    }
}
