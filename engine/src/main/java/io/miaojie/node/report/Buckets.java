package io.miaojie.node.report;

/** Amounts of the five buckets of a pool, minor units; debt is what is owed. */
public record Buckets(
        long pendingMinor, long spendableMinor, long withdrawableMinor, long lockedMinor, long debtMinor) {}
