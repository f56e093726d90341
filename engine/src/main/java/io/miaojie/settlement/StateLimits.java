package io.miaojie.settlement;

import io.miaojie.settlement.part.Instalments;
import io.miaojie.settlement.part.OrderLines;
import io.miaojie.settlement.part.Rosters;

/**
 * The bounds of the core's tables, as counts. A full table refuses with its {@code ..._FULL} code and remembers
 * nothing. Indexes are sized for the maximum at once, so that none is ever rebuilt; rows are allocated in slabs as they
 * are used.
 *
 * @param membersMax members of all merchants
 * @param poolsMax reward pools (member and currency) and funding accounts
 * @param ordersMax orders
 * @param grantsMax grants
 * @param keysMax remembered ids (idempotency keys)
 * @param merchantsMax merchants
 * @param apiKeysMax API keys, revoked ones included
 * @param campaignsMax campaign versions
 * @param countersMax budget counters (campaign and day, campaign and member)
 * @param people what is kept of members beside the members
 */
public record StateLimits(
        int membersMax,
        int poolsMax,
        int ordersMax,
        int grantsMax,
        int keysMax,
        int merchantsMax,
        int apiKeysMax,
        int campaignsMax,
        int countersMax,
        PeopleLimits people) {
    private static final int MEMBERS_DEFAULT = 1_000_000;
    private static final int ORDERS_DEFAULT = 5_000_000;
    private static final int MERCHANTS = 1_000;
    private static final int API_KEYS = 10_000;
    private static final int CAMPAIGNS = 20_000;

    /** Fits a default JVM on 8 GB: about 1 GB of state when full. */
    public static StateLimits defaults() {
        return of(MEMBERS_DEFAULT, ORDERS_DEFAULT);
    }

    /**
     * Derives every bound from the two that grow with the trade: a fifth more pools than members and ids than orders,
     * two grants an order, two budget counters a member.
     */
    public static StateLimits of(final int membersMax, final int ordersMax) {
        return new StateLimits(
                membersMax,
                withSpare(membersMax),
                ordersMax,
                Math.multiplyExact(2, ordersMax),
                withSpare(ordersMax),
                MERCHANTS,
                API_KEYS,
                CAMPAIGNS,
                Math.multiplyExact(2, membersMax),
                PeopleLimits.of(membersMax));
    }

    /** Returns the bound of order lines. */
    public int linesMax() {
        return saturated(2L * ordersMax + OrderLines.PER_ORDER_MAX);
    }

    /** Returns the bound of orders that only parked facts know. */
    public int parkedMax() {
        return ordersMax / 50 + 1;
    }

    /** Returns the bound of groups in rosters: one for each campaign, the rest are made by members. */
    public int groupsMax() {
        return saturated((long) campaignsMax + membersMax);
    }

    /** Returns the bound of what members have in groups: two for each of them. */
    public int standingsMax() {
        return saturated(2L * membersMax);
    }

    /** Returns the bound of timers; none can be missing for what the other bounds admit. */
    public int timersMax() {
        final long perOrder = 3L * ordersMax; // its expiry, that of its balance, the end of its review
        return saturated(3L * campaignsMax + 2L * groupsMax() + perOrder + grantsMax + people.withdrawalsMax());
    }

    /** Returns the bound of what rules of risk remember of devices, addresses and payout accounts. */
    public int sightingsMax() {
        return people.touchesMax();
    }

    /** Returns the bound of captured instalments; none can be missing for an order that the bounds admit. */
    public int instalmentsMax() {
        return saturated((long) Instalments.PER_ORDER_MAX * ordersMax);
    }

    /**
     * Returns the bound of refund orders for what was captured: each instalment once, and once more for each time that
     * an entry of a roster gives a part of it back; there are no more entries than orders.
     */
    public int givenBackMax() {
        return saturated(instalmentsMax() + (long) Rosters.BACK_MAX * ordersMax);
    }

    private static int saturated(final long count) {
        return (int) Math.min(Integer.MAX_VALUE - 8, count);
    }

    private static int withSpare(final int count) {
        return Math.addExact(count, count / 5 + 1);
    }
}
