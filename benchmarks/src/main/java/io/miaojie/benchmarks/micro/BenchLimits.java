package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.Rewards;
import io.miaojie.settlement.PeopleLimits;
import io.miaojie.settlement.StateLimits;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Tables that hold exactly what a bench puts in: the bounds are never met, and nothing is ever emptied. */
final class BenchLimits {
    private static final int DEFINITIONS_MAX = 64;

    private BenchLimits() {}

    /** Returns the bounds for this many payments besides the first one of each buyer. */
    static StateLimits of(final Rewards rewards, final int paymentsMax) {
        final int members = rewards.members();
        final int payments = rewards.buyers() + paymentsMax;
        return new StateLimits(
                members,
                members + DEFINITIONS_MAX,
                payments,
                Math.multiplyExact(payments, rewards.grants()),
                members + payments + DEFINITIONS_MAX,
                DEFINITIONS_MAX,
                DEFINITIONS_MAX,
                DEFINITIONS_MAX,
                members * rewards.grants() + DEFINITIONS_MAX,
                PeopleLimits.of(DEFINITIONS_MAX));
    }

    /** Returns how often JMH will call a bench of one shot per iteration. */
    static int iterations(final BenchmarkParams params) {
        return params.getWarmup().getCount() + params.getMeasurement().getCount();
    }
}
