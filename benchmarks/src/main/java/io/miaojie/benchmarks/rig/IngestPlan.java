package io.miaojie.benchmarks.rig;

import java.time.Duration;

/**
 * How a bulk ingest is measured.
 *
 * @param payments measured
 * @param warmUpPayments sent before, so that both processes are compiled
 * @param members who pay, each as often as any other
 * @param connections on which blocks are sent, in turn
 * @param blockLines payments in one request
 * @param underWayMax requests sent ahead of their answers on one connection
 * @param patience how long the whole may take; a run that is late has failed
 */
record IngestPlan(
        int payments,
        int warmUpPayments,
        int members,
        int connections,
        int blockLines,
        int underWayMax,
        Duration patience) {
    /** All of them lie in the client's memory. */
    private static final int PAYMENTS_MAX = 5_000_000;

    IngestPlan {
        require(payments > 0 && warmUpPayments >= 0, "payments=" + payments + " warmUpPayments=" + warmUpPayments);
        require(payments + (long) warmUpPayments <= PAYMENTS_MAX, "at most " + PAYMENTS_MAX + " payments");
        require(members > 0, "members=" + members);
        require(
                connections > 0 && blockLines > 0 && underWayMax > 0,
                "connections=" + connections + " blockLines=" + blockLines + " underWayMax=" + underWayMax);
    }

    private static void require(final boolean holds, final String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
